using System.Buffers.Text;
using System.Security.Cryptography;
using BrainTumorDicom.Reports;
using BrainTumorDicom.Reports.Fhir;
using BrainTumorDicom.Reports.StructuredReport;
using BrainTumorDicom.Service.Deliver;
using BrainTumorDicom.Support;

namespace BrainTumorDicom.Service.Tests.Deliver;

/// <summary>A real server with every fault of the network: each report arrives once.</summary>
public sealed class FhirReceiverTests : IDisposable
{
    private const string System = "urn:oid:1.2.3.4";
    private const string Patient = $$"""{"resourceType":"Patient","identifier":[{"system":"{{System}}","value":"PID-1"}],"birthDate":"1960-02-29","gender":"female"}""";
    private const string Once = "Device 2, DiagnosticReport 1, ImagingStudy 1, Media 2, Observation 1, Patient 1, Provenance 1";

    private static readonly FhirAttachments Drawn = new(
        "%PDF-1.4"u8.ToArray(), [new FhirPicture(new byte[] { 0x89, 0x50 }, "Slice 15", "1.2.15"), new FhirPicture(new byte[] { 0xFF, 0xD8 }, "Slice 16", "1.2.16")]);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("btd-receiver-");
    private readonly HttpClient client = new();

    [PeerFact("node")]
    public async Task Each_fault_is_put_off_and_the_report_is_there_once_in_the_end()
    {
        await using var receiver = await FhirReceiver.StartAsync(In("store"));
        await receiver.AddPatientAsync(Patient);
        var destination = Destination(receiver, timeout: TimeSpan.FromSeconds(2), pictures: FhirPictures.Media);

        foreach (var fault in (string[])["429/7", "503/8", "500", "reset", "lost", "cut", "hang", "html", "401"])
        {
            await receiver.SetFaultsAsync(fault);
            var put = Assert.IsType<DeliveryOutcome.Retry>(await DeliverAsync(destination, "glioma"));

            Assert.Equal(fault.Split('/') is [_, var seconds] ? TimeSpan.FromSeconds(int.Parse(seconds)) : null, put.RetryAfter);
        }

        Assert.IsType<DeliveryOutcome.Delivered>(await DeliverAsync(destination, "glioma"));
        Assert.IsType<DeliveryOutcome.Delivered>(await DeliverAsync(destination, "glioma"));
        Assert.Equal(Once, await receiver.CountsAsync());

        // A revision is the same report with a Provenance more.
        Assert.IsType<DeliveryOutcome.Delivered>(await DeliverAsync(destination, "revision-2"));
        Assert.IsType<DeliveryOutcome.Delivered>(await DeliverAsync(destination, "revision-2"));
        Assert.Equal(Once.Replace("Provenance 1", "Provenance 2", StringComparison.Ordinal), await receiver.CountsAsync());
    }

    [PeerFact("node")]
    public async Task Every_kind_of_report_is_taken_and_what_the_server_does_not_store_is_said()
    {
        await using var receiver = await FhirReceiver.StartAsync(In("store"));
        await receiver.AddPatientAsync(Patient);
        var destination = Destination(receiver, pictures: FhirPictures.Media);
        foreach (var sample in (string[])["notumor", "abstained", "refused", "error", "japanese"])
        {
            Assert.IsType<DeliveryOutcome.Delivered>(await DeliverAsync(destination, sample));
        }

        var delivered = Assert.IsType<DeliveryOutcome.Delivered>(await DeliverAsync(Destination(receiver), "glioma"));
        Assert.Equal("without Media; without Communication", delivered.Note);
    }

    [PeerFact("node")]
    public async Task No_patient_and_two_need_reconciliation_and_nothing_is_stored()
    {
        await using var receiver = await FhirReceiver.StartAsync(In("store"));
        var plain = Destination(receiver);
        var checking = Destination(receiver, checkPatient: true);

        Assert.StartsWith("needs reconciliation: HTTP 412", Assert.IsType<DeliveryOutcome.Failed>(await DeliverAsync(plain, "glioma")).Error, StringComparison.Ordinal);
        Assert.Equal("needs reconciliation: no patient has the identifier", Assert.IsType<DeliveryOutcome.Failed>(await DeliverAsync(checking, "glioma")).Error);
        await receiver.AddPatientAsync(Patient.Replace("1960-02-29", "1960-02-28", StringComparison.Ordinal));
        Assert.Equal(
            "needs reconciliation: the patient found has another birth date than the source",
            Assert.IsType<DeliveryOutcome.Failed>(await DeliverAsync(checking, "glioma")).Error);
        await receiver.AddPatientAsync(Patient);

        Assert.StartsWith("needs reconciliation: HTTP 412", Assert.IsType<DeliveryOutcome.Failed>(await DeliverAsync(plain, "glioma")).Error, StringComparison.Ordinal);
        Assert.Equal("needs reconciliation: several patients have the identifier", Assert.IsType<DeliveryOutcome.Failed>(await DeliverAsync(checking, "glioma")).Error);
        Assert.Equal("Patient 2", await receiver.CountsAsync());
    }

