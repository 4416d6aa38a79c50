using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using BrainTumorDicom.Cli.Tests.Serving;
using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.Files;
using BrainTumorDicom.Slices.Phantoms;
using BrainTumorDicom.Support;

namespace BrainTumorDicom.Cli.Tests.Models;

/// <summary>Readers' verdicts, what they say of models in use and in shadow, and the training set that they make.</summary>
public sealed class VerdictTests : IDisposable
{
    private static readonly HttpClient Client = new();
    private readonly ServeFixture fixture = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [PeerFact("storescu")]
    public async Task Judged_studies_give_live_accuracy_and_a_deidentified_training_set_and_the_shadow_is_compared()
    {
        var tumour = Phantom.Write(fixture.In("tumour"), PhantomClass.Meningioma, seed: 330);
        var healthy = Phantom.Write(fixture.In("healthy"), PhantomClass.NoTumor, seed: 331);
        var shadow = CandidateModel.Write(fixture.In("shadow"), "shadow");
        await using (var service = await ServiceProcess.StartAsync(fixture.Data, ["--quiet-time", "1", "--config", await ConfigAsync(shadow)]))
        {
            await ServeFixture.SendAsync(service, tumour.Files);
            await ServeFixture.SendAsync(service, healthy.Files);
            await fixture.ReportAsync(service, tumour.Study);
            await fixture.ReportAsync(service, healthy.Study);

            Assert.Equal(HttpStatusCode.Created, await GiveAsync(service, tumour.Study, "meningioma"));
            Assert.Equal(HttpStatusCode.OK, await GiveAsync(service, tumour.Study, "meningioma"));
            Assert.Equal(HttpStatusCode.Created, await GiveAsync(service, healthy.Study, "notumor"));
            Assert.Equal(HttpStatusCode.NotFound, await GiveAsync(service, "1.2.3", "notumor"));
            Assert.Equal(HttpStatusCode.BadRequest, await GiveAsync(service, healthy.Study, "melon"));
            await AssertAccuracyAsync(service);
            await service.LoggedAsync($"Study {tumour.Study} revision 1: the shadow says");
            await service.LoggedAsync($"Study {healthy.Study} revision 1: the shadow says");
            await AssertComparedAsync();
            await AssertExportedAsync(tumour, healthy);
            Assert.Equal(0, await service.TerminateAsync());
        }
    }

    [Theory]
    [InlineData("text/plain", "localhost", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/json", "elsewhere.example", HttpStatusCode.Forbidden)]
    public async Task A_page_of_another_site_cannot_give_a_verdict(string type, string host, HttpStatusCode expected)
    {
        await using var service = await fixture.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(service.Http, "/api/studies/1.2.3/verdicts"))
        {
            Content = new StringContent("""{"class":"glioma","reader":"A"}""", Encoding.UTF8, new MediaTypeHeaderValue(type)),
        };
        request.Headers.Host = host;

        using var response = await Client.SendAsync(request, Cancel);

        Assert.Equal(expected, response.StatusCode);
    }

    [Fact]
    public async Task With_a_token_only_who_has_it_reads_and_gives_verdicts()
    {
        await using var service = await ServiceProcess.StartAsync(fixture.Data, ["--config", await WriteConfigAsync("""{"Http":{"VerdictToken":"secret"}}""")]);
        var address = new Uri(service.Http, "/api/studies/1.2.3/verdicts");

        using var without = await Client.GetAsync(address, Cancel);
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "secret");
        using var with = await Client.SendAsync(request, Cancel);

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.NotFound), (without.StatusCode, with.StatusCode));
    }

    public void Dispose() => fixture.Dispose();

    private static async Task<HttpStatusCode> GiveAsync(ServiceProcess service, string study, string label)
    {
        using var response = await Client.PostAsync(
            new Uri(service.Http, $"/api/studies/{study}/verdicts"), JsonContent.Create(new Dictionary<string, string> { ["class"] = label, ["reader"] = "Dr A" }), Cancel);
        return response.StatusCode;
    }

    private static async Task AssertAccuracyAsync(ServiceProcess service)
    {
        var accuracy = await Client.GetFromJsonAsync<JsonElement>(new Uri(service.Http, "/api/accuracy"), Cancel);

        Assert.Equal(2, accuracy.GetProperty("studies").GetInt32());
        var model = accuracy.GetProperty("models")[0];
        Assert.Equal((2, 2), (model.GetProperty("accuracy").GetProperty("right").GetInt32(), model.GetProperty("accuracy").GetProperty("cases").GetInt32()));
    }

    private async Task AssertComparedAsync()
    {
        var (exit, output, error) = await CliProcess.RunAsync(["compare", "--shadow", "--data", fixture.Data, "--json"]);

        Assert.True(exit == 0, error);
        using var json = JsonDocument.Parse(output);
        Assert.Equal((2, 2), (json.RootElement.GetProperty("studies").GetInt32(), json.RootElement.GetProperty("agreeing").GetInt32()));
    }

    private async Task AssertExportedAsync(Phantom tumour, Phantom healthy)
    {
        var set = fixture.In("set");
        var (exit, output, error) = await CliProcess.RunAsync(["export", "--verdicts", "--deidentify", "--data", fixture.Data, "--out", set]);

        Assert.True(exit == 0, output + error);
        Assert.Equal(["meningioma", "notumor"], Directory.GetDirectories(set).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        var files = Directory.GetFiles(set, "*", SearchOption.AllDirectories);
        Assert.Equal(healthy.Files.Count, files.Count(file => file.Contains("notumor", StringComparison.Ordinal)));
        Assert.InRange(files.Count(file => file.Contains("meningioma", StringComparison.Ordinal)), 1, tumour.Files.Count - 1);
        var original = DicomFile.Read(tumour.Files[0]).Dataset;
        foreach (var file in files)
        {
            var text = Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file, Cancel)) + file;
            foreach (var tag in (ReadOnlySpan<DicomTag>)[DicomTag.StudyInstanceUID, DicomTag.PatientName, DicomTag.PatientID, DicomTag.SeriesInstanceUID])
            {
                Assert.DoesNotContain(original.GetString(tag)!, text, StringComparison.Ordinal);
            }
        }
    }

    private Task<string> ConfigAsync(string shadow) => WriteConfigAsync(JsonSerializer.Serialize(new { Model = new { Shadow = shadow } }));

    private async Task<string> WriteConfigAsync(string json)
    {
        var path = fixture.In("service.json");
        await File.WriteAllTextAsync(path, json, Cancel);
        return path;
    }
}
