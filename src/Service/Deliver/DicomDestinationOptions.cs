using System.ComponentModel.DataAnnotations;

namespace BrainTumorDicom.Service.Deliver;

/// <summary>One DICOM storage destination.</summary>
internal sealed class DicomDestinationOptions
{
    /// <summary><c>AET@HOST:PORT</c>.</summary>
    [Required]
    public string Address { get; set; } = "";

    /// <summary>Which SR storage class it gets. Default <c>Auto</c>: the first it accepts of Comprehensive 3D, Comprehensive and Enhanced SR.</summary>
    public StructuredReportChoice SrClass { get; set; } = StructuredReportChoice.Auto;
}
