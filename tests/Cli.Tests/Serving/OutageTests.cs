using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.Files;
using BrainTumorDicom.Slices.Phantoms;
using BrainTumorDicom.Support;

namespace BrainTumorDicom.Cli.Tests.Serving;

/// <summary>Destinations that are away, refuse or break off, and come back.</summary>
public sealed class OutageTests : IDisposable
{
    private static readonly HttpClient Client = new();
    private readonly ServeFixture fixture = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [PeerFact("storescp,storescu")]
    public async Task What_a_destination_refused_and_broke_off_arrives_once_when_it_takes_again()
    {
        var phantom = Phantom.Write(fixture.In("phantom"), PhantomClass.Glioma, seed: 121);
        var port = Storescp.FreePort();
        var address = string.Create(CultureInfo.InvariantCulture, $"STORESCP@127.0.0.1:{port}");
        var (folder, kept) = (fixture.In("received"), fixture.In("kept"));
        await using var service = await fixture.StartAsync("--config", Configure(kept, address));
        await ServeFixture.SendAsync(service, phantom.Files);
        await ServeFixture.DeliveryAsync(service, phantom.Study, kept, "delivered");

        foreach (var fault in new[] { "--refuse", "--abort-during", "--abort-after" })
        {
            using var faulty = await Storescp.StartAsync(folder, port, fault);
            var before = await AttemptsAsync(service, phantom.Study, address);
            await Eventually.TrueAsync(async () => await AttemptsAsync(service, phantom.Study, address) > before, () => service.Log());
            await ServeFixture.DeliveryAsync(service, phantom.Study, address, "pending");
        }

        using var back = await Storescp.StartAsync(folder, port);
        await ServeFixture.DeliveryAsync(service, phantom.Study, address, "delivered");

        Assert.Equal(Sent(kept, phantom.Study), back.Files.Select(Instance).Order(StringComparer.Ordinal));
        AssertOneLineForEachEvent(service.Log(), address);
    }

    [PeerFact("Orthanc,storescu")]
    public async Task An_archive_that_was_stopped_has_every_object_once_by_C_STORE_and_by_STOW_RS()
    {
        var phantom = Phantom.Write(fixture.In("phantom"), PhantomClass.Meningioma, seed: 122);
        var (dicomPort, httpPort) = (Storescp.FreePort(), Storescp.FreePort());
        var address = string.Create(CultureInfo.InvariantCulture, $"ORTHANC@127.0.0.1:{dicomPort}");
        var dicomWeb = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{httpPort}/dicom-web");
        var kept = fixture.In("kept");
        await using var service = await fixture.StartAsync("--config", Configure(kept, address, dicomWeb));
        await ServeFixture.SendAsync(service, phantom.Files);

        await ServeFixture.DeliveryAsync(service, phantom.Study, kept, "delivered");
        await Eventually.TrueAsync(async () => await AttemptsAsync(service, phantom.Study, address) >= 3, () => service.Log());
        await using var orthanc = await OrthancPeer.StartAsync(fixture, service, dicomPort, httpPort);
        await ServeFixture.DeliveryAsync(service, phantom.Study, address, "delivered");
        await ServeFixture.DeliveryAsync(service, phantom.Study, dicomWeb, "delivered");

        var instances = await orthanc.GetAsync<JsonElement>("instances?expand");
        Assert.Equal(
            Sent(kept, phantom.Study),
            instances.EnumerateArray().Select(one => one.GetProperty("MainDicomTags").GetProperty("SOPInstanceUID").GetString()!).Order(StringComparer.Ordinal));
        AssertOneLineForEachEvent(service.Log(), address);
    }

