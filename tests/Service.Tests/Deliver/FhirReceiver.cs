using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using BrainTumorDicom.Support;

namespace BrainTumorDicom.Service.Tests.Deliver;

/// <summary>The strict FHIR R4 endpoint of <c>../shared/tools</c>, which validates what it takes.</summary>
internal sealed class FhirReceiver : IAsyncDisposable
{
    private static readonly HttpClient Client = new();
    private readonly Process process;

    private FhirReceiver(Process process, string address)
    {
        this.process = process;
        Address = address;
    }

    /// <summary>Its base address.</summary>
    public string Address { get; }

    /// <summary>Starts it; skips the test where it is not there.</summary>
    public static async Task<FhirReceiver> StartAsync(string store, params string[] options)
    {
        var tool = Path.GetFullPath(Path.Combine(SharedData.ProjectRoot, "..", "shared", "tools", "fhir-receiver"));
        Assert.SkipUnless(File.Exists(tool), "no ../shared/tools/fhir-receiver here");
        var process = PeerTools.Start(tool, ["--store", store, .. options]);
        process.BeginErrorReadLine();
        using var first = JsonDocument.Parse((await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken))!);
        return new FhirReceiver(process, first.RootElement.GetProperty("base").GetString()!);
    }

    /// <summary>Stores a patient; without a token, so before one is asked for.</summary>
    public async Task AddPatientAsync(string json)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(json));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/fhir+json");
        using var response = await Client.PostAsync(new Uri($"{Address}/Patient"), content, TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>What befalls the next write requests.</summary>
    public async Task SetFaultsAsync(params string[] faults)
    {
        using var content = new StringContent(JsonSerializer.Serialize(faults));
        using var response = await Client.PostAsync(new Uri(new Uri(Address), "/__control/faults"), content, TestContext.Current.CancellationToken);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>How many resources of each type are stored: <c>Device 2, ...</c>.</summary>
    public async Task<string> CountsAsync()
    {
        using var json = JsonDocument.Parse(await Client.GetStringAsync(new Uri(new Uri(Address), "/__control/state"), TestContext.Current.CancellationToken));
        return string.Join(", ", json.RootElement.GetProperty("resources").EnumerateArray()
            .GroupBy(resource => resource.GetProperty("key").GetString()!.Split('/')[0])
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => $"{group.Key} {group.Count()}"));
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync(CancellationToken.None);
        process.Dispose();
    }
}
