using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using BrainTumorDicom.Slices.Phantoms;
using BrainTumorDicom.Support;

namespace BrainTumorDicom.Cli.Tests.Serving;

/// <summary>Studies that come by STOW-RS, and what <c>export</c> gives back of them.</summary>
public sealed class StowTests : IDisposable
{
    private static readonly HttpClient Client = new();
    private readonly ServeFixture fixture = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [PeerFact("Orthanc,dcmftest")]
    public async Task Orthancs_DICOMweb_plugin_sends_a_study_that_is_reported_and_exported_as_it_came()
    {
        var phantom = Phantom.Write(fixture.In("phantom"), PhantomClass.Glioma, seed: 111);
        var httpPort = Storescp.FreePort();
        await using var service = await fixture.StartAsync();
        using var orthanc = StartOrthanc(httpPort, service.Http);
        try
        {
            var rest = new Uri($"http://127.0.0.1:{httpPort.ToString(CultureInfo.InvariantCulture)}/");
            await Eventually.TrueAsync(() => Storescp.Accepts(httpPort), () => "Orthanc");
            foreach (var file in phantom.Files)
            {
                using var content = new ByteArrayContent(await File.ReadAllBytesAsync(file, Cancel));
                (await Client.PostAsync(new Uri(rest, "instances"), content, Cancel)).EnsureSuccessStatusCode();
            }

            var studies = await Client.GetFromJsonAsync<string[]>(new Uri(rest, "studies"), Cancel);
            using var send = JsonContent.Create(new Dictionary<string, object> { ["Resources"] = studies!, ["Synchronous"] = true });
            var sent = await Client.PostAsync(new Uri(rest, "dicom-web/servers/btd/stow"), send, Cancel);
            Assert.True(sent.IsSuccessStatusCode, await sent.Content.ReadAsStringAsync(Cancel) + service.Log());
            Assert.Equal(phantom.Files.Count, ServeFixture.SliceCount(await fixture.ReportAsync(service, phantom.Study)));
            await AssertExportedAsync(phantom);
        }
        finally
        {
            orthanc.Kill();
            await orthanc.WaitForExitAsync(CancellationToken.None);
        }
    }

    [PeerFact("curl")]
    public async Task Curl_posts_single_objects_and_a_wrong_one_is_refused()
    {
        var phantom = Phantom.Write(fixture.In("phantom"), PhantomClass.Glioma, seed: 112, slices: 12);
        await using var service = await fixture.StartAsync();

        foreach (var file in phantom.Files)
        {
            Assert.Equal("200", await CurlAsync(service, "application/dicom", file));
        }

        Assert.Equal("415", await CurlAsync(service, "image/png", phantom.Files[0]));
        await fixture.ReportAsync(service, phantom.Study);
        await AssertExportedAsync(phantom);
    }

    public void Dispose() => fixture.Dispose();

    private static async Task<string> CurlAsync(ServiceProcess service, string type, string file)
    {
        var (_, output, error) = await PeerTools.RunAsync(
            "curl",
            ["-s", "-o", "/dev/null", "-w", "%{http_code}", "-H", $"Content-Type: {type}", "--data-binary", $"@{file}", new Uri(service.Http, "/dicom-web/studies").ToString()],
            Cancel);
        Assert.Empty(error);
        return output;
    }

    /// <summary>The data set of each file is what was sent; the meta information before it is ours.</summary>
    private async Task AssertExportedAsync(Phantom phantom)
    {
        var folder = fixture.In("export");
        var (exit, output, error) = await CliProcess.RunAsync(["export", "--data", fixture.Data, "--out", folder, "--study", phantom.Study, "--json"]);
        Assert.True(exit == 0, output + error);
        var exported = Directory.GetFiles(folder, "*.dcm", SearchOption.AllDirectories);
        var sent = phantom.Files.Select(file => DataSet(File.ReadAllBytes(file))).Order(StringComparer.Ordinal);
        Assert.Equal(sent, exported.Select(file => DataSet(File.ReadAllBytes(file))).Order(StringComparer.Ordinal));
        var (valid, _, _) = PeerTools.Find("dcmftest") is null ? (0, "", "") : await PeerTools.RunAsync("dcmftest", exported, Cancel);
        Assert.Equal(0, valid);
    }

    private static string DataSet(byte[] file) =>
        Convert.ToBase64String(file.AsSpan(144 + BitConverter.ToInt32(file, 140)));

    private Process StartOrthanc(int httpPort, Uri service)
    {
        var configuration = fixture.In("orthanc.json");
        File.WriteAllText(configuration, $$"""
            { "Name": "peer", "DicomServerEnabled": false, "HttpPort": {{httpPort}}, "StorageDirectory": "{{fixture.In("orthanc")}}", "IndexDirectory": "{{fixture.In("orthanc")}}",
              "RemoteAccessAllowed": false, "AuthenticationEnabled": false, "Plugins": [ "/usr/share/orthanc/plugins" ],
              "DicomWeb": { "Enable": true, "Servers": { "btd": [ "{{new Uri(service, "/dicom-web/")}}" ] } } }
            """);
        var process = PeerTools.Start("Orthanc", [configuration]);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }
}
