using System.Text;
using BrainTumorDicom.Service.Deliver;

namespace BrainTumorDicom.Fuzz.Targets;

/// <summary>What a FHIR server says of itself, of its patients, and of what it made of a transaction.</summary>
internal static class FhirAnswerTarget
{
    private static readonly byte[] Bundle = Encoding.UTF8.GetBytes("""
        {"resourceType":"Bundle","type":"transaction","entry":[
          {"fullUrl":"urn:uuid:1","resource":{"resourceType":"DiagnosticReport"}},
          {"fullUrl":"urn:uuid:2","resource":{"resourceType":"Provenance","id":"2","target":[{"reference":"urn:uuid:1"}]}}]}
        """);

    internal static FuzzTarget Create() => new("fhir-answer", Seeds, Run) { Allowed = [] };

    private static IEnumerable<byte[]> Seeds() =>
    [
        .. new[]
        {
            """{"resourceType":"CapabilityStatement","fhirVersion":"4.0.1","rest":[{"mode":"server","interaction":[{"code":"transaction"}],"resource":[{"type":"Provenance","updateCreate":true}]}]}""",
            """{"resourceType":"Bundle","type":"searchset","entry":[{"resource":{"resourceType":"Patient","id":"7","birthDate":"1960-02","gender":"male"}}]}""",
            """{"resourceType":"Bundle","type":"transaction-response","entry":[{"response":{"status":"201 Created","location":"http://x/DiagnosticReport/7/_history/1"}}]}""",
        }.Select(Encoding.UTF8.GetBytes),
    ];

    private static int Run(byte[] input)
    {
        var server = FhirCapabilities.Read(input);
        var (patient, reason) = FhirPatientCheck.Read(input, "19600229", "F");
        PropertyBrokenException.Require(patient is null == reason.Length > 0, "a patient or a reason");
        var transaction = FhirTransaction.Fit(Bundle, FhirCapabilities.Unstated with { PutsProvenance = false }, FhirPictures.Auto, patient: null);
        return (server.Hindrance?.Length ?? 0) + (reason.Length << 8) + (transaction.Locate(input) is null ? 0 : 1 << 16);
    }
}
