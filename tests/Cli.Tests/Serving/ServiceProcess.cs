using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using System.Threading.Channels;

namespace BrainTumorDicom.Cli.Tests.Serving;

/// <summary><c>braintumordicom serve</c> as a process of its own, with everything it says.</summary>
internal sealed partial class ServiceProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly List<string> log = [];
    private readonly Channel<string> output = Channel.CreateUnbounded<string>();

    private ServiceProcess(Process process)
    {
        this.process = process;
        process.OutputDataReceived += (_, line) => Take(line.Data, isLog: false);
        process.ErrorDataReceived += (_, line) => Take(line.Data, isLog: true);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int DicomPort { get; private set; }

    public Uri Http { get; private set; } = new("http://127.0.0.1");

    /// <summary>Lines on stdout.</summary>
    public List<string> Said { get; } = [];

    /// <summary>Starts and waits for <c>ready</c>.</summary>
    public static async Task<ServiceProcess> StartAsync(string data, params string[] arguments)
    {
        var service = new ServiceProcess(CliProcess.Start(
            ["serve", "--data", data, "--port", "0", "--http", "127.0.0.1:0", "--device", "cpu", .. arguments],
            ("BTD__Journal__SpareSegments", "2")));
        using var limit = Limit(60);
        try
        {
            var first = await service.output.Reader.ReadAsync(limit.Token);
            Assert.Equal("ready", first);
            service.DicomPort = await service.PortAsync("DICOM");
            service.Http = new Uri($"http://127.0.0.1:{(await service.PortAsync("HTTP")).ToString(CultureInfo.InvariantCulture)}");
            return service;
        }
        catch (Exception error) when (error is ChannelClosedException or OperationCanceledException)
        {
            Assert.Fail($"not ready: {service.Log()}");
            throw;
        }
    }

    public string Log()
    {
        lock (log)
        {
            return string.Join('\n', log);
        }
    }

    /// <summary>Waits for a line of the log.</summary>
    public Task LoggedAsync(string part) => Eventually.TrueAsync(() => Log().Contains(part, StringComparison.Ordinal), () => $"'{part}' in the log:\n{Log()}");

    /// <summary>SIGKILL: what a power failure is to the process.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>SIGTERM, then the exit code.</summary>
    public async Task<int> TerminateAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
        using var limit = Limit(30);
        await process.WaitForExitAsync(limit.Token);
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
        }

        process.Dispose();
    }

    private static CancellationTokenSource Limit(int seconds)
    {
        var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(seconds));
        return limit;
    }

    private async Task<int> PortAsync(string name)
    {
        await LoggedAsync($" {name} listens on ");
        return int.Parse(
            ListensOn().Matches(Log()).First(match => match.Groups["name"].Value == name).Groups["port"].ValueSpan, CultureInfo.InvariantCulture);
    }

    private void Take(string? line, bool isLog)
    {
        if (line is null)
        {
            if (!isLog)
            {
                output.Writer.TryComplete();
            }
        }
        else if (isLog)
        {
            lock (log)
            {
                log.Add(line);
            }
        }
        else
        {
            Said.Add(line);
            output.Writer.TryWrite(line);
        }
    }

    [GeneratedRegex(@"(?<name>DICOM|HTTP) listens on [^ ]*:(?<port>\d+):")]
    private static partial Regex ListensOn();
}
