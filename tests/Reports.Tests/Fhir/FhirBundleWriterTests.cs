using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using BrainTumorDicom.Reports.StructuredReport;
using BrainTumorDicom.Support;

namespace BrainTumorDicom.Reports.Fhir;

/// <summary>FHIR transactions, read back from their bytes.</summary>
public sealed class FhirBundleWriterTests(SampleFiles samples)
{
    public static TheoryData<string> Everything => [.. Samples.All.Keys];

    [Theory]
    [MemberData(nameof(Everything))]
    public void Every_entry_is_conditional_and_every_link_within_the_bundle_is_to_one_of_its_entries(string sample)
    {
        var bundle = Write(sample);

        Assert.Equal("transaction", bundle.GetProperty("type").GetString());
        var urls = Entries(bundle).Select(entry => entry.GetProperty("fullUrl").GetString()!).ToList();
        Assert.Equal(urls.Count, urls.Distinct().Count());
        Assert.All(References(bundle).Where(reference => reference.StartsWith("urn:", StringComparison.Ordinal)), reference => Assert.Contains(reference, urls));
        Assert.All(Entries(bundle), entry =>
        {
            var request = entry.GetProperty("request");
            var type = entry.GetProperty("resource").GetProperty("resourceType").GetString();
            var url = request.GetProperty("url").GetString()!;
            Assert.StartsWith(type!, url, StringComparison.Ordinal);
            if (request.GetProperty("method").GetString() == "POST")
            {
                Assert.StartsWith("identifier=urn:dicom:uid|urn:oid:", request.GetProperty("ifNoneExist").GetString(), StringComparison.Ordinal);
            }
            else
            {
                Assert.Matches($"^{type}(\\?identifier=\\S+\\|\\S+|/[0-9a-f-]{{36}})$", url);
            }
        });
    }

    [Theory]
    [MemberData(nameof(Everything))]
    public void A_patient_is_referred_to_and_never_sent(string sample)
    {
        var bundle = Write(sample);

        Assert.DoesNotContain(Entries(bundle), entry => entry.GetProperty("resource").GetProperty("resourceType").GetString() == "Patient");
        var subject = Resource(bundle, "DiagnosticReport").GetProperty("subject");
        if (sample is "empty-source" or "broken-source")
        {
            Assert.False(subject.TryGetProperty("reference", out _));
            Assert.NotEmpty(subject.GetProperty("display").GetString()!);
        }
        else
        {
            Assert.Equal("Patient?identifier=urn:oid:2.25.155894018187563268459023414208812394273|PID-1", subject.GetProperty("reference").GetString());
        }
    }