    [PeerFact("storescp,storescu")]
    public async Task What_was_given_up_is_listed_and_goes_out_once_somebody_releases_it()
    {
        var phantom = Phantom.Write(fixture.In("phantom"), PhantomClass.Pituitary, seed: 123);
        var port = Storescp.FreePort();
        var address = string.Create(CultureInfo.InvariantCulture, $"STORESCP@127.0.0.1:{port}");
        await using var service = await fixture.StartAsync("--config", Configure(fixture.In("kept"), address, giveUpAfter: "00:00:01"));
        await ServeFixture.SendAsync(service, phantom.Files);
        await ServeFixture.DeliveryAsync(service, phantom.Study, address, "failed");

        var failed = await Client.GetFromJsonAsync<JsonElement[]>(new Uri(service.Http, "/api/deliveries?state=failed"), Cancel);
        var ids = failed!.Select(one => one.GetProperty("id").GetInt64()).ToArray();
        Assert.InRange(ids.Length, 2, 6); // the structured report, and heat maps
        Assert.All(failed!, one => Assert.Equal((phantom.Study, address), (one.GetProperty("study").GetString(), one.GetProperty("delivery").GetProperty("destination").GetString())));
        Assert.Equal(HttpStatusCode.BadRequest, (await Client.GetAsync(new Uri(service.Http, "/api/deliveries?state=lost"), Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, await ReleaseAsync(service, ids[0], "text/plain"));
        Assert.Equal(HttpStatusCode.NotFound, await ReleaseAsync(service, 4711));

        using var back = await Storescp.StartAsync(fixture.In("received"), port);
        foreach (var id in ids)
        {
            Assert.Equal(HttpStatusCode.OK, await ReleaseAsync(service, id));
        }

        await ServeFixture.DeliveryAsync(service, phantom.Study, address, "delivered");
        Assert.Equal(HttpStatusCode.Conflict, await ReleaseAsync(service, ids[0]));
        Assert.Equal(ids.Length, back.Files.Count);
    }

    public void Dispose() => fixture.Dispose();

    private static async Task<HttpStatusCode> ReleaseAsync(ServiceProcess service, long id, string type = "application/json")
    {
        using var body = new StringContent("{}", Encoding.UTF8, type);
        using var answer = await Client.PostAsync(new Uri(service.Http, $"/api/deliveries/{id.ToString(CultureInfo.InvariantCulture)}/release"), body, Cancel);
        return answer.StatusCode;
    }

    // A failed attempt and the delivery are lines of their own, and no event has two.
    private static void AssertOneLineForEachEvent(string log, string destination)
    {
        var lines = log.Split('\n').Where(line => line.Contains(destination, StringComparison.Ordinal) && line.Contains("deliver", StringComparison.OrdinalIgnoreCase)).ToArray();
        Assert.Contains(lines, line => line.Contains("failed", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("delivered", StringComparison.Ordinal));
        Assert.Distinct(lines);
    }

    private static async Task<int> AttemptsAsync(ServiceProcess service, string study, string destination) =>
        (await ServeFixture.StudyAsync(service, study)).GetProperty("deliveries").EnumerateArray()
            .Where(one => one.GetProperty("destination").GetString() == destination).Select(one => one.GetProperty("attempts").GetInt32()).DefaultIfEmpty().Min();

    // The folder keeps everything; what a DICOM destination gets of it are the first structured report class and the heat maps.
    private static IEnumerable<string> Sent(string kept, string study) =>
        Directory.GetFiles(kept, "*.dcm", SearchOption.AllDirectories)
            .Where(file => file.Contains(study, StringComparison.Ordinal))
            .Select(file => DicomFile.Read(file).Dataset)
            .Where(dataset => dataset.GetString(DicomTag.SOPClassUID) is var type && (type == DicomUid.Comprehensive3DSRStorage.Value || type == DicomUid.SecondaryCaptureImageStorage.Value))
            .Select(dataset => dataset.GetString(DicomTag.SOPInstanceUID)!)
            .Order(StringComparer.Ordinal);

    private static string Instance(string file) => DicomFile.Read(file).Dataset.GetString(DicomTag.SOPInstanceUID)!;

    private string Configure(string kept, string address, string? dicomWeb = null, string giveUpAfter = "7.00:00:00")
    {
        Directory.CreateDirectory(kept);
        var stow = dicomWeb is null ? "" : $$""" "Stow": [ { "Url": "{{dicomWeb}}" } ],""";
        var file = fixture.In("serve.json");
        File.WriteAllText(
            file,
            $$"""
            { "Delivery": { "FirstRetry": "00:00:00.2", "LongestRetry": "00:00:01", "Timeout": "00:00:10", "GiveUpAfter": "{{giveUpAfter}}",{{stow}}
                "Dicom": [ { "Address": "{{address}}" } ], "Folder": [ { "Path": "{{kept}}" } ] } }
            """);
        return file;
    }
}
