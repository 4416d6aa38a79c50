using System.Diagnostics;

namespace BrainTumorDicom.Support;

/// <summary>Finds and runs the peer programs of the tests.</summary>
public static class PeerTools
{
    /// <summary>Whether a missing peer is a failure (<c>BTD_REQUIRE_PEERS=1</c>, as <c>.ci/run</c> sets) instead of a skip.</summary>
    public static bool Required { get; } = Environment.GetEnvironmentVariable("BTD_REQUIRE_PEERS") == "1";

    /// <summary>The full path of <paramref name="command"/> on the PATH (and in /usr/sbin), or <see langword="null"/>.</summary>
    public static string? Find(string command) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Append("/usr/sbin")
            .Select(folder => Path.Combine(folder, command))
            .FirstOrDefault(File.Exists);

    /// <summary>Runs a program to its end.</summary>
    /// <returns>The exit code and everything written, stdout before stderr.</returns>
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(
        string command, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        using var process = Start(command, arguments);
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var error = process.StandardError.ReadToEndAsync(cancellationToken);
        try
        {
            await process.WaitForExitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return (process.ExitCode, await output, await error);
    }

    /// <summary>Starts a program with its output redirected; the caller ends and disposes it.</summary>
    public static Process Start(string command, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(Find(command) ?? command)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        // Debian's DCMTK leaves Nagle's algorithm on, which costs 40 ms a message.
        start.Environment["TCP_NODELAY"] = "1";
        return Process.Start(start) ?? throw new InvalidOperationException($"cannot start {command}");
    }
}
