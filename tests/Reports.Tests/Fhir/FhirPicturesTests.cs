using System.Text.Json;

namespace BrainTumorDicom.Reports.Fhir;

/// <summary>What a bundle carries besides: pictures, a page, what triage tells.</summary>
public sealed class FhirPicturesTests
{
    private static readonly byte[] Png = [0x89, .. "PNG\r\n\x1a\n"u8, 1, 2, 3];
    private static readonly byte[] Jpeg = [0xFF, 0xD8, 0xFF, 0xE0, 4, 5];

    /// <summary>Two pictures and a page.</summary>
    internal static FhirAttachments Drawn { get; } = new(
        "%PDF-1.4 page"u8.ToArray(), [new FhirPicture(Png, "Attention map over slice 15", "1.2.3.15"), new FhirPicture(Jpeg, "Attention map over slice 16", "1.2.3.16")]);

    [Fact]
    public void Each_picture_is_a_media_that_the_report_links_to()
    {
        var bundle = Write(Samples.All["glioma"], Drawn);

        var media = Entries(bundle, "Media");
        Assert.Equal(["image/png", "image/jpeg"], media.Select(entry => entry.GetProperty("resource").GetProperty("content").GetProperty("contentType").GetString()));
        Assert.Equal(Png, media[0].GetProperty("resource").GetProperty("content").GetProperty("data").GetBytesFromBase64());
        Assert.Equal(
            media.Select(entry => entry.GetProperty("fullUrl").GetString()),
            Resource(bundle, "DiagnosticReport").GetProperty("media").EnumerateArray().Select(each => each.GetProperty("link").GetProperty("reference").GetString()));
        Assert.All(media, entry =>
        {
            var text = entry.GetProperty("resource").GetProperty("note")[0].GetProperty("text").GetString();
            Assert.StartsWith("RESEARCH USE ONLY. NOT FOR DIAGNOSTIC USE.", text, StringComparison.Ordinal);
            Assert.Contains("not a tumor boundary", text, StringComparison.Ordinal);
        });
        Assert.Contains("urn:oid:1.2.3.15", media[0].GetProperty("resource").GetProperty("note")[0].GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_of_PDF_stands_behind_that_of_HTML()
    {
        var forms = Resource(Write(Samples.All["glioma"], Drawn), "DiagnosticReport").GetProperty("presentedForm").EnumerateArray().ToList();

        Assert.Equal(["text/html", "application/pdf"], forms.Select(form => form.GetProperty("contentType").GetString()));
        Assert.Equal(Drawn.Pdf.ToArray(), forms[1].GetProperty("data").GetBytesFromBase64());
        Assert.Equal(Drawn.Pdf.Length, forms[1].GetProperty("size").GetInt32());
    }

    [Fact]
    public void A_revision_replaces_the_pictures_by_rank()
    {
        static IEnumerable<string?> Urls(ReportRequest request) => Entries(Write(request, Drawn), "Media").Select(entry => entry.GetProperty("request").GetProperty("url").GetString());

        Assert.Equal(Urls(Samples.All["glioma"]), Urls(Samples.All["revision-2"]));
        Assert.Equal(2, Urls(Samples.All["glioma"]).Distinct().Count());
    }

    [Fact]
    public void Triage_is_off_unless_it_is_asked_for()
    {
        var bundle = Write(Samples.All["glioma"]);

        Assert.Empty(Entries(bundle, "Communication"));
        Assert.False(Resource(bundle, "Observation").TryGetProperty("interpretation", out _));
    }

    [Fact]
    public void Triage_tells_of_a_suspicious_study_without_saying_how_urgent_it_is()
    {
        var bundle = Write(Samples.All["glioma"] with { Triage = true });

        Assert.Equal("POS", Resource(bundle, "Observation").GetProperty("interpretation")[0].GetProperty("coding")[0].GetProperty("code").GetString());
        var told = Resource(bundle, "Communication");
        Assert.Equal("completed", told.GetProperty("status").GetString());
        Assert.False(told.TryGetProperty("priority", out _));
        var text = told.GetProperty("payload")[0].GetProperty("contentString").GetString()!;
        Assert.StartsWith("Algorithm output suggests a target tumor; research use only, not reviewed by a physician. Algorithm output suggests glioma", text, StringComparison.Ordinal);
        Assert.Equal("preliminary", Resource(bundle, "DiagnosticReport").GetProperty("status").GetString());
    }

    [Theory]
    [InlineData("notumor")]
    [InlineData("abstained")]
    [InlineData("refused")]
    [InlineData("error")]
    public void Triage_tells_nothing_of_other_studies_and_takes_back_what_an_earlier_revision_told(string sample)
    {
        var first = Samples.All[sample] with { Triage = true };

        Assert.Empty(Entries(Write(first), "Communication"));
        var withdrawn = Resource(Write(first with { Revision = 2, PredecessorRevision = 1 }), "Communication");

        Assert.Equal("stopped", withdrawn.GetProperty("status").GetString());
        Assert.StartsWith("Withdrawn: ", withdrawn.GetProperty("payload")[0].GetProperty("contentString").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_labels_of_the_ballot_are_written_where_a_site_wants_them()
    {
        var options = new FhirOptions { AiTransparencyLabels = true };

        var bundle = JsonDocument.Parse(FhirBundleWriter.Write(Samples.All["glioma"], options)).RootElement;

        Assert.Equal("AIAST", Resource(bundle, "Observation").GetProperty("meta").GetProperty("security")[0].GetProperty("code").GetString());
        Assert.Contains(
            Entries(bundle, "Device"),
            entry => entry.GetRawText().Contains("Artificial-Intelligence", StringComparison.Ordinal));
        Assert.False(Resource(Write(Samples.All["glioma"]), "Observation").GetProperty("meta").TryGetProperty("security", out _));
    }

    [Theory]
    [InlineData("latin-1", "Müller Jörg Dr.")]
    [InlineData("greek", "Διονυσιος Σωκρατης")]
    [InlineData("japanese", "Yamada Tarou / 山田 太郎 / やまだ たろう")]
    [InlineData("korean", "Hong Gildong / 洪 吉洞 / 홍 길동")]
    [InlineData("chinese", "Wang XiaoDong / 王 小东")]
    public void Names_in_every_character_set_stand_beside_the_reference(string sample, string expected)
    {
        var bundle = Write(Samples.All[sample]);

        Assert.Equal(expected, Resource(bundle, "DiagnosticReport").GetProperty("subject").GetProperty("display").GetString());
        Assert.Equal(expected, Resource(bundle, "Observation").GetProperty("subject").GetProperty("display").GetString());
    }

    private static JsonElement Write(ReportRequest request, FhirAttachments? attachments = null) =>
        JsonDocument.Parse(FhirBundleWriter.Write(request, new FhirOptions(), attachments: attachments)).RootElement;

    private static List<JsonElement> Entries(JsonElement bundle, string type) =>
        [.. bundle.GetProperty("entry").EnumerateArray().Where(entry => entry.GetProperty("resource").GetProperty("resourceType").GetString() == type)];

    private static JsonElement Resource(JsonElement bundle, string type) => Assert.Single(Entries(bundle, type)).GetProperty("resource");
}
