using System.Collections.Concurrent;
using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using BrainTumorDicom.Classification.Execution;
using BrainTumorDicom.Classification.Model;
using BrainTumorDicom.Slices.Phantoms;
using BrainTumorDicom.Support;

namespace BrainTumorDicom.Benchmarks;

/// <summary>
/// How long from the end of the quiet time to a report that Orthanc has accepted, how many slices a second is that beside ONNX Runtime
/// alone with the same model and threads, and how much memory does the service take? The published program, from outside.
/// </summary>
internal static partial class SeriesToReport
{
    private static readonly Option<string> Program = new("--program") { Description = "The published program", Required = true };
    private static readonly Option<int> Slices = new("--slices") { Description = "Slices of each series", DefaultValueFactory = _ => 196 };
    private static readonly Option<int> Studies = new("--studies") { Description = "Studies, one after the other", DefaultValueFactory = _ => 4 };
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    public static Command Create()
    {
        var command = new Command("series-to-report", "From the end of the quiet time to the report at Orthanc") { Program, Slices, Studies };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var work = Directory.CreateTempSubdirectory("btd-series-").FullName;
        var (archive, web) = (FreePort(), FreePort());
        using var orthanc = PeerTools.Start("Orthanc", [Configure(work, archive, web)]);
        orthanc.BeginOutputReadLine();
        orthanc.BeginErrorReadLine();
        using var service = Process.Start(new ProcessStartInfo(
            parsed.GetRequiredValue(Program),
            ["serve", "--data", Path.Combine(work, "data"), "--port", "0", "--http", "127.0.0.1:0", "--device", "cpu", "--quiet-time", "1",
             "--dicom-destination", string.Create(CultureInfo.InvariantCulture, $"ORTHANC@127.0.0.1:{archive}")])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        var log = new Log(service);
        try
        {
            var port = int.Parse((await log.WaitAsync(Listens(), cancellationToken)).Match.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
            Console.WriteLine("| study | slices | to the report accepted, s | slices a second | ONNX Runtime alone | ratio | peak memory, MB |");
            Console.WriteLine("|---|---|---|---|---|---|---|");
            for (var study = 0; study < parsed.GetValue(Studies); study++)
            {
                var slices = parsed.GetValue(Slices);
                var folder = Path.Combine(work, string.Create(CultureInfo.InvariantCulture, $"phantom{study}"));
                var files = PhantomSeries.Write(HeadPhantom.Create(PhantomClass.Glioma, 200 + study, new PhantomOptions(Slices: slices)), folder);
                var sent = await PeerTools.RunAsync("storescu", ["-aec", "BRAINTUMORDICOM", "127.0.0.1", port.ToString(CultureInfo.InvariantCulture), .. files], cancellationToken);
                if (sent.ExitCode != 0)
                {
                    throw new InvalidOperationException(sent.Error);
                }

                var begun = await log.WaitAsync(Begins(), cancellationToken);
                var delivered = await log.WaitAsync(Delivered(), cancellationToken);
                var seconds = Stopwatch.GetElapsedTime(begun.At, delivered.At).TotalSeconds;
                var analysed = int.Parse(log.Last(Analysed()).Groups[1].ValueSpan, CultureInfo.InvariantCulture);
                var alone = OnnxRuntimeAlone(slices);
                Console.WriteLine(FormattableString.Invariant(
                    $"| {study + 1} | {analysed} of {slices} | {seconds:F2} | {slices / seconds:F0} | {alone:F0} | {slices / seconds / alone:F2} | {PeakMegabytes(service.Id):F0} |"));
                Directory.Delete(folder, recursive: true);
            }
        }
        finally
        {
            service.Kill();
            orthanc.Kill();
            await Task.WhenAll(service.WaitForExitAsync(CancellationToken.None), orthanc.WaitForExitAsync(CancellationToken.None));
            Directory.Delete(work, recursive: true);
        }
    }

    // The shipped model over as many slices in batches of the service's size, nothing but the network.
    private static double OnnxRuntimeAlone(int slices)
    {
        using var classifier = Classifier.Load(ModelPackage.Load(ModelPackage.FindNewest(Path.Combine(SharedData.ProjectRoot, "models"))!), DeviceChoice.Cpu);
        var size = classifier.Package.Manifest.Preprocessing.Size;
        var inputs = new float[Classifier.BatchSize * size * size];
        classifier.Run(inputs, Classifier.BatchSize);
        var started = Stopwatch.GetTimestamp();
        for (var done = 0; done < slices; done += Classifier.BatchSize)
        {
            classifier.Run(inputs, Classifier.BatchSize);
        }

        return slices / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static double PeakMegabytes(int process)
    {
        var line = File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/status")).First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        return double.Parse(line["VmHWM:".Length..^"kB".Length], CultureInfo.InvariantCulture) / 1000;
    }

    private static string Configure(string work, int dicomPort, int httpPort)
    {
        var file = Path.Combine(work, "orthanc.json");
        var storage = Path.Combine(work, "orthanc");
        File.WriteAllText(file, $$"""
            { "DicomAet": "ORTHANC", "DicomPort": {{dicomPort}}, "HttpPort": {{httpPort}}, "StorageDirectory": "{{storage}}", "IndexDirectory": "{{storage}}", "RemoteAccessAllowed": false, "AuthenticationEnabled": false }
            """);
        return file;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    [GeneratedRegex(@"DICOM listens on .*:(\d+)")]
    private static partial Regex Listens();

    [GeneratedRegex("analysis of .* instances begins")]
    private static partial Regex Begins();

    [GeneratedRegex(": sr delivered to ")]
    private static partial Regex Delivered();

    [GeneratedRegex(@"\), (\d+) slices in ")]
    private static partial Regex Analysed();

    /// <summary>The lines of the service's log, each with the moment it came.</summary>
    private sealed class Log
    {
        private readonly BlockingCollection<(string Line, long At)> _lines = [];
        private readonly List<string> _seen = [];

        public Log(Process process)
        {
            process.OutputDataReceived += (_, line) => Add(line.Data);
            process.ErrorDataReceived += (_, line) => Add(line.Data);
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
        }

        /// <summary>The next line like a pattern.</summary>
        public Task<(Match Match, long At)> WaitAsync(Regex pattern, CancellationToken cancellationToken) => Task.Run(
            () =>
            {
                while (_lines.TryTake(out var next, (int)Limit.TotalMilliseconds, cancellationToken))
                {
                    _seen.Add(next.Line);
                    if (pattern.Match(next.Line) is { Success: true } match)
                    {
                        return (match, next.At);
                    }
                }

                throw new TimeoutException(string.Join('\n', _seen));
            },
            cancellationToken);

        /// <summary>The last line seen that is like a pattern.</summary>
        public Match Last(Regex pattern) => _seen.Select(line => pattern.Match(line)).Last(match => match.Success);

        private void Add(string? line)
        {
            if (line is not null)
            {
                _lines.Add((line, Stopwatch.GetTimestamp()));
            }
        }
    }
}
