using System.Globalization;
using System.Text;
using BrainTumorDicom.Classification.Findings;
using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Reports.StructuredReport;
using BrainTumorDicom.Reports.Text;

namespace BrainTumorDicom.Reports.Hl7;

/// <summary>Messages, taken apart by their delimiters alone.</summary>
public sealed class Hl7MessageWriterTests
{
    public static TheoryData<string> Everything => [.. Samples.All.Keys];

    [Theory]
    [MemberData(nameof(Everything))]
    public void Every_message_is_a_result_that_stays_preliminary_and_begins_with_the_research_use_text(string sample)
    {
        var segments = Write(sample);

        Assert.Equal(["MSH", "PID", "PV1", "ORC", "OBR"], segments.Take(5).Select(fields => fields[0]));
        var header = segments[0];
        Assert.Equal(("^~\\&", "ORU^R01^ORU_R01", "2.5.1", "UNICODE UTF-8"), (header[1], header[8], header[11], header[17]));
        Assert.Matches("^[0-9A-F]{20}$", header[9]);
        Assert.Equal("P", segments[4][25]);
        var observations = segments.Where(fields => fields[0] == "OBX").ToList();
        Assert.All(observations, fields => Assert.Equal("P", fields[11]));
        Assert.Equal(Enumerable.Range(1, observations.Count).Select(number => number.ToString(CultureInfo.InvariantCulture)), observations.Select(fields => fields[1]));
        Assert.Equal("TX", observations[0][2]);
        Assert.StartsWith(SafetyText.Opening, observations[0][5], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("glioma", "52101004^Present^SCT", "393564001^Glioma^SCT")]
    [InlineData("notumor", "272519000^Absent^SCT", "NO-TARGET-TUMOR^No glioma, meningioma or pituitary tumor detected by algorithm^99BTD")]
    [InlineData("abstained", "373068000^Undetermined^SCT", null)]
    [InlineData("refused", "373068000^Undetermined^SCT", null)]
    [InlineData("error", "373068000^Undetermined^SCT", null)]
    public void The_answer_is_coded_as_in_the_structured_report(string sample, string presence, string? finding)
    {
        var segments = Write(sample);

        Assert.Equal(presence, Value(segments, "TARGET-TUMOR"));
        Assert.Equal(finding, Value(segments, "121071"));
        Assert.Equal(finding is null, Value(segments, "REASON") is not null);
        var request = Samples.All[sample];
        Assert.Equal(
            request.Finding.Probabilities.Select(value => Narrative.PercentNumber(value)),
            segments.Where(fields => fields is ["OBX", _, "NM", ..]).Select(fields => fields[5]));
    }

    [Fact]
    public void Study_report_key_slices_and_model_are_named()
    {
        var segments = Write("glioma");

        var finding = Samples.All["glioma"].Finding;
        Assert.Equal(Findings.Study, Value(segments, "113014")!.Split('^')[0]);
        Assert.Equal(
            ReportIdentity.Document(Findings.Study, Findings.Model, StructuredReportClass.Comprehensive3D, 1).Value,
            Value(segments, "126000")!.Split('^')[0]);
        Assert.Equal(
            finding.DecidingSeries!.CarryingSlices.Take(5).Select(slice => slice.SopInstanceUid),
            segments.Where(fields => fields[0] == "OBX" && fields[3].StartsWith("121112^", StringComparison.Ordinal)).Select(fields => fields[5].Split('^')[0]));
        Assert.Equal(Findings.Model.Name, Value(segments, "111001"));
        Assert.Equal($"weights-sha256={Findings.Model.Sha256}", Value(segments, "111002"));
    }

    [Fact]
    public void The_patient_and_the_order_are_those_of_the_source()
    {
        var segments = Write("glioma");

        var patient = segments[1];
        Assert.Equal(("PID-1^^^HOSPITAL^PI", "Doe^Jane^Q^^^^L^A", "19600229", "F"), (patient[3], patient[5], patient[7], patient[8]));
        var request = segments[4];
        Assert.Equal(("ACC-77", "24590-2^MR Brain^LN", "20261120142530.25+0100", "ACC-77"), (request[3], request[4], request[7], request[18]));
    }

    [Fact]
    public void A_site_says_who_assigned_the_patient_ID_and_where_the_accession_number_goes()
    {
        var options = new Hl7Options { AccessionNumberField = AccessionNumberField.PlacerOrderNumber };
        options.AssigningAuthorities["HOSPITAL"] = "HIS&1.2.3.4&ISO";

        var segments = Segments(Hl7MessageWriter.Write(Samples.All["glioma"], options));

        Assert.Equal("PID-1^^^HIS&1.2.3.4&ISO^PI", segments[1][3]);
        Assert.Equal("ACC-77", segments[4][2]);
    }

    [Fact]
    public void Delimiters_in_values_are_escaped()
    {
        var source = Sources.Typical();
        source.Set(DicomTag.PatientID, @"A|B^C&D~E");

        var segments = Segments(Hl7MessageWriter.Write(Samples.Request(Findings.Of(TumorClass.Glioma), source), new Hl7Options()));

        Assert.Equal(@"A\F\B\S\C\T\D\R\E^^^HOSPITAL^PI", segments[1][3]);
        Assert.Equal(@"a\E\b\.br\c", Hl7Text.Escape("a\\b\r\nc"));
    }

    [Theory]
    [InlineData("latin-1", "Müller^Jörg^^^Dr.^^L^A")]
    [InlineData("greek", "Διονυσιος^Σωκρατης^^^^^L^A")]
    [InlineData("japanese", "Yamada^Tarou^^^^^L^A~山田^太郎^^^^^L^I~やまだ^たろう^^^^^L^P")]
    [InlineData("korean", "Hong^Gildong^^^^^L^A~洪^吉洞^^^^^L^I~홍^길동^^^^^L^P")]
    [InlineData("chinese", "Wang^XiaoDong^^^^^L^A~王^小东^^^^^L^I")]
    public void Names_arrive_in_every_character_set_group_by_group(string sample, string expected) => Assert.Equal(expected, Write(sample)[1][5]);

    [Fact]
    public void A_revision_is_another_message_and_the_same_one_is_the_same_bytes()
    {
        Assert.Equal(Hl7MessageWriter.Write(Samples.All["glioma"], new Hl7Options()), Hl7MessageWriter.Write(Samples.All["glioma"], new Hl7Options()));
        Assert.NotEqual(Write("glioma")[0][9], Write("revision-2")[0][9]);
    }

    [Fact]
    public void The_page_goes_along_where_the_site_wants_it()
    {
        var page = "%PDF-1.4"u8.ToArray();

        var without = Segments(Hl7MessageWriter.Write(Samples.All["glioma"], new Hl7Options(), page));
        var with = Segments(Hl7MessageWriter.Write(Samples.All["glioma"], new Hl7Options { IncludePdf = true }, page));

        Assert.DoesNotContain(without, fields => fields is ["OBX", _, "ED", ..]);
        Assert.Equal($"^application^pdf^Base64^{Convert.ToBase64String(page)}", with[^1][5]);
    }

    [Fact]
    public void Triage_flags_a_suspicious_study_only_and_only_where_it_is_on()
    {
        static string Flag(ReportRequest request) =>
            Segments(Hl7MessageWriter.Write(request, new Hl7Options())).Single(fields => fields[0] == "OBX" && fields[3].StartsWith("TARGET-TUMOR^", StringComparison.Ordinal))[8];

        Assert.Equal("", Flag(Samples.All["glioma"]));
        Assert.Equal("A", Flag(Samples.All["glioma"] with { Triage = true }));
        Assert.Equal("", Flag(Samples.All["notumor"] with { Triage = true }));
        Assert.Equal("", Flag(Samples.All["abstained"] with { Triage = true }));
    }

    [Fact]
    public void A_destination_fills_in_the_receiver_and_nothing_else_changes()
    {
        var message = Hl7MessageWriter.Write(Samples.All["japanese"], new Hl7Options());

        var addressed = Hl7Header.WithReceiver(message, "RIS|1", "HOSPITAL");

        Assert.Equal((@"RIS\F\1", "HOSPITAL"), (Segments(addressed)[0][4], Segments(addressed)[0][5]));
        Assert.Equal(Hl7Header.ControlId(message), Hl7Header.ControlId(addressed));
        Assert.Equal(Segments(message).Skip(1), Segments(addressed).Skip(1));
    }

    private static List<string[]> Write(string sample) => Segments(Hl7MessageWriter.Write(Samples.All[sample], new Hl7Options()));

    private static List<string[]> Segments(byte[] message)
    {
        var text = Encoding.UTF8.GetString(message);
        Assert.EndsWith("\r", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', text);
        return [.. text.TrimEnd('\r').Split('\r').Select(segment => segment.Split('|'))];
    }

    private static string? Value(List<string[]> segments, string concept) =>
        segments.SingleOrDefault(fields => fields[0] == "OBX" && fields[3].StartsWith($"{concept}^", StringComparison.Ordinal))?[5];
}
