using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.Files;
using BrainTumorDicom.Reports.Text;

namespace BrainTumorDicom.Reports.StructuredReport;

/// <summary>Structured reports, read back from their bytes.</summary>
public sealed class StructuredReportWriterTests
{
    public static TheoryData<string> Everything => [.. Samples.All.Keys];

    [Theory]
    [MemberData(nameof(Everything))]
    public void Everything_that_a_tree_refers_to_is_in_its_evidence_and_nothing_else(string sample)
    {
        foreach (var kind in Enum.GetValues<StructuredReportClass>())
        {
            var document = Read(sample, kind);

            var referenced = Items(document).SelectMany(item => item.GetSequence(DicomTag.ReferencedSOPSequence))
                .Select(reference => (reference.GetString(DicomTag.ReferencedSOPInstanceUID), reference.GetString(DicomTag.ReferencedSOPClassUID)))
                .ToHashSet();
            var evidence = document.GetSequence(DicomTag.CurrentRequestedProcedureEvidenceSequence)
                .SelectMany(study => study.GetSequence(DicomTag.ReferencedSeriesSequence))
                .SelectMany(series => series.GetSequence(DicomTag.ReferencedSOPSequence))
                .Select(instance => (instance.GetString(DicomTag.ReferencedSOPInstanceUID), instance.GetString(DicomTag.ReferencedSOPClassUID)))
                .ToList();
            Assert.Equal(evidence.Count, evidence.Distinct().Count());
            Assert.Equal(referenced, [.. evidence]);
        }
    }

    [Theory]
    [MemberData(nameof(Everything))]
    public void Every_document_says_what_it_is_before_anything_else_and_never_claims_to_be_final(string sample)
    {
        var document = Read(sample);

        Assert.Equal("UNVERIFIED", document.GetString(DicomTag.VerificationFlag));
        Assert.Equal("PRELIMINARY", document.GetString(DicomTag.PreliminaryFlag));
        Assert.Contains("RESEARCH USE ONLY", document.GetString(DicomTag.SeriesDescription), StringComparison.Ordinal);
        Assert.True(document.GetString(DicomTag.SeriesDescription)!.Length <= 64);
        var evaluations = Items(document).Single(item => Concept(item) == "C0034375").GetSequence(DicomTag.ContentSequence);
        Assert.StartsWith("RESEARCH USE ONLY. NOT FOR DIAGNOSTIC USE.", evaluations[0].GetString(DicomTag.TextValue), StringComparison.Ordinal);
        var words = string.Join(' ', Items(document).Select(item => item.GetString(DicomTag.TextValue)));
        Assert.DoesNotMatch("(?i)\\b(diagnosed|diagnosis|confirmed|malignant|normal)\\b", words);
    }

    [Theory]
    [MemberData(nameof(Everything))]
    public void Attributes_of_type_1_have_values_and_those_of_type_2_are_there(string sample)
    {
        var document = Read(sample);

        DicomTag[] type1 =
        [
            DicomTag.StudyInstanceUID, DicomTag.SeriesInstanceUID, DicomTag.SeriesNumber, DicomTag.Modality, DicomTag.SOPClassUID, DicomTag.SOPInstanceUID,
            DicomTag.InstanceNumber, DicomTag.CompletionFlag, DicomTag.ContentDate, DicomTag.ContentTime, DicomTag.ValueType, DicomTag.ContinuityOfContent,
        ];
        DicomTag[] type2 =
        [
            DicomTag.PatientName, DicomTag.PatientID, DicomTag.PatientBirthDate, DicomTag.PatientSex, DicomTag.StudyDate, DicomTag.StudyTime, DicomTag.StudyID,
            DicomTag.AccessionNumber, DicomTag.ReferringPhysicianName, DicomTag.ReferencedPerformedProcedureStepSequence, DicomTag.Manufacturer,
            DicomTag.PerformedProcedureCodeSequence,
        ];
        Assert.All(type1, tag => Assert.False(string.IsNullOrEmpty(document.GetString(tag)), tag.Keyword));
        Assert.All(type2, tag => Assert.True(document.Contains(tag), tag.Keyword));
    }

