using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using BrainTumorDicom.Slices.Phantoms;
using BrainTumorDicom.Support;

namespace BrainTumorDicom.Cli.Tests.Serving;

/// <summary>Orthanc as the archive that studies come from and reports go to.</summary>
public sealed class OrthancTests : IDisposable
{
    private static readonly HttpClient Client = new();
    private readonly ServeFixture fixture = new();

    [PeerFact("Orthanc")]
    public async Task Orthanc_sends_a_study_by_its_own_routing_and_stores_the_report_with_it()
    {
        var phantom = Phantom.Write(fixture.In("phantom"), PhantomClass.Glioma, seed: 101);
        var (dicomPort, httpPort) = (Storescp.FreePort(), Storescp.FreePort());
        var address = string.Create(CultureInfo.InvariantCulture, $"ORTHANC@127.0.0.1:{dicomPort}");
        await using var service = await fixture.StartAsync("--dicom-destination", address);
        using var orthanc = StartOrthanc(dicomPort, httpPort, service.DicomPort);
        try
        {
            var rest = new Uri($"http://127.0.0.1:{httpPort.ToString(CultureInfo.InvariantCulture)}/");
            await Eventually.TrueAsync(() => Storescp.Accepts(httpPort), () => "Orthanc");
            foreach (var file in phantom.Files)
            {
                using var content = new ByteArrayContent(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken));
                (await Client.PostAsync(new Uri(rest, "instances"), content, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
            }

            var studies = await Client.GetFromJsonAsync<string[]>(new Uri(rest, "studies"), TestContext.Current.CancellationToken);
            using var send = JsonContent.Create(studies);
            (await Client.PostAsync(new Uri(rest, "modalities/btd/store"), send, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
            await ServeFixture.DeliveryAsync(service, phantom.Study, address, "delivered");

            var series = await Client.GetFromJsonAsync<JsonElement>(new Uri(rest, $"studies/{Assert.Single(studies!)}/series"), TestContext.Current.CancellationToken);
            var modalities = series.EnumerateArray().Select(one => one.GetProperty("MainDicomTags").GetProperty("Modality").GetString()).Order();
            Assert.Equal(["MR", "OT", "SR"], modalities);
        }
        finally
        {
            orthanc.Kill();
            await orthanc.WaitForExitAsync(CancellationToken.None);
        }
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
        using var orthanc = StartOrthanc(dicomPort, httpPort, service.DicomPort);
        try
        {
            var rest = new Uri($"http://127.0.0.1:{httpPort.ToString(CultureInfo.InvariantCulture)}/");
            await Eventually.TrueAsync(() => Storescp.Accepts(httpPort), () => "Orthanc");
            var instances = new List<string>();
            foreach (var file in phantom.Files)
            {
                using var content = new ByteArrayContent(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken));
                var stored = await Client.PostAsync(new Uri(rest, "instances"), content, TestContext.Current.CancellationToken);
                instances.Add((await stored.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("ID").GetString()!);
            }

            var (exitCode, output, error) = await CliProcess.RunAsync(["find", address, "--study", phantom.Study, "--json"]);
            Assert.True(exitCode == 0, error);
            using var found = JsonDocument.Parse(output);
            Assert.Equal(phantom.Files.Count, found.RootElement.GetProperty("00201208").GetProperty("Value")[0].GetInt32());

            // All but the last; the service must wait for it.
            await StoreAsync(rest, instances.SkipLast(1));
            await Eventually.TrueAsync(() => service.Log().Contains("waits for more", StringComparison.Ordinal), () => service.Log());
            await StoreAsync(rest, instances.TakeLast(1));
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
        finally
        {
            orthanc.Kill();
            await orthanc.WaitForExitAsync(CancellationToken.None);
        }
    }

    public void Dispose() => fixture.Dispose();

    private static async Task StoreAsync(Uri rest, IEnumerable<string> instances)
    {
        using var send = JsonContent.Create(instances);
        (await Client.PostAsync(new Uri(rest, "modalities/btd/store"), send, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
    }

    private Process StartOrthanc(int dicomPort, int httpPort, int servicePort)
    {
        var configuration = fixture.In("orthanc.json");
        File.WriteAllText(configuration, $$"""
            { "Name": "peer", "DicomAet": "ORTHANC", "DicomPort": {{dicomPort}}, "HttpPort": {{httpPort}}, "StorageDirectory": "{{fixture.In("orthanc")}}", "IndexDirectory": "{{fixture.In("orthanc")}}",
              "RemoteAccessAllowed": false, "AuthenticationEnabled": false, "DicomModalities": { "btd": [ "BRAINTUMORDICOM", "127.0.0.1", {{servicePort}} ] } }
            """);
        var process = PeerTools.Start("Orthanc", [configuration]);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }
}