    [Theory]
    [MemberData(nameof(Everything))]
    public void Everything_stays_preliminary_and_starts_with_the_research_use_sentence(string sample)
    {
        var bundle = Write(sample);

        var report = Resource(bundle, "DiagnosticReport");
        var observation = Resource(bundle, "Observation");
        Assert.Equal("preliminary", report.GetProperty("status").GetString());
        Assert.Equal("preliminary", observation.GetProperty("status").GetString());
        Assert.StartsWith("RESEARCH USE ONLY. NOT FOR DIAGNOSTIC USE.", report.GetProperty("conclusion").GetString(), StringComparison.Ordinal);
        Assert.StartsWith("RESEARCH USE ONLY. NOT FOR DIAGNOSTIC USE.", observation.GetProperty("note")[0].GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Everything))]
    public void No_element_is_empty(string sample) => AssertFilled(Write(sample), "Bundle");

    [Theory]
    [InlineData("glioma", "393564001")]
    [InlineData("meningioma", "302820008")]
    [InlineData("pituitary", "127024001")]
    [InlineData("notumor", "NO-TARGET-TUMOR")]
    public void An_answer_is_a_code_with_the_percentages_of_the_structured_report(string sample, string code)
    {
        var bundle = Write(sample);

        var observation = Resource(bundle, "Observation");
        Assert.Equal(code, observation.GetProperty("valueCodeableConcept").GetProperty("coding")[0].GetProperty("code").GetString());
        Assert.False(observation.TryGetProperty("dataAbsentReason", out _));
        Assert.Equal(code, Resource(bundle, "DiagnosticReport").GetProperty("conclusionCode")[0].GetProperty("coding")[0].GetProperty("code").GetString());
        var values = observation.GetProperty("component").EnumerateArray().Select(component => component.GetProperty("valueQuantity").GetProperty("value").GetDecimal());
        Assert.Equal(Samples.All[sample].Finding.Probabilities.Select(value => Math.Round((decimal)value * 100, 1)), values);
    }

    [Theory]
    [InlineData("abstained", "unknown", "LOW-CONFIDENCE")]
    [InlineData("refused", "not-performed", "NOT-MR")]
    [InlineData("error", "error", "UNREADABLE")]
    public void Without_an_answer_there_is_a_coded_reason_and_no_conclusion_code(string sample, string standard, string own)
    {
        var bundle = Write(sample);

        var observation = Resource(bundle, "Observation");
        Assert.False(observation.TryGetProperty("valueCodeableConcept", out _));
        var absent = observation.GetProperty("dataAbsentReason");
        Assert.Equal([standard, own], absent.GetProperty("coding").EnumerateArray().Select(coding => coding.GetProperty("code").GetString()));
        Assert.StartsWith("Not analysed: ", absent.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.False(Resource(bundle, "DiagnosticReport").TryGetProperty("conclusionCode", out _));
    }

    [Fact]
    public void The_page_has_the_size_and_hash_that_are_stated_and_names_no_patient()
    {
        var form = Resource(Write("glioma"), "DiagnosticReport").GetProperty("presentedForm")[0];

        var page = form.GetProperty("data").GetBytesFromBase64();
        Assert.Equal(page.Length, form.GetProperty("size").GetInt32());
#pragma warning disable CA5350 // FHIR R4 defines Attachment.hash as SHA-1.
        Assert.Equal(SHA1.HashData(page), form.GetProperty("hash").GetBytesFromBase64());
#pragma warning restore CA5350
        var text = Encoding.UTF8.GetString(page);
        Assert.DoesNotContain("Doe", text, StringComparison.Ordinal);
        Assert.DoesNotContain("PID-1", text, StringComparison.Ordinal);
        Assert.Equal(2, text.Split("RESEARCH USE ONLY. NOT FOR DIAGNOSTIC USE.").Length - 1);
    }

    [Fact]
    public void A_revision_replaces_the_report_and_has_a_provenance_of_its_own()
    {
        var first = Write("glioma");
        var second = Write("revision-2");

        Assert.Equal(Url(first, "DiagnosticReport"), Url(second, "DiagnosticReport"));
        Assert.Equal(Url(first, "Observation"), Url(second, "Observation"));
        Assert.NotEqual(Url(first, "Provenance"), Url(second, "Provenance"));
    }

    [Fact]
    public void The_structured_report_is_an_identifier_of_the_diagnostic_report()
    {
        var identifiers = Resource(Write("glioma"), "DiagnosticReport").GetProperty("identifier").EnumerateArray().Select(each => each.GetProperty("value").GetString());

        Assert.Contains("urn:oid:" + ReportIdentity.Document(Findings.Study, Findings.Model, StructuredReportClass.Comprehensive3D, 1).Value, identifiers);
    }

    [Fact]
    public void The_issuer_of_the_patient_ID_chooses_the_identifier_system_and_the_value_is_escaped()
    {
        var source = Sources.Typical();
        source.Set(Dicom.Data.DicomTag.PatientID, "A B|1&x");
        var options = new FhirOptions();
        options.IssuerSystems["HOSPITAL"] = "http://hospital.example/mrn";

        var bundle = JsonDocument.Parse(FhirBundleWriter.Write(Samples.Request(Samples.All["glioma"].Finding, source), options)).RootElement;

        Assert.Equal(
            "Patient?identifier=http://hospital.example/mrn|A%20B%5C%7C1%26x",
            Resource(bundle, "Observation").GetProperty("subject").GetProperty("reference").GetString());
    }

    [Fact]
    public void Writing_again_gives_the_same_bytes() =>
        Assert.Equal(FhirBundleWriter.Write(Samples.All["glioma"], new FhirOptions()), FhirBundleWriter.Write(Samples.All["glioma"], new FhirOptions()));

    [Fact]
    public async Task A_validator_of_FHIR_R4_finds_no_error_in_any_bundle()
    {
        var validator = Path.GetFullPath(Path.Combine(SharedData.ProjectRoot, "..", "shared", "tools", "validate-fhir"));
        Assert.SkipUnless(File.Exists(validator), "no ../shared/tools/validate-fhir here");

        var (exitCode, output, error) = await PeerTools.RunAsync(
            validator, ["--closed", "--quiet", "--engines", "none", .. samples.Bundles], TestContext.Current.CancellationToken);

        Assert.True(exitCode == 0, output + error);
    }

    private static JsonElement Write(string sample) =>
        JsonDocument.Parse(FhirBundleWriter.Write(Samples.All[sample], new FhirOptions { WadoRsEndpoint = "https://pacs.example/dicom-web" })).RootElement;

    private static JsonElement.ArrayEnumerator Entries(JsonElement bundle) => bundle.GetProperty("entry").EnumerateArray();

    private static JsonElement Entry(JsonElement bundle, string type) =>
        Entries(bundle).Single(entry => entry.GetProperty("resource").GetProperty("resourceType").GetString() == type);

    private static JsonElement Resource(JsonElement bundle, string type) => Entry(bundle, type).GetProperty("resource");

    private static string? Url(JsonElement bundle, string type) => Entry(bundle, type).GetProperty("request").GetProperty("url").GetString();

    private static IEnumerable<string> References(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(property => property is { Name: "reference", Value.ValueKind: JsonValueKind.String }
            ? [property.Value.GetString()!]
            : References(property.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(References),
        _ => [],
    };

    private static void AssertFilled(JsonElement element, string path)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                Assert.True(element.EnumerateObject().Any(), path);
                foreach (var property in element.EnumerateObject())
                {
                    AssertFilled(property.Value, $"{path}.{property.Name}");
                }

                break;
            case JsonValueKind.Array:
                Assert.True(element.GetArrayLength() > 0, path);
                foreach (var item in element.EnumerateArray())
                {
                    AssertFilled(item, path);
                }

                break;
            case JsonValueKind.String:
                Assert.False(string.IsNullOrWhiteSpace(element.GetString()), path);
                break;
            default:
                Assert.NotEqual(JsonValueKind.Null, element.ValueKind);
                break;
        }
    }
}
