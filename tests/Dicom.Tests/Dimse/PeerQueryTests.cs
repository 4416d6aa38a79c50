using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.Dimse;
using BrainTumorDicom.Dicom.UpperLayer;
using BrainTumorDicom.Support;

namespace BrainTumorDicom.Dicom.Tests.Dimse;

/// <summary>Our search against the query SCPs of DCMTK and Orthanc.</summary>
public sealed class PeerQueryTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("btd-find-").FullName;
    private readonly int port = FreePort();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string PortText => port.ToString(CultureInfo.InvariantCulture);

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [PeerFact("dcmqrscp")]
    public async Task Dcmqrscp_finds_what_it_has()
    {
        Directory.CreateDirectory(Path.Combine(folder, "db"));
        var configuration = Path.Combine(folder, "dcmqrscp.cfg");
        await File.WriteAllTextAsync(
            configuration,
            $"""
            NetworkTCPPort = {PortText}
            MaxPDUSize = 16384
            MaxAssociations = 16
            HostTable BEGIN
            HostTable END
            VendorTable BEGIN
            VendorTable END
            AETable BEGIN
            PEER {folder}/db RW (200, 1024mb) ANY
            AETable END

            """,
            Cancellation);
        using var process = PeerTools.Start("dcmqrscp", ["-c", configuration]);

        await StoreAndFindAsync(process, DicomTag.NumberOfStudyRelatedInstances, expected: null);
    }

    [PeerFact("Orthanc")]
    public async Task Orthanc_finds_what_it_has_and_counts_the_instances()
    {
        var configuration = Path.Combine(folder, "orthanc.json");
        await File.WriteAllTextAsync(
            configuration,
            $$"""
            {"Name":"T","StorageDirectory":"{{folder}}/db","IndexDirectory":"{{folder}}/db","DicomServerEnabled":true,"DicomPort":{{PortText}},
             "HttpServerEnabled":false,"DicomAlwaysAllowStore":true,"DicomAlwaysAllowFind":true,"DicomCheckCalledAet":false,"Plugins":[]}
            """,
            Cancellation);
        using var process = PeerTools.Start("Orthanc", [configuration]);

        await StoreAndFindAsync(process, DicomTag.NumberOfStudyRelatedInstances, expected: 3);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task StoreAndFindAsync(Process process, DicomTag count, int? expected)
    {
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            await using var client = await ConnectAsync();
            var study = "";
            for (var number = 1; number <= 3; number++)
            {
                var file = TestFiles.Create(number, size: 16);
                study = file.Dataset.GetString(DicomTag.StudyInstanceUID)!;
                var stored = await client.StoreAsync(
                    DicomUid.MRImageStorage.Value, TestFiles.UidOf(file), file.TransferSyntax.Uid.Value, TestFiles.DataSetOf(file), Cancellation);
                Assert.True(stored.Status.IsSuccess, $"{stored.Status} {stored.ErrorComment}");
            }

            var keys = new DicomDataset();
            keys.Set(DicomTag.QueryRetrieveLevel, "STUDY");
            keys.Set(DicomTag.StudyInstanceUID, study);
            keys.SetEmpty(count);
            var found = await client.FindAsync(DicomUid.StudyRootQueryRetrieveInformationModelFind, keys, 10, Cancellation);
            keys.Set(DicomTag.StudyInstanceUID, "1.2.3.999");
            var none = await client.FindAsync(DicomUid.StudyRootQueryRetrieveInformationModelFind, keys, 10, Cancellation);
            await client.ReleaseAsync(Cancellation);

            Assert.Equal((DimseStatus.Success, DimseStatus.Success), (found.Status, none.Status));
            var match = Assert.Single(found.Matches);
            Assert.Equal(study, match.GetString(DicomTag.StudyInstanceUID));
            Assert.True(expected is null || match.GetInt32(count) == expected);
            Assert.Empty(none.Matches);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }

    /// <summary>Connects as soon as the peer listens.</summary>
    private async Task<DicomClient> ConnectAsync()
    {
        var options = new DicomClientOptions
        {
            Host = "127.0.0.1",
            Port = port,
            CalledAe = new AeTitle("PEER"),
            Contexts =
            [
                new PresentationContextProposal(DicomUid.MRImageStorage.Value, [DicomUid.ExplicitVRLittleEndian.Value]),
                new PresentationContextProposal(
                    DicomUid.StudyRootQueryRetrieveInformationModelFind.Value, [DicomUid.ExplicitVRLittleEndian.Value, DicomUid.ImplicitVRLittleEndian.Value]),
            ],
        };
        var started = Stopwatch.GetTimestamp();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (true)
        {
            try
            {
                return await DicomClient.ConnectAsync(options, Cancellation);
            }
            catch (IOException) when (Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(20))
            {
                await timer.WaitForNextTickAsync(Cancellation);
            }
        }
    }
}
