using System.Text.Json;
using BrainTumorDicom.Cli.Tests.Serving;

namespace BrainTumorDicom.Cli.Tests.Demo;

public sealed class DemoTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("btd-demo-");

    [Fact]
    public async Task The_demo_gets_every_class_right_and_names_its_files()
    {
        var (exit, output, error) = await CliProcess.RunAsync(["demo", "--json", "--out", folder.FullName, "--model", TestModel.Folder]);

        var lines = output.Trim().Split('\n').Select(line => JsonDocument.Parse(line).RootElement).ToArray();
        Assert.All(lines, line => Assert.Equal(line.GetProperty("class").GetString(), line.GetProperty("answered").GetString()));
        Assert.Equal(["glioma", "meningioma", "notumor", "pituitary"], lines.Select(line => line.GetProperty("class").GetString()));
        Assert.All(lines, line => Assert.True(File.Exists(Path.Combine(line.GetProperty("reports").GetString()!, "report.sr.dcm"))));
        Assert.All(lines, line => Assert.True(File.Exists(Path.Combine(line.GetProperty("reports").GetString()!, "report.pdf"))));
        Assert.All(lines, line => Assert.Equal(
            line.GetProperty("class").GetString() != "notumor", File.Exists(Path.Combine(line.GetProperty("reports").GetString()!, "heatmap", "1.dcm"))));
        Assert.All(lines, line => Assert.True(File.Exists(line.GetProperty("received").GetString())));
        Assert.Equal((0, ""), (exit, error));

        // The same folder again: its phantoms are there already, and no report would come.
        var (again, _, complaint) = await CliProcess.RunAsync(["demo", "--json", "--out", folder.FullName, "--model", TestModel.Folder]);
        Assert.Equal(1, again);
        Assert.Contains("is not empty", complaint, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Delete(recursive: true);
}
