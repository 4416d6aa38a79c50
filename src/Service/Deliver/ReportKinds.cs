namespace BrainTumorDicom.Service.Deliver;

/// <summary>The kinds of report in the ledger, and their files in a report's folder.</summary>
internal static class ReportKinds
{
    /// <summary>DICOM SR.</summary>
    public const string StructuredReport = "sr";

    /// <summary>FHIR transaction bundle.</summary>
    public const string Fhir = "fhir";

    /// <summary>The finding alone.</summary>
    public const string Finding = "finding";

    /// <summary>The SR as Comprehensive 3D SR.</summary>
    public const string StructuredReportFile = "report.sr.dcm";

    /// <summary>The FHIR transaction bundle.</summary>
    public const string FhirFile = "bundle.fhir.json";

    /// <summary>The finding.</summary>
    public const string FindingFile = "finding.json";
}
