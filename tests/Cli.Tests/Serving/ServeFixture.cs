using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using BrainTumorDicom.Support;

namespace BrainTumorDicom.Cli.Tests.Serving;

/// <summary>A folder for one test's service, phantoms and peers, and what tests ask of them.</summary>
internal sealed class ServeFixture : IDisposable
{
    private static readonly HttpClient Client = new();
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("btd-serve-");

    public string Data => Path.Combine(folder.FullName, "data");

    public string In(string name) => Path.Combine(folder.FullName, name);

    /// <summary>Starts the service with a short quiet time.</summary>
    public Task<ServiceProcess> StartAsync(params string[] arguments) => ServiceProcess.StartAsync(Data, ["--quiet-time", "1", .. arguments]);

    /// <summary>Sends with storescu or dcmsend; both answered with success for every file.</summary>
    public static async Task SendAsync(ServiceProcess service, IEnumerable<string> files, string command = "storescu")
    {
        var (exit, output, error) = await PeerTools.RunAsync(
            command,
            ["-aec", "BRAINTUMORDICOM", "127.0.0.1", service.DicomPort.ToString(CultureInfo.InvariantCulture), .. files],
            TestContext.Current.CancellationToken);
        Assert.True(exit == 0, $"{command}: {output}{error}\n{service.Log()}");
    }

    /// <summary>Waits for the report of a revision.</summary>
    /// <returns>finding.json.</returns>
    public async Task<JsonElement> ReportAsync(ServiceProcess service, string study, int revision = 1)
    {
        var file = Path.Combine(Data, "reports", study, revision.ToString(CultureInfo.InvariantCulture), "finding.json");
        await Eventually.TrueAsync(() => File.Exists(file), () => $"{file}\n{service.Log()}");
        using var json = JsonDocument.Parse(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken));
        return json.RootElement.Clone();
    }

    /// <summary>How many slices of how many the report lists.</summary>
    public static int SliceCount(JsonElement finding) =>
        finding.GetProperty("seriesFindings").EnumerateArray().Sum(series => series.GetProperty("sliceCount").GetInt32());

    /// <summary>The revisions that have a report.</summary>
    public IReadOnlyList<string> Revisions(string study) =>
        [.. Directory.GetFileSystemEntries(Path.Combine(Data, "reports", study)).Select(entry => Path.GetFileName(entry)!).Order(StringComparer.Ordinal)];

    /// <summary>A study as <c>/api/studies</c> shows it.</summary>
    public static async Task<JsonElement> StudyAsync(ServiceProcess service, string study) =>
        (await Client.GetFromJsonAsync<JsonElement>(new Uri(service.Http, $"/api/studies/{study}"), TestContext.Current.CancellationToken))[0];

    /// <summary>Waits until a delivery of a study is in a state.</summary>
    public static async Task<JsonElement> DeliveryAsync(ServiceProcess service, string study, string destination, string state, int revision = 1)
    {
        var found = default(JsonElement);
        await Eventually.TrueAsync(
            async () =>
            {
                var own = (await StudyAsync(service, study)).GetProperty("deliveries").EnumerateArray()
                    .Where(one => one.GetProperty("destination").GetString() == destination && one.GetProperty("revision").GetInt32() == revision).ToArray();
                found = own.FirstOrDefault();
                return own.Length > 0 && own.All(one => one.GetProperty("state").GetString() == state);
            },
            () => $"{destination} {state}\n{service.Log()}");
        return found;
    }

    /// <summary><c>/health</c>, whatever its status code.</summary>
    public static async Task<JsonElement> HealthAsync(ServiceProcess service)
    {
        using var response = await Client.GetAsync(new Uri(service.Http, "/health"), TestContext.Current.CancellationToken);
        return await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
    }

    public void Dispose() => folder.Delete(recursive: true);
}
