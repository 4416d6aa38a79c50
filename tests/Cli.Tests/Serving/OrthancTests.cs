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
            Assert.Equal(["MR", "SR"], modalities);
        }
        finally
        {
            orthanc.Kill();
            await orthanc.WaitForExitAsync(CancellationToken.None);
        }
    }

    public void Dispose() => fixture.Dispose();

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
