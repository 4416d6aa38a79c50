using BrainTumorDicom.Support;

namespace BrainTumorDicom.Slices.Tests;

/// <summary>Runs the Python scripts beside the tests: computations that share no code with ours.</summary>
internal static class PythonPeer
{
    // Debian's own interpreter: the one that Debian's pydicom, numpy and Pillow are installed for.
    private static readonly string Interpreter = File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3";

    /// <summary>Runs <paramref name="script"/> (a path under tests/Slices.Tests); skips the test where <paramref name="modules"/> cannot be imported.</summary>
    public static async Task<string[]> RunAsync(string script, string modules, params IEnumerable<string> arguments)
    {
        var cancellation = TestContext.Current.CancellationToken;
        if (!PeerTools.Required)
        {
            Assert.SkipUnless(PeerTools.Find(Interpreter) is not null || File.Exists(Interpreter), "python3 is not installed");
            var (probe, _, _) = await PeerTools.RunAsync(Interpreter, ["-c", $"import {modules}"], cancellation);
            Assert.SkipUnless(probe == 0, $"Python modules not installed: {modules}");
        }

        var path = Path.Combine(SharedData.ProjectRoot, "tests", "Slices.Tests", script);
        var (exitCode, output, error) = await PeerTools.RunAsync(Interpreter, arguments.Prepend(path), cancellation);
        Assert.True(exitCode == 0, error);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
