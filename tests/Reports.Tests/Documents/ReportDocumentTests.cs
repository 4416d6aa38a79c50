using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.Files;

namespace BrainTumorDicom.Reports.Documents;

public sealed class ReportDocumentTests
{
    public static TheoryData<string> Everything => [.. Samples.All.Keys];

    [Theory]
    [MemberData(nameof(Everything))]
    public void Every_report_has_one_page_whose_table_of_objects_is_right(string sample)
    {
        var text = Encoding.Latin1.GetString(ReportDocument.Write(Samples.All[sample], []));

        Assert.StartsWith("%PDF-1.5\n", text, StringComparison.Ordinal);
        Assert.EndsWith("%%EOF\n", text, StringComparison.Ordinal);
        Assert.Contains("/Count 1 ", text, StringComparison.Ordinal);
        var table = int.Parse(Regex.Match(text, @"startxref\n(\d+)\n").Groups[1].Value, CultureInfo.InvariantCulture);
        Assert.StartsWith("xref\n0 ", text[table..], StringComparison.Ordinal);
        var offsets = Regex.Matches(text[table..], @"(?m)^(\d{10}) 00000 n ").Select(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)).ToList();
        Assert.NotEmpty(offsets);
        Assert.All(offsets.Select((offset, i) => (offset, i)), one =>
            Assert.StartsWith(string.Create(CultureInfo.InvariantCulture, $"{one.i + 1} 0 obj\n"), text[one.offset..], StringComparison.Ordinal));
    }

    [Fact]
    public void Pictures_stand_on_the_page_and_writing_again_gives_the_same_bytes()
    {
        var request = Samples.All["glioma"];
        var maps = SourceFiles.HeatMapsOf(request.Finding);

        var pdf = ReportDocument.Write(request, maps);

        Assert.Equal(2, Regex.Count(Encoding.Latin1.GetString(pdf), "/Subtype /Image /Width 1040 /Height 698 "));
        Assert.Equal(pdf, ReportDocument.Write(request, maps));
    }

    [Theory]
    [InlineData("洪^길동", "Korea1")]
    [InlineData("山田^たろう", "Japan1")]
    [InlineData("王^小东", "GB1")]
    public void Ideographs_take_the_collection_that_their_script_tells(string name, string ordering) =>
        Assert.Equal(ordering, CjkCollection.Of(name, []).Ordering);

    [Fact]
    public void Ideographs_alone_take_the_collection_of_the_sources_character_set()
    {
        Assert.Equal("Japan1", CjkCollection.Of("山田", ["", "ISO 2022 IR 87"]).Ordering);
        Assert.Equal("Korea1", CjkCollection.Of("洪", ["", "ISO 2022 IR 149"]).Ordering);
    }

    [Fact]
    public void Letters_have_the_names_that_fonts_know_them_by() =>
        Assert.Equal(
            ["Alpha", "alphatonos", "omegatonos", "afii10017", "afii10023", "afii10024", "afii10097", "uni0141"],
            "ΑάώАЁЖяŁ".Select(GlyphNames.Of));

    [Fact]
    public void The_encapsulated_document_is_the_page_and_says_that_it_names_the_patient()
    {
        var request = Samples.All["notumor"];
        var pdf = ReportDocument.Write(request, []);

        var dataset = DicomFile.Read(EncapsulatedDocumentWriter.Write(request, pdf).ToArray()).Dataset;

        Assert.Equal(("DOC", "YES", "application/pdf"), (
            dataset.GetString(DicomTag.Modality), dataset.GetString(DicomTag.BurnedInAnnotation), dataset.GetString(DicomTag.MIMETypeOfEncapsulatedDocument)));
        Assert.Equal(pdf, dataset.GetBytes(DicomTag.EncapsulatedDocument).ToArray()[..dataset.GetInt32(DicomTag.EncapsulatedDocumentLength)!.Value]);
        Assert.Equal(22, dataset.GetSequence(DicomTag.SourceInstanceSequence).Count);
        Assert.Equal("Doe^Jane^Q", dataset.GetString(DicomTag.PatientName));
    }

    [Fact]
    public void Long_text_is_wrapped_to_the_line()
    {
        var fonts = new PdfFonts([]);
        var page = new PdfPage(new PdfFile(), fonts, 595, 842);

        var lines = page.Wrap($"some words and {new string('w', 300)} at the end", 9, 200);

        Assert.All(lines, line => Assert.True(fonts.Width(line, bold: false) * 9 <= 200, line));
        Assert.Equal(300, string.Concat(lines).Count(character => character == 'w') - 1);
    }

    [Fact]
    public void A_name_is_shown_group_by_group() =>
        Assert.Equal("Yamada Tarou / 山田 太郎 / やまだ たろう", DisplayName.Of("Yamada^Tarou=山田^太郎=やまだ^たろう"));
}
