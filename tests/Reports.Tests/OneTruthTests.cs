using System.Text;
using System.Text.Json;
using BrainTumorDicom.Classification.Findings;
using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.Files;
using BrainTumorDicom.Reports.Fhir;
using BrainTumorDicom.Reports.Json;
using BrainTumorDicom.Reports.StructuredReport;
using BrainTumorDicom.Reports.Text;
using BrainTumorDicom.Support;

namespace BrainTumorDicom.Reports;

/// <summary>Whatever leaves the program for one finding is read back, and says the same.</summary>
public sealed class OneTruthTests(SampleFiles samples)
{
    private static readonly ReportRequest Request = Samples.All["glioma"];
    private static readonly Finding Finding = Request.Finding;

    private static readonly IReadOnlyList<DicomDataset> Objects =
    [
        StructuredReportWriter.Write(Request, StructuredReportClass.Comprehensive3D).Dataset,
        .. ReportFiles.Write(Request, SourceFiles.HeatMapsOf(Finding), new ReportOptions { KeyObjects = true, ParametricMap = true })
            .Where(file => file.Path.EndsWith(".dcm", StringComparison.Ordinal))
            .Select(file => DicomFile.Read(file.Bytes).Dataset),
    ];

    [Fact]
    public void Patient_study_order_time_and_model_are_the_same_in_every_object()
    {
        DicomTag[] same =
        [
            DicomTag.PatientName, DicomTag.PatientID, DicomTag.IssuerOfPatientID, DicomTag.PatientBirthDate, DicomTag.PatientSex, DicomTag.StudyInstanceUID,
            DicomTag.StudyDate, DicomTag.AccessionNumber, DicomTag.ContentDate, DicomTag.ContentTime, DicomTag.TimezoneOffsetFromUTC,
            DicomTag.InstanceCreationDate, DicomTag.InstanceCreationTime, DicomTag.InstanceCreatorUID, DicomTag.SoftwareVersions, DicomTag.DeviceSerialNumber,
        ];

        Assert.Equal(9, Objects.Count);
        Assert.All(same, tag => Assert.Single(Objects.Select(dataset => dataset.GetString(tag)).Distinct()));
        Assert.All(Objects, dataset =>
        {
            var algorithm = dataset.GetSequence(DicomTag.ContributingEquipmentSequence)[0];
            Assert.Equal(
                (Finding.Model.Name, Finding.Model.Version, ReportIdentity.Device(Finding.Model).Value),
                (algorithm.GetString(DicomTag.ManufacturerModelName), algorithm.GetString(DicomTag.SoftwareVersions), algorithm.GetString(DicomTag.DeviceUID)));
            Assert.Contains("RESEARCH USE ONLY", dataset.GetString(DicomTag.SeriesDescription), StringComparison.Ordinal);
        });
        Assert.Equal(Objects.Count, Objects.Select(dataset => dataset.GetString(DicomTag.SOPInstanceUID)).Distinct().Count());
        Assert.Equal(5, Objects.Select(dataset => dataset.GetString(DicomTag.SeriesInstanceUID)).Distinct().Count());
    }

    [Fact]
    public void Key_slices_are_the_same_in_report_pictures_selection_and_map()
    {
        var keys = KeySlices.Of(Finding).Select(slice => slice.SopInstanceUid).ToList();

        var groups = Items(Objects[0]).Where(item => Concept(item) == "125007").Skip(1).Select(Images);
        Assert.Equal(keys, groups.Select(group => Assert.Single(group)));
        Assert.Equal(keys, OfClass(DicomUid.SecondaryCaptureImageStorage).Select(dataset =>
            dataset.GetSequence(DicomTag.SourceImageSequence)[0].GetString(DicomTag.ReferencedSOPInstanceUID)));
        Assert.Equal(keys, Images(OfClass(DicomUid.KeyObjectSelectionDocumentStorage).Single()));
        Assert.Equal(keys.Order(), OfClass(DicomUid.ParametricMapStorage).Single().GetSequence(DicomTag.ReferencedSeriesSequence)[0]
            .GetSequence(DicomTag.ReferencedInstanceSequence).Select(item => item.GetString(DicomTag.ReferencedSOPInstanceUID)!).Order());
        using var json = JsonDocument.Parse(FindingJson.WriteStudy(Finding, 1));
        Assert.Equal(keys, json.RootElement.GetProperty("carryingSlices").EnumerateArray().Take(5).Select(uid => uid.GetString()!));
    }

    [PeerFact("pdftotext")]
    public async Task Answer_and_percentages_are_the_same_in_report_page_and_bundle()
    {
        var percentages = Finding.Probabilities.Select(Narrative.PercentNumber).ToList();
        var (_, page, _) = await PeerTools.RunAsync(
            "pdftotext", ["-enc", "UTF-8", "-layout", Path.Combine(samples.ObjectFolder, "glioma.pdf"), "-"], TestContext.Current.CancellationToken);
        var bundle = Encoding.UTF8.GetString(FhirBundleWriter.Write(Request, new FhirOptions()));

        var numbers = Items(Objects[0]).Where(item => item.GetString(DicomTag.ValueType) == "NUM").Take(4)
            .Select(item => item.GetSequence(DicomTag.MeasuredValueSequence)[0].GetString(DicomTag.NumericValue));
        Assert.Equal(percentages, numbers);
        foreach (var value in Enum.GetValues<TumorClass>())
        {
            Assert.Matches($"(?m)^ *{Narrative.Name(value)} +{percentages[(int)value]} %$", page);
            Assert.Contains($"\"value\":{percentages[(int)value]}", bundle.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        }

        Assert.Contains("Algorithm output suggests glioma (94.1 %)", page, StringComparison.Ordinal);
        Assert.Contains("Algorithm output suggests glioma (94.1 %)", bundle, StringComparison.Ordinal);
        Assert.Contains(Items(Objects[0]), item => item.GetString(DicomTag.TextValue)?.StartsWith("Algorithm output suggests glioma (94.1 %)", StringComparison.Ordinal) == true);
    }

    private static IEnumerable<DicomDataset> OfClass(DicomUid sopClass) => Objects.Where(dataset => dataset.GetString(DicomTag.SOPClassUID) == sopClass.Value);

    private static IEnumerable<string> Images(DicomDataset item) => item.GetSequence(DicomTag.ContentSequence)
        .Where(child => child.GetString(DicomTag.ValueType) == "IMAGE")
        .Select(child => child.GetSequence(DicomTag.ReferencedSOPSequence)[0].GetString(DicomTag.ReferencedSOPInstanceUID)!);

    private static IEnumerable<DicomDataset> Items(DicomDataset item) =>
        item.GetSequence(DicomTag.ContentSequence).SelectMany(child => Items(child).Prepend(child));

    private static string? Concept(DicomDataset item) =>
        item.GetSequence(DicomTag.ConceptNameCodeSequence) is [var code, ..] ? code.GetString(DicomTag.CodeValue) : null;
}
