using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using BrainTumorDicom.Support;

namespace BrainTumorDicom.Cli.Tests.Serving;

/// <summary>Orthanc with its DICOMweb plugin: an archive that nobody here wrote, with the service as its modality and DICOMweb server <c>btd</c>.</summary>
internal sealed class OrthancPeer : IAsyncDisposable
{
    private static readonly HttpClient Client = new();
    private readonly Process process;

    private OrthancPeer(Process process, int dicomPort, int httpPort)
    {
        this.process = process;
        Address = string.Create(CultureInfo.InvariantCulture, $"ORTHANC@127.0.0.1:{dicomPort}");
        Rest = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{httpPort}/"));
    }

    /// <summary>As a DICOM destination.</summary>
    public string Address { get; }

    /// <summary>Its REST API.</summary>
    public Uri Rest { get; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Starts it and waits until it answers; what it stored before is kept in the fixture's folder.</summary>
    public static async Task<OrthancPeer> StartAsync(ServeFixture fixture, ServiceProcess service, int dicomPort, int httpPort)
    {
        var (configuration, storage) = (fixture.In("orthanc.json"), fixture.In("orthanc"));
        await File.WriteAllTextAsync(
            configuration,
            $$"""
            { "Name": "peer", "DicomAet": "ORTHANC", "DicomPort": {{dicomPort}}, "HttpPort": {{httpPort}}, "StorageDirectory": "{{storage}}", "IndexDirectory": "{{storage}}",
              "RemoteAccessAllowed": false, "AuthenticationEnabled": false, "DicomModalities": { "btd": [ "BRAINTUMORDICOM", "127.0.0.1", {{service.DicomPort}} ] },
              "Plugins": [ "/usr/share/orthanc/plugins/libOrthancDicomWeb.so" ], "DicomWeb": { "Enable": true, "Servers": { "btd": [ "{{new Uri(service.Http, "/dicom-web/")}}" ] } } }
            """,
            Cancel);
        var process = PeerTools.Start("Orthanc", [configuration]);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var peer = new OrthancPeer(process, dicomPort, httpPort);
        await Eventually.TrueAsync(() => Storescp.Accepts(httpPort), () => "Orthanc");
        return peer;
    }

    /// <summary>Stores files in it.</summary>
    /// <returns>Its names of the instances.</returns>
    public async Task<IReadOnlyList<string>> AddAsync(IEnumerable<string> files)
    {
        var instances = new List<string>();
        foreach (var file in files)
        {
            using var content = new ByteArrayContent(await File.ReadAllBytesAsync(file, Cancel));
            using var stored = (await Client.PostAsync(new Uri(Rest, "instances"), content, Cancel)).EnsureSuccessStatusCode();
            instances.Add((await stored.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("ID").GetString()!);
        }

        return instances;
    }

    /// <summary>Reads from its REST API.</summary>
    public Task<T?> GetAsync<T>(string path) => Client.GetFromJsonAsync<T>(new Uri(Rest, path), Cancel);

    /// <summary>Posts to its REST API, which must take it.</summary>
    public async Task PostAsync(string path, object body)
    {
        using var content = JsonContent.Create(body);
        using var answer = await Client.PostAsync(new Uri(Rest, path), content, Cancel);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Cancel));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync(CancellationToken.None);
        process.Dispose();
    }
}
