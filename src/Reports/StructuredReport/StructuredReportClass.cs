namespace BrainTumorDicom.Reports.StructuredReport;

/// <summary>The storage classes that the document fits. Its tree uses only what all three allow (PS3.3 §A.35); each gets a SOP Instance UID of its own.</summary>
public enum StructuredReportClass
{
    /// <summary>Comprehensive 3D SR Storage, 1.2.840.10008.5.1.4.1.1.88.34: what IHE AIR asks for.</summary>
    Comprehensive3D,

    /// <summary>Comprehensive SR Storage, 1.2.840.10008.5.1.4.1.1.88.33: what most archives take.</summary>
    Comprehensive,

    /// <summary>Enhanced SR Storage, 1.2.840.10008.5.1.4.1.1.88.22.</summary>
    Enhanced,
}
