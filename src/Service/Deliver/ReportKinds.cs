using BrainTumorDicom.Reports.StructuredReport;

namespace BrainTumorDicom.Service.Deliver;

/// <summary>The kinds of report in the ledger, and their files in a report's folder.</summary>
internal static class ReportKinds
{
    /// <summary>DICOM SR.</summary>
    public const string StructuredReport = "sr";

    /// <summary>FHIR transaction bundle.</summary>
    public const string Fhir = "fhir";

    /// <summary>HL7 v2 message.</summary>
    public const string Hl7 = "hl7";

    /// <summary>The finding alone.</summary>
    public const string Finding = "finding";

    /// <summary>The FHIR transaction bundle.</summary>
    public const string FhirFile = "bundle.fhir.json";

    /// <summary>The HL7 v2 message, without the framing of MLLP.</summary>
    public const string Hl7File = "report.hl7";

    /// <summary>The finding.</summary>
    public const string FindingFile = "finding.json";

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
}
