using System.Globalization;
using BrainTumorDicom.Reports.StructuredReport;

namespace BrainTumorDicom.Reports;

/// <summary>
/// The kinds of report object in the ledger, and their files in a report's folder. An object of which a report has several is numbered,
/// the strongest first: <c>heatmap</c>, <c>heatmap-2</c>, <c>heatmap-1-png</c>. Each is a draft of its own and is delivered by itself.
/// </summary>
public static class ReportKinds
{
    /// <summary>DICOM SR.</summary>
    public const string StructuredReport = "sr";

    /// <summary>FHIR transaction bundle.</summary>
    public const string Fhir = "fhir";

    /// <summary>The finding alone.</summary>
    public const string Finding = "finding";

    /// <summary>Secondary Capture of a key slice with its attention map; numbered.</summary>
    public const string HeatMap = "heatmap";

    /// <summary>The picture of a heat map as PNG; numbered like it, as <c>heatmap-1-png</c>.</summary>
    public const string Picture = "heatmap-png";

    /// <summary>Encapsulated PDF.</summary>
    public const string EncapsulatedPdf = "pdf";

    /// <summary>The PDF itself.</summary>
    public const string Document = "pdf-page";

    /// <summary>Key Object Selection.</summary>
    public const string KeyObjects = "ko";

    /// <summary>Parametric Map.</summary>
    public const string ParametricMap = "pm";

    /// <summary>HL7 version 2 message.</summary>
    public const string Hl7 = "hl7";

    /// <summary>The encapsulated PDF.</summary>
    public const string EncapsulatedPdfFile = "pdf/report.dcm";

    /// <summary>The PDF itself.</summary>
    public const string DocumentFile = "report.pdf";

    /// <summary>The Key Object Selection.</summary>
    public const string KeyObjectsFile = "ko/key-images.dcm";

    /// <summary>The Parametric Map.</summary>
    public const string ParametricMapFile = "pm/attention.dcm";

    /// <summary>The HL7 message: segments ended by CR, UTF-8, no MLLP framing.</summary>
    public const string Hl7File = "report.hl7";

    /// <summary>The FHIR transaction bundle.</summary>
    public const string FhirFile = "bundle.fhir.json";

    /// <summary>The finding.</summary>
    public const string FindingFile = "finding.json";

    /// <summary>The kind of a numbered object: <c>heatmap-2</c>, <c>heatmap-2-png</c>.</summary>
    /// <param name="kind"><see cref="HeatMap"/> or <see cref="Picture"/>.</param>
    /// <param name="number">From 1, the strongest first.</param>
    public static string Numbered(string kind, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"{HeatMap}-{number}{(kind == Picture ? Picture[HeatMap.Length..] : "")}");

    /// <summary>The kind without the number of the object: <c>heatmap</c> of <c>heatmap-2</c>, and any other kind as it is.</summary>
    public static string Unnumbered(string kind) => Split(kind).Kind;

    /// <summary>The file of an object, relative to the report's folder; of an SR, that of the Comprehensive 3D class.</summary>
    /// <exception cref="ArgumentException">No such kind.</exception>
    public static string File(string kind) => Split(kind) switch
    {
        (StructuredReport, "") => StructuredReportFile(StructuredReportClass.Comprehensive3D),
        (Fhir, "") => FhirFile,
        (Finding, "") => FindingFile,
        (HeatMap, var number) => $"heatmap/{(number.Length > 0 ? number : "1")}.dcm",
        (Picture, { Length: > 0 } number) => $"heatmap/{number}.png",
        (EncapsulatedPdf, "") => EncapsulatedPdfFile,
        (Document, "") => DocumentFile,
        (KeyObjects, "") => KeyObjectsFile,
        (ParametricMap, "") => ParametricMapFile,
        (Hl7, "") => Hl7File,
        _ => throw new ArgumentException($"'{kind}' is no kind of report object", nameof(kind)),
    };

    /// <summary>The kind in the ledger of an SR in one storage class.</summary>
    public static string StructuredReportKind(StructuredReportClass kind) => kind switch
    {
        StructuredReportClass.Comprehensive3D => StructuredReport,
        StructuredReportClass.Comprehensive => "sr-comprehensive",
        StructuredReportClass.Enhanced => "sr-enhanced",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no such class"),
    };

    /// <summary>The file of an SR in one storage class. All are written with the finding, so that a destination gets the same bytes whenever it says which it takes.</summary>
    public static string StructuredReportFile(StructuredReportClass kind) => kind switch
    {
        StructuredReportClass.Comprehensive3D => "report.sr.dcm",
        StructuredReportClass.Comprehensive => Path.Combine("other-classes", "comprehensive.sr.dcm"),
        StructuredReportClass.Enhanced => Path.Combine("other-classes", "enhanced.sr.dcm"),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no such class"),
    };

    private static (string Kind, string Number) Split(string kind)
    {
        var parts = kind.Split('-');
        return Array.FindIndex(parts, 1, part => part.Length > 0 && part.All(char.IsAsciiDigit)) is var index and > 0
            ? (string.Join('-', parts.Where((_, place) => place != index)), parts[index])
            : (kind, "");
    }
}