    [Theory]
    [InlineData("glioma", "393564001", "12738006")]
    [InlineData("meningioma", "302820008", null)]
    [InlineData("pituitary", "127024001", "56329008")]
    [InlineData("notumor", "NO-TARGET-TUMOR", null)]
    public void The_series_group_has_the_class_its_site_and_a_percentage_for_each_class(string sample, string finding, string? site)
    {
        var group = Items(Read(sample)).First(item => Concept(item) == "125007").GetSequence(DicomTag.ContentSequence);

        Assert.Equal(finding, Value(group.Single(item => Concept(item) == "121071")));
        Assert.Equal(site, group.SingleOrDefault(item => Concept(item) == "363698007") is { } item ? Value(item) : null);
        var numbers = group.Where(item => item.GetString(DicomTag.ValueType) == "NUM").ToList();
        Assert.Equal(["P-GLIOMA", "P-MENINGIOMA", "P-NO-TARGET", "P-PITUITARY"], numbers.Select(Concept));
        var percent = numbers.Select(item => item.GetSequence(DicomTag.MeasuredValueSequence)[0].GetDouble(DicomTag.NumericValue)!.Value).ToList();
        Assert.Equal(Samples.All[sample].Finding.Probabilities.Select(value => Math.Round(value * 100, 1)), percent);
        Assert.Equal(22, group.Count(item => item.GetString(DicomTag.ValueType) == "IMAGE"));
        var parameters = group.Where(item => Concept(item) == "111002").Select(item => item.GetString(DicomTag.TextValue)).ToList();
        Assert.Contains($"weights-sha256={Findings.Model.Sha256}", parameters);
    }

    [Theory]
    [InlineData("glioma", "52101004", "REPORTABLE", null)]
    [InlineData("notumor", "272519000", "REPORTABLE", null)]
    [InlineData("abstained", "373068000", "ABSTAINED", "LOW-CONFIDENCE")]
    [InlineData("refused", "373068000", "REFUSED", "NOT-MR")]
    [InlineData("error", "373068000", "ERROR", "UNREADABLE")]
    [InlineData("error-without-series", "373068000", "ERROR", "UNREADABLE")]
    public void The_answer_stands_in_codes_with_its_reason(string sample, string presence, string disposition, string? reason)
    {
        var items = Items(Read(sample)).ToList();

        Assert.Equal(presence, Value(items.Single(item => Concept(item) == "TARGET-TUMOR")));
        Assert.Equal(disposition, Value(items.Single(item => Concept(item) == "DISPOSITION")));
        Assert.Equal(reason, items.SingleOrDefault(item => Concept(item) == "REASON") is { } item ? Value(item) : null);
        if (reason is not null)
        {
            Assert.StartsWith("Not analysed: ", items.Single(item => Concept(item) == "111412").GetString(DicomTag.TextValue), StringComparison.Ordinal);
            Assert.DoesNotContain(items, item => Concept(item) == "121071" && item.GetString(DicomTag.RelationshipType) == "CONTAINS");
        }
    }

    [Fact]
    public void The_five_strongest_carrying_slices_are_key_images_with_tracking_of_their_own()
    {
        var groups = Items(Read("glioma")).Where(item => Concept(item) == "125007").Select(item => item.GetSequence(DicomTag.ContentSequence)).ToList();

        Assert.Equal(6, groups.Count);
        var carrying = Samples.All["glioma"].Finding.DecidingSeries!.CarryingSlices.Take(5).Select(slice => slice.SopInstanceUid);
        Assert.Equal(carrying, groups.Skip(1).Select(group =>
            group.Single(item => item.GetString(DicomTag.ValueType) == "IMAGE").GetSequence(DicomTag.ReferencedSOPSequence)[0].GetString(DicomTag.ReferencedSOPInstanceUID)));
        Assert.Equal(6, groups.Select(group => group.Single(item => Concept(item) == "112040").GetString(DicomTag.UID)).Distinct().Count());
    }

    [Fact]
    public void A_revision_names_its_predecessor_of_the_same_class_and_has_a_UID_of_its_own()
    {
        foreach (var kind in Enum.GetValues<StructuredReportClass>())
        {
            var first = Read("glioma", kind);
            var second = Read("revision-2", kind);

            var series = second.GetSequence(DicomTag.PredecessorDocumentsSequence)[0].GetSequence(DicomTag.ReferencedSeriesSequence)[0];
            var predecessor = series.GetSequence(DicomTag.ReferencedSOPSequence)[0];
            Assert.Equal(first.GetString(DicomTag.SOPInstanceUID), predecessor.GetString(DicomTag.ReferencedSOPInstanceUID));
            Assert.Equal(first.GetString(DicomTag.SOPClassUID), predecessor.GetString(DicomTag.ReferencedSOPClassUID));
            Assert.Equal(first.GetString(DicomTag.SeriesInstanceUID), series.GetString(DicomTag.SeriesInstanceUID));
            Assert.NotEqual(first.GetString(DicomTag.SOPInstanceUID), second.GetString(DicomTag.SOPInstanceUID));
            Assert.False(first.Contains(DicomTag.PredecessorDocumentsSequence));
        }
    }

