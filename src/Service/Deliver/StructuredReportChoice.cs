namespace BrainTumorDicom.Service.Deliver;

/// <summary>Which SR storage class a destination gets.</summary>
internal enum StructuredReportChoice
{
    /// <summary>The first it accepts, in the order below.</summary>
    Auto,

    /// <summary>Comprehensive 3D SR Storage.</summary>
    Comprehensive3D,

    /// <summary>Comprehensive SR Storage: the safest fixed choice for old archives.</summary>
    Comprehensive,

    /// <summary>Enhanced SR Storage.</summary>
    Enhanced,
}
