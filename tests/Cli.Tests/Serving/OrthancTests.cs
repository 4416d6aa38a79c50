using System.Globalization;
using System.Text.Json;
using BrainTumorDicom.Slices.Phantoms;
using BrainTumorDicom.Support;

namespace BrainTumorDicom.Cli.Tests.Serving;

/// <summary>Orthanc as the archive that studies come from and reports go to.</summary>
public sealed class OrthancTests : IDisposable
{
    private readonly ServeFixture fixture = new();

    [PeerFact("Orthanc")]
    public async Task Orthanc_sends_a_study_by_its_own_routing_and_stores_the_report_with_it()
    {
        var phantom = Phantom.Write(fixture.In("phantom"), PhantomClass.Glioma, seed: 101);
        var (dicomPort, httpPort) = (Storescp.FreePort(), Storescp.FreePort());
        var address = string.Create(CultureInfo.InvariantCulture, $"ORTHANC@127.0.0.1:{dicomPort}");
        await using var service = await fixture.StartAsync("--dicom-destination", address);
        await using var orthanc = await OrthancPeer.StartAsync(fixture, service, dicomPort, httpPort);
        await orthanc.AddAsync(phantom.Files);
        var studies = await orthanc.GetAsync<string[]>("studies");

        await orthanc.PostAsync("modalities/btd/store", studies!);
        await ServeFixture.DeliveryAsync(service, phantom.Study, address, "delivered");

        var series = await orthanc.GetAsync<JsonElement>($"studies/{Assert.Single(studies!)}/series");
        var modalities = series.EnumerateArray().Select(one => one.GetProperty("MainDicomTags").GetProperty("Modality").GetString()).Order();
        Assert.Equal(["MR", "OT", "SR"], modalities);
    }

    [PeerFact("Orthanc")]
    public async Task Orthanc_commits_to_the_report_and_says_how_much_of_a_study_it_has()
    {
        var phantom = Phantom.Write(fixture.In("phantom"), PhantomClass.Glioma, seed: 101);
        var (dicomPort, httpPort) = (Storescp.FreePort(), Storescp.FreePort());
        var address = string.Create(CultureInfo.InvariantCulture, $"ORTHANC@127.0.0.1:{dicomPort}");
        var configuration = fixture.In("service.json");
        await File.WriteAllTextAsync(
            configuration,
            $$"""
            { "Delivery": { "Dicom": [ { "Address": "{{address}}", "StorageCommitment": true } ] },
              "Receive": { "Sources": [ { "CallingAe": "ORTHANC", "Address": "{{address}}" } ] } }
            """,
            TestContext.Current.CancellationToken);
        await using var service = await fixture.StartAsync("--config", configuration);
        await using var orthanc = await OrthancPeer.StartAsync(fixture, service, dicomPort, httpPort);
        var instances = await orthanc.AddAsync(phantom.Files);

        var (exitCode, output, error) = await CliProcess.RunAsync(["find", address, "--study", phantom.Study, "--json"]);
        Assert.True(exitCode == 0, error);
        using var found = JsonDocument.Parse(output);
        Assert.Equal(phantom.Files.Count, found.RootElement.GetProperty("00201208").GetProperty("Value")[0].GetInt32());

        // All but the last; the service must wait for it.
        await orthanc.PostAsync("modalities/btd/store", instances.SkipLast(1));
        await Eventually.TrueAsync(() => service.Log().Contains("waits for more", StringComparison.Ordinal), () => service.Log());
        await orthanc.PostAsync("modalities/btd/store", instances.TakeLast(1));
        var report = await fixture.ReportAsync(service, phantom.Study);
        Assert.Equal(phantom.Files.Count, ServeFixture.SliceCount(report));
        Assert.Equal(["1"], fixture.Revisions(phantom.Study));

        JsonElement delivery = default;
        await Eventually.TrueAsync(
            async () =>
            {
                delivery = (await ServeFixture.StudyAsync(service, phantom.Study)).GetProperty("deliveries")[0];
                return delivery.TryGetProperty("commitment", out var commitment) && commitment.GetString() == "committed";
            },
            () => $"{delivery}\n{service.Log()}");
    }

    public void Dispose() => fixture.Dispose();
}