    [Fact]
    public void Each_class_has_a_UID_of_its_own_and_writing_again_gives_the_same_bytes()
    {
        var uids = Enum.GetValues<StructuredReportClass>().Select(kind => Read("glioma", kind).GetString(DicomTag.SOPInstanceUID)).ToList();

        Assert.Equal(3, uids.Distinct().Count());
        Assert.Equal(
            StructuredReportWriter.Write(Samples.All["glioma"], StructuredReportClass.Enhanced).ToArray(),
            StructuredReportWriter.Write(Samples.All["glioma"], StructuredReportClass.Enhanced).ToArray());
    }

    [Fact]
    public void Other_weights_are_another_device_and_another_document()
    {
        var retrained = Findings.Model with { Sha256 = new string('0', 64) };

        Assert.NotEqual(ReportIdentity.Device(Findings.Model), ReportIdentity.Device(retrained));
        Assert.NotEqual(
            ReportIdentity.Document(Findings.Study, Findings.Model, StructuredReportClass.Enhanced, 1),
            ReportIdentity.Document(Findings.Study, retrained, StructuredReportClass.Enhanced, 1));
    }

    [Fact]
    public void Incomplete_input_makes_a_partial_document_that_says_what_is_missing()
    {
        var document = Read("incomplete");

        Assert.Equal("PARTIAL", document.GetString(DicomTag.CompletionFlag));
        Assert.StartsWith("Input incomplete: 24 of 31 slices", document.GetString(DicomTag.CompletionFlagDescription), StringComparison.Ordinal);
        Assert.Contains("the rest is missing", Items(document).Single(item => Concept(item) == "111412").GetString(DicomTag.TextValue), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("latin-1", "Müller^Jörg^^Dr.")]
    [InlineData("greek", "Διονυσιος^Σωκρατης")]
    [InlineData("japanese", "Yamada^Tarou=山田^太郎=やまだ^たろう")]
    [InlineData("korean", "Hong^Gildong=洪^吉洞=홍^길동")]
    [InlineData("chinese", "Wang^XiaoDong=王^小东")]
    public void A_name_in_any_character_set_is_carried_over_in_UTF_8(string sample, string name)
    {
        var document = Read(sample);

        Assert.Equal("ISO_IR 192", document.GetString(DicomTag.SpecificCharacterSet));
        Assert.Equal(name, document.GetString(DicomTag.PatientName));
        Assert.Contains(System.Text.Encoding.UTF8.GetString(StructuredReportWriter.Write(Samples.All[sample], StructuredReportClass.Comprehensive).ToArray()), text => text == name[0]);
    }

    [Fact]
    public void Patient_study_and_order_are_carried_over_unchanged()
    {
        var document = Read("glioma");
        var source = Sources.Typical();

        DicomTag[] carried =
        [
            DicomTag.PatientName, DicomTag.PatientID, DicomTag.IssuerOfPatientID, DicomTag.PatientBirthDate, DicomTag.PatientSex, DicomTag.PatientAge,
            DicomTag.StudyInstanceUID, DicomTag.StudyDate, DicomTag.StudyTime, DicomTag.StudyID, DicomTag.StudyDescription, DicomTag.AccessionNumber,
            DicomTag.ReferringPhysicianName, DicomTag.TimezoneOffsetFromUTC,
        ];
        Assert.All(carried, tag => Assert.Equal(source.GetString(tag), document.GetString(tag)));
        var request = document.GetSequence(DicomTag.ReferencedRequestSequence)[0];
        Assert.Equal("ACC-77", request.GetString(DicomTag.AccessionNumber));
        Assert.Equal("RP1", request.GetString(DicomTag.RequestedProcedureID));
    }

    [Fact]
    public void Values_that_break_their_representation_are_mended_or_dropped_but_identifiers_are_never_cut()
    {
        var document = Read("broken-source");

        Assert.Null(document.GetString(DicomTag.PatientID));
        Assert.Null(document.GetString(DicomTag.AccessionNumber));
        Assert.Null(document.GetString(DicomTag.PatientBirthDate));
        Assert.Null(document.GetString(DicomTag.PatientSex));
        Assert.Null(document.GetString(DicomTag.StudyTime));
        Assert.Equal("20261120", document.GetString(DicomTag.StudyDate));
        Assert.Equal(64, document.GetString(DicomTag.PatientName)!.Length);
        Assert.StartsWith("line one  line two", document.GetString(DicomTag.StudyDescription), StringComparison.Ordinal);
        Assert.StartsWith("2.25.", document.GetString(DicomTag.StudyInstanceUID), StringComparison.Ordinal);
    }

    [Fact]
    public void A_multi_frame_image_is_one_reference_with_its_frames()
    {
        var group = Items(Read("multi-frame")).First(item => Concept(item) == "125007").GetSequence(DicomTag.ContentSequence);

        var image = Assert.Single(group, item => item.GetString(DicomTag.ValueType) == "IMAGE");
        Assert.Equal(Enumerable.Range(3, 22), image.GetSequence(DicomTag.ReferencedSOPSequence)[0].GetInt32s(DicomTag.ReferencedFrameNumber));
    }

    [Fact]
    public void Every_received_image_is_in_the_image_library_but_a_report_among_them_is_not()
    {
        var groups = Items(Read("several-series")).Where(item => Concept(item) == "126200").Select(item => item.GetSequence(DicomTag.ContentSequence)).ToList();

        Assert.Equal([12, 24], groups.Select(group => group.Count(item => item.GetString(DicomTag.ValueType) == "IMAGE")));
        Assert.Equal(["CT", "MR"], groups.Select(group => Value(group.Single(item => Concept(item) == "121139"))));
    }

    [Fact]
    public void Algorithm_and_observer_agree_on_name_version_and_device()
    {
        var document = Read("glioma");

        var equipment = document.GetSequence(DicomTag.ContributingEquipmentSequence)[0];
        var items = Items(document).ToList();
        Assert.Equal(equipment.GetString(DicomTag.ManufacturerModelName), items.Single(item => Concept(item) == "121015").GetString(DicomTag.TextValue));
        Assert.Equal(equipment.GetString(DicomTag.ManufacturerModelName), items.First(item => Concept(item) == "111001").GetString(DicomTag.TextValue));
        Assert.Equal(equipment.GetString(DicomTag.SoftwareVersions), items.First(item => Concept(item) == "111003").GetString(DicomTag.TextValue));
        Assert.Equal(equipment.GetString(DicomTag.Manufacturer), items.Single(item => Concept(item) == "121014").GetString(DicomTag.TextValue));
        Assert.Equal(equipment.GetString(DicomTag.DeviceUID), items.Single(item => Concept(item) == "121012").GetString(DicomTag.UID));
    }

    [Fact]
    public void The_long_statement_is_the_one_that_the_site_agreed_to()
    {
        Assert.Equal(
            "RESEARCH USE ONLY. NOT FOR DIAGNOSTIC USE. Output of an uncleared software algorithm (BrainTumorDicom brain-tumor 1.0.0), not reviewed by a physician. "
            + "It distinguishes only glioma, meningioma, pituitary tumor and none of these; it does not exclude other disease. "
            + "Percentages are algorithm outputs, not probabilities of disease in this patient.",
            SafetyText.Long(Findings.Model));
    }

    private static DicomDataset Read(string sample, StructuredReportClass kind = StructuredReportClass.Comprehensive3D) =>
        DicomFile.Read(StructuredReportWriter.Write(Samples.All[sample], kind).ToArray()).Dataset;

    private static IEnumerable<DicomDataset> Items(DicomDataset item) =>
        item.GetSequence(DicomTag.ContentSequence).SelectMany(child => Items(child).Prepend(child));

    private static string? Concept(DicomDataset item) =>
        item.GetSequence(DicomTag.ConceptNameCodeSequence) is [var code, ..] ? code.GetString(DicomTag.CodeValue) : null;

    private static string? Value(DicomDataset item) => item.GetSequence(DicomTag.ConceptCodeSequence)[0].GetString(DicomTag.CodeValue);
}
