using BrainTumorDicom.Slices.Phantoms;
using BrainTumorDicom.Support;

namespace BrainTumorDicom.Cli.Tests.Serving;

/// <summary>Studies that come by STOW-RS, and what <c>export</c> gives back of them.</summary>
public sealed class StowTests : IDisposable
{
    private readonly ServeFixture fixture = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [PeerFact("Orthanc,dcmftest")]
    public async Task Orthancs_DICOMweb_plugin_sends_a_study_that_is_reported_and_exported_as_it_came()
    {
        var phantom = Phantom.Write(fixture.In("phantom"), PhantomClass.Glioma, seed: 111);
        await using var service = await fixture.StartAsync();
        await using var orthanc = await OrthancPeer.StartAsync(fixture, service, Storescp.FreePort(), Storescp.FreePort());
        await orthanc.AddAsync(phantom.Files);

        await orthanc.PostAsync("dicom-web/servers/btd/stow", new Dictionary<string, object> { ["Resources"] = (await orthanc.GetAsync<string[]>("studies"))!, ["Synchronous"] = true });

        Assert.Equal(phantom.Files.Count, ServeFixture.SliceCount(await fixture.ReportAsync(service, phantom.Study)));
        await AssertExportedAsync(phantom);
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
}
