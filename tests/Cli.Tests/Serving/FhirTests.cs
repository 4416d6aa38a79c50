using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.Files;
using BrainTumorDicom.Dicom.UpperLayer;
using BrainTumorDicom.Slices.Phantoms;
using BrainTumorDicom.Support;

namespace BrainTumorDicom.Cli.Tests.Serving;

/// <summary>A strict FHIR R4 endpoint that validates what it takes, where it is there.</summary>
public sealed class FhirTests : IDisposable
{
    private const string PatientSystem = "urn:oid:1.2.3.4";
    private static readonly HttpClient Client = new();
    private readonly ServeFixture fixture = new();

    [PeerFact("storescu,node")]
    public async Task A_bundle_waits_for_its_patient_is_refused_without_and_taken_twice_without_doubling_anything()
    {
        using var receiver = StartReceiver();
        try
        {
            using var first = JsonDocument.Parse((await receiver.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken))!);
            var address = first.RootElement.GetProperty("base").GetString()!;
            var known = Phantom.Write(fixture.In("known"), PhantomClass.Meningioma, seed: 111);
            var unknown = Phantom.Write(fixture.In("unknown"), PhantomClass.NoTumor, seed: 112);
            await PostAsync($"{address}/Patient", Patient(known));
            var file = fixture.In("serve.json");
            await File.WriteAllTextAsync(
                file,
                $$"""{ "Fhir": { "PatientIdentifierSystem": "{{PatientSystem}}" }, "Reports": { "HeatMaps": false } }""",
                TestContext.Current.CancellationToken);
            await using var service = await fixture.StartAsync("--config", file, "--fhir-destination", address);

            await ServeFixture.SendAsync(service, known.Files);
            await ServeFixture.DeliveryAsync(service, known.Study, address, "delivered");
            await ServeFixture.SendAsync(service, unknown.Files);
            var refused = await ServeFixture.DeliveryAsync(service, unknown.Study, address, "failed");

            Assert.StartsWith("needs reconciliation: HTTP 412", refused.GetProperty("error").GetString(), StringComparison.Ordinal);
            Assert.Equal(1, (await ServeFixture.HealthAsync(service)).GetProperty("queue").GetProperty("failedDeliveries").GetInt32());
            var before = await StateAsync(address);
            await PostAsync(address, WithoutProvenance(await File.ReadAllBytesAsync(Path.Combine(fixture.Data, "reports", known.Study, "1", "bundle.fhir.json"), TestContext.Current.CancellationToken)));
            Assert.Equal(before, await StateAsync(address));
        }
        finally
        {
            receiver.Kill(entireProcessTree: true);
            await receiver.WaitForExitAsync(CancellationToken.None);
        }
    }

    [PeerFact("storescu,node")]
    public async Task Over_TLS_every_fault_is_outlived_and_the_report_arrives_once()
    {
        var certificates = new TestCertificates(Directory.CreateDirectory(fixture.In("certificates")).FullName);
        using var trusting = new HttpClient(new SocketsHttpHandler
        {
            SslOptions = new TlsClient(new TlsClientOptions { TrustedCaFile = certificates.AuthorityFile }, "127.0.0.1").Authentication,
        });
        using var receiver = StartReceiver("--tls", certificates.ServerFile, certificates.ServerKeyFile);
        try
        {
            using var first = JsonDocument.Parse((await receiver.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken))!);
            var address = first.RootElement.GetProperty("base").GetString()!;
            var phantom = Phantom.Write(fixture.In("study"), PhantomClass.Pituitary, seed: 114);
            await PostAsync($"{address}/Patient", Patient(phantom), trusting);
            using var faults = new StringContent("""["503/1","reset","lost","cut","html","500"]""");
            using var set = await trusting.PostAsync(new Uri(new Uri(address), "/__control/faults"), faults, TestContext.Current.CancellationToken);
            var file = fixture.In("serve.json");
            await File.WriteAllTextAsync(
                file,
                $$"""
                { "Fhir": { "PatientIdentifierSystem": "{{PatientSystem}}" },
                  "Delivery": { "FirstRetry": "00:00:00.1", "LongestRetry": "00:00:00.5", "Timeout": "00:00:10",
                    "Fhir": [ { "Url": "{{address}}", "CheckPatient": true, "Tls": { "Enabled": true, "TrustedCaFile": "{{certificates.AuthorityFile}}" } } ] } }
                """,
                TestContext.Current.CancellationToken);
            await using var service = await fixture.StartAsync("--config", file);

            await ServeFixture.SendAsync(service, phantom.Files);
            var delivered = await ServeFixture.DeliveryAsync(service, phantom.Study, address, "delivered");

            Assert.Equal(7, delivered.GetProperty("attempts").GetInt32());
            var types = (await StateAsync(address, trusting)).Split(' ').Select(key => key.Split('/')[0]);
            Assert.Equal(["Device", "Device", "DiagnosticReport", "ImagingStudy", "Observation", "Patient", "Provenance"], types);
            Assert.Equal(6, service.Log().Split(" failed: ").Length - 1);
        }
        finally
        {
            receiver.Kill(entireProcessTree: true);
            await receiver.WaitForExitAsync(CancellationToken.None);
        }
    }

    public void Dispose() => fixture.Dispose();

    private Process StartReceiver(params string[] options)
    {
        var tool = Path.GetFullPath(Path.Combine(SharedData.ProjectRoot, "..", "shared", "tools", "fhir-receiver"));
        Assert.SkipUnless(File.Exists(tool), "no ../shared/tools/fhir-receiver here");
        var process = PeerTools.Start(tool, ["--store", fixture.In("fhir"), .. options]);
        process.BeginErrorReadLine();
        return process;
    }

    private static byte[] Patient(Phantom phantom)
    {
        var id = DicomFile.Read(phantom.Files[0]).Dataset.GetString(DicomTag.PatientID);
        return Encoding.UTF8.GetBytes($$"""{ "resourceType": "Patient", "identifier": [ { "system": "{{PatientSystem}}", "value": "{{id}}" } ] }""");
    }

    // This server gets the Provenance by itself, for it does not say that it may be put under an id of ours; and it does not say that it takes pictures.
    private static byte[] WithoutProvenance(byte[] bundle)
    {
        var json = JsonNode.Parse(bundle)!;
        var entries = json["entry"]!.AsArray();
        entries.Remove(entries.Single(entry => (string?)entry!["resource"]!["resourceType"] == "Provenance"));
        return Encoding.UTF8.GetBytes(json.ToJsonString());
    }

    private static async Task PostAsync(string address, byte[] body, HttpClient? client = null)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/fhir+json");
        using var response = await (client ?? Client).PostAsync(new Uri(address), content, TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>The resources that are stored.</summary>
    private static async Task<string> StateAsync(string address, HttpClient? client = null)
    {
        using var json = JsonDocument.Parse(await (client ?? Client).GetStringAsync(new Uri(new Uri(address), "/__control/state"), TestContext.Current.CancellationToken));
        return string.Join(
            ' ', json.RootElement.GetProperty("resources").EnumerateArray().Select(resource => resource.GetProperty("key").GetString()!).Order(StringComparer.Ordinal));
    }
}
