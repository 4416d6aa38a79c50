using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.Dimse;
using BrainTumorDicom.Dicom.Files;
using BrainTumorDicom.Dicom.UpperLayer;
using BrainTumorDicom.Service.Hosting;
using BrainTumorDicom.Slices.Phantoms;
using Microsoft.Extensions.Logging.Abstractions;

namespace BrainTumorDicom.Cli;

/// <summary>One run of the demo: the service with an empty data folder, an archive for its reports, and phantoms sent as a scanner would.</summary>
internal sealed class DemoRun(string folder, string? model)
{
    /// <summary>Which heads; training uses others.</summary>
    private const int Seed = 4711;

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(3);
    private static readonly AeTitle Sender = new("DEMOSCANNER");
    private static readonly AeTitle Archive = new("DEMOARCHIVE");
    private readonly string data = Path.Combine(folder, "data");

    /// <summary>One phantom of each.</summary>
    public static ImmutableArray<PhantomClass> Classes { get; } = [.. Enum.GetValues<PhantomClass>()];

    /// <summary>Folder of the reports that came back by C-STORE.</summary>
    public string Received { get; } = Path.Combine(folder, "received");

    /// <summary>Runs it.</summary>
    /// <exception cref="IOException">The folder is in use, or a report did not come.</exception>
    public async Task<IReadOnlyList<DemoResult>> RunAsync(IProgress<DemoStep> progress, CancellationToken cancellationToken)
    {
        if (Directory.Exists(data) && Directory.EnumerateFileSystemEntries(data).Any())
        {
            throw new IOException($"{data} is not empty: the phantoms would be there already. Give another folder with --out.");
        }

        Directory.CreateDirectory(Received);
        var inbox = new DemoInbox(Received);
        var archive = new DicomServer(new DicomServerOptions { AeTitle = Archive, Port = 0 }, _ => inbox, NullLoggerFactory.Instance);
        await using (archive.ConfigureAwait(false))
        {
            await archive.StartAsync(cancellationToken).ConfigureAwait(false);
            var host = await BrainTumorDicomHost.StartAsync(Arguments(archive.LocalEndPoint.Port), cancellationToken).ConfigureAwait(false);
            await using (host.ConfigureAwait(false))
            {
                var waiting = new List<Task<DemoResult>>();
                foreach (var kind in Classes)
                {
                    var files = Make(kind);
                    progress.Report(DemoStep.Made);
                    waiting.Add(await SendAsync(kind, files, host.DicomEndPoint.Port, inbox, progress, cancellationToken).ConfigureAwait(false));
                }

                var results = await Task.WhenAll(waiting).ConfigureAwait(false);
                await host.StopAsync(cancellationToken).ConfigureAwait(false);
                return results;
            }
        }
    }

    private ServiceArguments Arguments(int archivePort)
    {
        var settings = new Dictionary<string, string>
        {
            ["Data:Folder"] = data,
            ["Dicom:AeTitle"] = "BRAINTUMORDICOM",
            ["Dicom:BindAddress"] = "127.0.0.1",
            ["Dicom:Port"] = "0",
            ["Http:Address"] = "127.0.0.1:0",
            ["Receive:QuietTime"] = "00:00:01",
            ["Journal:SpareSegments"] = "0",

            // The table is the demo's output; what goes wrong still shows.
            ["Logging:LogLevel:Default"] = "Warning",
        };
        if (model is not null)
        {
            settings["Model:Folder"] = model;
        }

        return new ServiceArguments
        {
            Settings = settings,
            DicomDestinations = [string.Create(CultureInfo.InvariantCulture, $"{Archive}@127.0.0.1:{archivePort}")],
        };
    }

    private IReadOnlyList<string> Make(PhantomClass kind) =>
        PhantomSeries.Write(HeadPhantom.Create(kind, Seed), Path.Combine(folder, "phantoms", PhantomSeries.Label(kind)));

    private async Task<Task<DemoResult>> SendAsync(
        PhantomClass kind, IReadOnlyList<string> files, int port, DemoInbox inbox, IProgress<DemoStep> progress, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        var mr = DicomUid.MRImageStorage.Value;
        var syntax = DicomTransferSyntax.ExplicitVrLittleEndian;
        var client = await DicomClient.ConnectAsync(
            new DicomClientOptions
            {
                Host = "127.0.0.1",
                Port = port,
                CalledAe = new AeTitle("BRAINTUMORDICOM"),
                CallingAe = Sender,
                Contexts = [new PresentationContextProposal(mr, [syntax.Uid.Value])],
            },
            cancellationToken).ConfigureAwait(false);
        var study = "";
        await using (client.ConfigureAwait(false))
        {
            foreach (var path in files)
            {
                var file = DicomFile.Read(path);
                study = file.Dataset.GetString(DicomTag.StudyInstanceUID)!;
                var bytes = new System.Buffers.ArrayBufferWriter<byte>();
                DicomDatasetWriter.Write(file.Dataset, syntax, bytes);
                var response = await client.StoreAsync(
                    mr, file.Dataset.GetString(DicomTag.SOPInstanceUID)!, syntax.Uid.Value, bytes.WrittenMemory, cancellationToken).ConfigureAwait(false);
                if (!response.Status.IsSuccess)
                {
                    throw new IOException($"the service answered {path} with {response.Status} {response.ErrorComment}");
                }
            }

            await client.ReleaseAsync(cancellationToken).ConfigureAwait(false);
        }

        progress.Report(DemoStep.Sent);
        return AwaitAsync(kind, study, began, inbox, progress, cancellationToken);
    }

    private async Task<DemoResult> AwaitAsync(
        PhantomClass kind, string study, long began, DemoInbox inbox, IProgress<DemoStep> progress, CancellationToken cancellationToken)
    {
        try
        {
            var file = await inbox.ReportAsync(study).WaitAsync(Longest, cancellationToken).ConfigureAwait(false);
            progress.Report(DemoStep.Reported);
            return DemoResult.Read(kind, Stopwatch.GetElapsedTime(began), Path.Combine(data, "reports", study, "1"), file);
        }
        catch (TimeoutException error)
        {
            throw new IOException($"no report of the {PhantomSeries.Label(kind)} phantom came within {Longest.TotalMinutes:0} minutes.", error);
        }
    }
}