    [PeerFact("node")]
    public async Task A_checked_patient_is_referred_to_directly_where_the_server_resolves_no_searches()
    {
        await using var receiver = await FhirReceiver.StartAsync(In("store"), "--deny", "conditional-reference");
        await receiver.AddPatientAsync(Patient);

        Assert.IsType<DeliveryOutcome.Failed>(await DeliverAsync(Destination(receiver), "glioma"));
        Assert.IsType<DeliveryOutcome.Delivered>(await DeliverAsync(Destination(receiver, checkPatient: true), "glioma"));
        Assert.Equal("Device 2, DiagnosticReport 1, ImagingStudy 1, Observation 1, Patient 1, Provenance 1", await receiver.CountsAsync());
    }

    [PeerFact("node")]
    public async Task A_server_without_transactions_is_waited_for()
    {
        await using var batches = await FhirReceiver.StartAsync(In("store"), "--deny", "transaction");

        var put = Assert.IsType<DeliveryOutcome.Retry>(await DeliverAsync(Destination(batches), "glioma"));

        Assert.Equal("no server for this report: it takes no transactions", put.Error);
        Assert.Equal("", await batches.CountsAsync());
    }

    [PeerFact("node")]
    public async Task Tokens_are_had_by_a_secret_and_by_a_signature_of_either_kind()
    {
        using var rsa = RSA.Create(2048);
        using var elliptic = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        await File.WriteAllTextAsync(In("rsa.pem"), rsa.ExportPkcs8PrivateKeyPem(), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(In("ec.pem"), elliptic.ExportECPrivateKeyPem(), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(In("jwks.json"), KeySet(rsa, elliptic), TestContext.Current.CancellationToken);

        // Without a patient the report is refused, but by a server that has let us in.
        await using var receiver = await FhirReceiver.StartAsync(In("store"), "--auth", "--client", "btd:secret", "--jwks", In("jwks.json"));
        FhirAuthorizationOptions[] proofs =
        [
            new() { ClientId = "btd", ClientSecret = "secret" },
            new() { ClientId = "btd", KeyFile = In("rsa.pem"), KeyId = "rsa" },
            new() { ClientId = "btd", KeyFile = In("ec.pem"), KeyId = "ec" },
        ];
        foreach (var proof in proofs)
        {
            var failed = Assert.IsType<DeliveryOutcome.Failed>(await DeliverAsync(Destination(receiver, authorization: proof), "glioma"));
            Assert.StartsWith("needs reconciliation: HTTP 412", failed.Error, StringComparison.Ordinal);
        }

        // The first 401 costs a new token, no attempt.
        await receiver.SetFaultsAsync("401");
        Assert.IsType<DeliveryOutcome.Failed>(await DeliverAsync(Destination(receiver, authorization: proofs[0]), "glioma"));
        var wrong = Assert.IsType<DeliveryOutcome.Retry>(await DeliverAsync(Destination(receiver, authorization: new() { ClientId = "btd", ClientSecret = "other" }), "glioma"));
        Assert.Equal("HTTP 401 no token: HTTP 401 invalid_client wrong client or secret", wrong.Error);
        Assert.IsType<DeliveryOutcome.Retry>(await DeliverAsync(Destination(receiver), "glioma"));
    }

    public void Dispose()
    {
        client.Dispose();
        folder.Delete(recursive: true);
    }

    private static string KeySet(RSA rsa, ECDsa elliptic)
    {
        var first = rsa.ExportParameters(includePrivateParameters: false);
        var second = elliptic.ExportParameters(includePrivateParameters: false);
        return $$"""
            {"keys":[
              {"kty":"RSA","kid":"rsa","alg":"RS384","n":"{{Base64Url.EncodeToString(first.Modulus)}}","e":"{{Base64Url.EncodeToString(first.Exponent)}}"},
              {"kty":"EC","kid":"ec","alg":"ES384","crv":"P-384","x":"{{Base64Url.EncodeToString(second.Q.X)}}","y":"{{Base64Url.EncodeToString(second.Q.Y)}}"}]}
            """;
    }

    private FhirDestination Destination(
        FhirReceiver receiver,
        TimeSpan? timeout = null,
        FhirPictures pictures = FhirPictures.Auto,
        bool checkPatient = false,
        FhirAuthorizationOptions? authorization = null) => new(
        new FhirDestinationOptions { Url = receiver.Address, Pictures = pictures, CheckPatient = checkPatient, Authorization = authorization ?? new() },
        client,
        timeout ?? TimeSpan.FromSeconds(30),
        TimeProvider.System);

    private async Task<DeliveryOutcome> DeliverAsync(FhirDestination destination, string sample)
    {
        var report = In(sample);
        if (!Directory.Exists(report))
        {
            Directory.CreateDirectory(report);
            var known = Samples.All[sample];
            var request = known with { Triage = true, Created = known.Created.AddHours(known.Revision) };
            var options = new FhirOptions { PatientIdentifierSystem = System };
            File.WriteAllBytes(Path.Combine(report, ReportKinds.FhirFile), FhirBundleWriter.Write(request, options, attachments: Drawn));
            StructuredReportWriter.Write(request, StructuredReportClass.Comprehensive3D)
                .Write(Path.Combine(report, ReportKinds.StructuredReportFile(StructuredReportClass.Comprehensive3D)));
        }

        return await destination.DeliverAsync(ReportKinds.Fhir, report, TestContext.Current.CancellationToken);
    }

    private string In(string name) => Path.Combine(folder.FullName, name);
}
