using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using BrainTumorDicom.Reports;
using BrainTumorDicom.Reports.Fhir;
using BrainTumorDicom.Service.Deliver;

namespace BrainTumorDicom.Service.Tests.Deliver;

public sealed class FhirTransactionTests
{
    private static readonly FhirAttachments Drawn = new(ReadOnlyMemory<byte>.Empty, [new FhirPicture(new byte[] { 0x89, 0x50, 0x4E, 0x47 }, "Slice 15", "1.2.3")]);

    private static readonly byte[] Bundle = FhirBundleWriter.Write(
        Samples.All["glioma"] with { Triage = true }, new FhirOptions { WadoRsEndpoint = "https://pacs.example/dicom-web" }, attachments: Drawn);

    private static readonly ImmutableHashSet<string> Core = ["Device", "DiagnosticReport", "ImagingStudy", "Observation", "Provenance"];

    [Fact]
    public void A_server_that_can_do_all_gets_the_bytes_on_disk()
    {
        var transaction = FhirTransaction.Fit(Bundle, FhirCapabilities.Unstated, FhirPictures.Auto, patient: null);

        Assert.Equal(Bundle, transaction.Bytes.ToArray());
        Assert.Null(transaction.Provenance);
        Assert.Equal("", transaction.Note);
    }

    [Fact]
    public void What_a_server_does_not_store_is_left_out_with_the_links_to_it()
    {
        var transaction = Fit(Lesser());

        Assert.Equal(["Device", "Device", "ImagingStudy", "Observation", "DiagnosticReport"], Types(transaction));
        Assert.Null(Resource(transaction, "ImagingStudy")["endpoint"]);
        Assert.Null(Resource(transaction, "DiagnosticReport")["media"]);
        Assert.Equal("without Media; without Endpoint; without Communication", transaction.Note);
    }

    [Fact]
    public void Pictures_become_documents_that_point_at_the_report_where_there_is_no_Media()
    {
        var transaction = Fit(Lesser() with { Types = Core.Add("DocumentReference") });

        var document = Resource(transaction, "DocumentReference");
        Assert.Equal("preliminary", (string?)document["docStatus"]);
        Assert.Equal("image/png", (string?)document["content"]![0]!["attachment"]!["contentType"]);
        Assert.Contains(Entry(transaction, "DiagnosticReport")["fullUrl"]!.ToJsonString(), document["context"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.StartsWith("DocumentReference?identifier=", (string?)Entry(transaction, "DocumentReference")["request"]!["url"], StringComparison.Ordinal);
    }

    [Fact]
    public void Fitting_again_gives_the_same_bytes() => Assert.Equal(Fit(Lesser()).Bytes.ToArray(), Fit(Lesser()).Bytes.ToArray());

    [Fact]
    public void A_provenance_that_goes_by_itself_refers_to_what_the_server_made()
    {
        var transaction = Fit(Lesser());
        var responses = Types(transaction).Select((type, index) => new JsonObject
        {
            ["response"] = new JsonObject { ["status"] = "201 Created", ["location"] = $"https://fhir.example/{type}/{index}/_history/1" },
        });
        var answer = new JsonObject { ["resourceType"] = "Bundle", ["entry"] = new JsonArray([.. responses]) };

        var located = transaction.Locate(Encoding.UTF8.GetBytes(answer.ToJsonString()));

        Assert.Equal(("DiagnosticReport/4", true), (located!.Value.Report, located.Value.IsNew));
        Assert.Equal("DiagnosticReport/4", (string?)located.Value.Provenance["target"]![0]!["reference"]);
        Assert.Equal("Observation/3", (string?)located.Value.Provenance["target"]![1]!["reference"]);
        Assert.Equal("Device/1", (string?)located.Value.Provenance["agent"]![0]!["who"]!["reference"]);
        Assert.Null(located.Value.Provenance["id"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("""{"entry":7}""")]
    [InlineData("""{"entry":[{},{},{},{},{}]}""")]
    [InlineData("""{"entry":[{"response":{"location":"a/b","location":"c/d"}},{},{},{},{}]}""")]
    public void An_answer_that_tells_no_addresses_gives_no_provenance(string answer) => Assert.Null(Fit(Lesser()).Locate(Encoding.UTF8.GetBytes(answer)));

    [Fact]
    public void A_patient_that_was_found_takes_the_place_of_the_search()
    {
        var transaction = FhirTransaction.Fit(Bundle, FhirCapabilities.Unstated, FhirPictures.Auto, "Patient/7");

        Assert.DoesNotContain("Patient?", Encoding.UTF8.GetString(transaction.Bytes.Span), StringComparison.Ordinal);
        Assert.Equal("Patient/7", (string?)Resource(transaction, "Observation")["subject"]!["reference"]);
        Assert.StartsWith("Patient?identifier=", FhirTransaction.PatientSearch(Bundle), StringComparison.Ordinal);
    }

    private static FhirCapabilities Lesser() => FhirCapabilities.Unstated with { Types = Core, PutsProvenance = false };

    private static FhirTransaction Fit(FhirCapabilities server) => FhirTransaction.Fit(Bundle, server, FhirPictures.Auto, patient: null);

    private static IEnumerable<string?> Types(FhirTransaction transaction) => Entries(transaction).Select(entry => (string?)entry["resource"]!["resourceType"]);

    private static JsonNode Resource(FhirTransaction transaction, string type) => Entry(transaction, type)["resource"]!;

    private static JsonNode Entry(FhirTransaction transaction, string type) =>
        Entries(transaction).Single(entry => (string?)entry["resource"]!["resourceType"] == type);

    private static IEnumerable<JsonNode> Entries(FhirTransaction transaction) =>
        JsonNode.Parse(transaction.Bytes.Span)!["entry"]!.AsArray().Select(entry => entry!);
}
