using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Reports.StructuredReport;
using BrainTumorDicom.Reports;

namespace BrainTumorDicom.Service.Deliver;

/// <summary>One DICOM object of a report, as a destination is offered it.</summary>
/// <param name="SopClassUid">SOP Class UID.</param>
/// <param name="File">Part 10 file, relative to the report's folder.</param>
/// <param name="Label">For the log.</param>
internal sealed record DicomObject(string SopClassUid, string File, string Label)
{
    /// <summary>Kinds that are DICOM objects.</summary>
    public static IReadOnlyList<string> Kinds { get; } =
        [ReportKinds.StructuredReport, ReportKinds.HeatMap, ReportKinds.EncapsulatedPdf, ReportKinds.KeyObjects, ReportKinds.ParametricMap];

    /// <summary>What a DICOM destination gets unless it is configured.</summary>
    public static IReadOnlyList<string> Usual { get; } = [ReportKinds.StructuredReport, ReportKinds.HeatMap];

    /// <summary>The objects of which a destination gets the first that it takes: several for an SR, one for any other kind.</summary>
    /// <param name="kind">One of <see cref="Kinds"/>, numbered or not.</param>
    /// <param name="choice">Which classes of an SR.</param>
    public static IReadOnlyList<DicomObject> Of(string kind, StructuredReportChoice choice)
    {
        if (kind == ReportKinds.StructuredReport)
        {
            return [.. Classes(choice).Select(one => new DicomObject(StructuredReportWriter.SopClass(one).Value, ReportKinds.StructuredReportFile(one), $"{one} SR"))];
        }

        var (sopClass, label) = ReportKinds.Unnumbered(kind) switch
        {
            ReportKinds.HeatMap => (DicomUid.SecondaryCaptureImageStorage, "Secondary Capture"),
            ReportKinds.EncapsulatedPdf => (DicomUid.EncapsulatedPDFStorage, "Encapsulated PDF"),
            ReportKinds.KeyObjects => (DicomUid.KeyObjectSelectionDocumentStorage, "Key Object Selection"),
            ReportKinds.ParametricMap => (DicomUid.ParametricMapStorage, "Parametric Map"),
            _ => throw new ArgumentException($"'{kind}' is no DICOM object", nameof(kind)),
        };
        return [new DicomObject(sopClass.Value, ReportKinds.File(kind), label)];
    }

    private static StructuredReportClass[] Classes(StructuredReportChoice choice) => choice switch
    {
        StructuredReportChoice.Comprehensive3D => [StructuredReportClass.Comprehensive3D],
        StructuredReportChoice.Comprehensive => [StructuredReportClass.Comprehensive],
        StructuredReportChoice.Enhanced => [StructuredReportClass.Enhanced],
        _ => [StructuredReportClass.Comprehensive3D, StructuredReportClass.Comprehensive, StructuredReportClass.Enhanced],
    };
}
