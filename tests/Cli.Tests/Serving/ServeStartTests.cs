using System.Globalization;
using System.Net;
using System.Net.Sockets;
using BrainTumorDicom.Classification.Model;

namespace BrainTumorDicom.Cli.Tests.Serving;

/// <summary>What is wrong at the start is one line on stderr and an exit code.</summary>
public sealed class ServeStartTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("btd-start-");

    private string Data => Path.Combine(folder.FullName, "data");

    [Theory]
    [InlineData("--port", "abc", "--port abc is not a number from 0 to 65535.")]
    [InlineData("--quiet-time", "soon", "--quiet-time soon is not a number of seconds from 0.1 to 86400.")]
    [InlineData("--device", "gpu", "'gpu' not recognized")]
    [InlineData("--prot", "1", "'--prot'")]
    public async Task Wrong_usage_exits_with_2(string option, string value, string expected)
    {
        var (exit, output, error) = await CliProcess.RunAsync(["serve", option, value]);

        AssertOneLine(2, expected, exit, output, error);
    }

    [Fact]
    public async Task A_typo_in_the_configuration_file_names_the_key_and_the_nearest_one()
    {
        var file = Path.Combine(folder.FullName, "serve.json");
        await File.WriteAllTextAsync(file, """{ "Dicom": { "AeTilte": "BRAIN" } }""", TestContext.Current.CancellationToken);

        var (exit, output, error) = await CliProcess.RunAsync(["serve", "--config", file, "--data", Data]);

        AssertOneLine(1, "Dicom:AeTilte is an unknown key; did you mean AeTitle?", exit, output, error);
    }

    [Fact]
    public async Task A_typo_in_the_environment_does_too()
    {
        var (exit, output, error) = await CliProcess.RunAsync(["serve", "--data", Data], ("BTD__Delivery__Timout", "00:00:05"));

        AssertOneLine(1, "Delivery:Timout is an unknown key; did you mean Timeout?", exit, output, error);
    }

    [Theory]
    [InlineData("--port", "DICOM port ")]
    [InlineData("--http", "HTTP port ")]
    public async Task A_port_that_is_taken_is_named(string option, string expected)
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
        string[] http = option == "--http" ? ["--http", $"127.0.0.1:{port}", "--port", "0"] : ["--http", "127.0.0.1:0", "--port", port];

        var (exit, output, error) = await CliProcess.RunAsync(
            ["serve", "--data", Data, "--model", TestModel.Folder, .. http], ("BTD__Logging__LogLevel__Default", "None"));

        AssertOneLine(1, expected, exit, output, error);
        Assert.Contains(port, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_model_is_refused()
    {
        var model = Directory.CreateDirectory(Path.Combine(folder.FullName, "model")).FullName;
        foreach (var file in new[] { ModelPackage.ManifestFile, ModelPackage.WeightsFile })
        {
            File.Copy(Path.Combine(TestModel.Folder, file), Path.Combine(model, file));
        }

        await using (var weights = File.OpenWrite(Path.Combine(model, ModelPackage.WeightsFile)))
        {
            weights.Seek(weights.Length / 2, SeekOrigin.Begin);
            weights.WriteByte(0x5A);
            weights.WriteByte(0xA5);
        }

        var (exit, output, error) = await CliProcess.RunAsync(["serve", "--data", Data, "--model", model]);

        AssertOneLine(1, "is damaged", exit, output, error);
    }

    [Fact]
    public async Task A_folder_without_a_model_is_refused()
    {
        var (exit, output, error) = await CliProcess.RunAsync(["serve", "--data", Data, "--model", folder.FullName]);

        AssertOneLine(1, "model.json", exit, output, error);
    }

    [Fact]
    public async Task A_running_service_keeps_its_data_to_itself_and_ends_at_SIGTERM_with_0()
    {
        await using var service = await ServiceProcess.StartAsync(Data);

        var (exit, output, error) = await CliProcess.RunAsync(["serve", "--data", Data, "--port", "0", "--http", "127.0.0.1:0", "--model", TestModel.Folder]);

        AssertOneLine(1, "in use by another instance", exit, output, error);
        Assert.Contains("reachable from this machine only", service.Log(), StringComparison.Ordinal);
        Assert.Equal(0, await service.TerminateAsync());
        Assert.Equal(["ready"], service.Said);
    }

    public void Dispose() => folder.Delete(recursive: true);

    private static void AssertOneLine(int expectedExit, string expected, int exit, string output, string error)
    {
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.Equal(expectedExit, exit);
        Assert.Empty(output);
        Assert.StartsWith("braintumordicom: ", Assert.Single(error.Trim().Split('\n')), StringComparison.Ordinal);
    }
}
