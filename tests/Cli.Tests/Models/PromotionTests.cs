using System.Text.Json;
using BrainTumorDicom.Cli.Tests.Serving;
using BrainTumorDicom.Slices.Phantoms;
using BrainTumorDicom.Support;

namespace BrainTumorDicom.Cli.Tests.Models;

/// <summary>Models change under a running service.</summary>
public sealed class PromotionTests : IDisposable
{
    private readonly ServeFixture fixture = new();

    [PeerFact("storescu")]
    public async Task A_promoted_model_answers_from_the_next_study_on_and_a_rollback_takes_it_back_without_a_restart()
    {
        var shipped = Version(await File.ReadAllTextAsync(Path.Combine(TestModel.Folder, "model.json"), TestContext.Current.CancellationToken));
        var phantoms = Enumerable.Range(0, 4).Select(i => Phantom.Write(fixture.In($"phantom-{i}"), PhantomClass.Meningioma, seed: 300 + i)).ToArray();
        await using var service = await fixture.StartAsync();

        var sending = Task.WhenAll(phantoms.Select(phantom => ServeFixture.SendAsync(service, phantom.Files)));
        await RunAsync(0, "promote", CandidateModel.Write(fixture.In("candidate"), "next"), "--data", fixture.Data, "--force", "test", "--device", "cpu");
        await sending;
        await InUseAsync(service, "next");
        var late = Phantom.Write(fixture.In("late"), PhantomClass.Meningioma, seed: 310);
        await ServeFixture.SendAsync(service, late.Files);

        Assert.Equal("next", ModelOf(await fixture.ReportAsync(service, late.Study)));
        foreach (var phantom in phantoms)
        {
            var report = await fixture.ReportAsync(service, phantom.Study);
            Assert.Contains(ModelOf(report), new[] { shipped, "next" });
            Assert.Equal("meningioma", report.GetProperty("class").GetString());
        }

        await RunAsync(0, "rollback", "--data", fixture.Data);
        await InUseAsync(service, shipped);
        Assert.Equal(0, await service.TerminateAsync());
    }

    [PeerFact("storescu")]
    public async Task A_package_that_is_not_there_is_refused_once_and_the_old_model_goes_on()
    {
        await using var service = await fixture.StartAsync();
        Directory.CreateDirectory(Path.Combine(fixture.Data, "models"));
        await File.WriteAllTextAsync(Path.Combine(fixture.Data, "models", "current"), new string('0', 64), TestContext.Current.CancellationToken);
        await service.LoggedAsync("is refused");

        var phantom = Phantom.Write(fixture.In("phantom"), PhantomClass.Glioma, seed: 320);
        await ServeFixture.SendAsync(service, phantom.Files);

        await fixture.ReportAsync(service, phantom.Study);
        var model = (await ServeFixture.HealthAsync(service)).GetProperty("model");
        Assert.Equal(new string('0', 64), model.GetProperty("lastRefusal").GetProperty("package").GetString());
        Assert.Equal("", model.GetProperty("package").GetString());
        Assert.Single(service.Log().Split('\n'), line => line.Contains("is refused", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_a_set_to_measure_on_a_candidate_needs_a_reason()
    {
        var (_, error) = await RunAsync(1, "promote", CandidateModel.Write(fixture.In("candidate"), "next"), "--data", fixture.Data, "--device", "cpu");

        Assert.Contains("--frozen", error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(fixture.Data, "models", "current")));
    }

    [Fact]
    public async Task A_damaged_candidate_is_not_promoted()
    {
        var candidate = CandidateModel.Write(fixture.In("candidate"), "next");
        await File.AppendAllTextAsync(Path.Combine(candidate, "model.onnx"), "x", TestContext.Current.CancellationToken);

        var (_, error) = await RunAsync(1, "promote", candidate, "--data", fixture.Data, "--force", "test");

        Assert.Contains("SHA-256", error, StringComparison.Ordinal);
    }

    public void Dispose() => fixture.Dispose();

    private static async Task<(string Output, string Error)> RunAsync(int expected, params string[] arguments)
    {
        var (exit, output, error) = await CliProcess.RunAsync(arguments);
        Assert.True(exit == expected, $"{exit}: {output}{error}");
        return (output, error);
    }

    private static Task InUseAsync(ServiceProcess service, string version) => Eventually.TrueAsync(
        async () => (await ServeFixture.HealthAsync(service)).GetProperty("model").GetProperty("version").GetString() == version,
        () => $"model {version}\n{service.Log()}");

    private static string? ModelOf(JsonElement report) => report.GetProperty("model").GetProperty("version").GetString();

    private static string Version(string manifest)
    {
        using var json = JsonDocument.Parse(manifest);
        return json.RootElement.GetProperty("version").GetString()!;
    }
}
