namespace BrainTumorDicom.Cli.Tests;

/// <summary><c>find</c> used wrongly; with an archive it is tested beside the service.</summary>
public sealed class FindTests
{
    [Theory]
    [InlineData("--level", "patient", "patient")]
    [InlineData("--key", "Nonsense=1", "is not KEYWORD=VALUE")]
    [InlineData("--key", "Rows=512", "not matched by text")]
    [InlineData("--most", "0", "--most is at least 1")]
    public async Task What_cannot_be_asked_is_wrong_usage(string option, string value, string said)
    {
        var (exitCode, output, error) = await Serving.CliProcess.RunAsync(["find", "X@127.0.0.1:1", option, value]);

        Assert.Equal((2, ""), (exitCode, output));
        Assert.Contains(said, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_archive_that_is_not_there_is_one_line_and_exit_code_1()
    {
        var (exitCode, output, error) = await Serving.CliProcess.RunAsync(["find", "X@127.0.0.1:1", "--json"]);

        Assert.Equal((1, ""), (exitCode, output));
        Assert.StartsWith("braintumordicom: X@127.0.0.1:1: cannot connect", error, StringComparison.Ordinal);
    }
}
