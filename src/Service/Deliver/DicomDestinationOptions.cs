using System.ComponentModel.DataAnnotations;
using BrainTumorDicom.Dicom.Dimse;
using Microsoft.Extensions.Options;

namespace BrainTumorDicom.Service.Deliver;

/// <summary>One DICOM storage destination.</summary>
internal sealed class DicomDestinationOptions : IValidatableObject
{
    /// <summary><c>AET@HOST:PORT</c>.</summary>
    [Required]
    public string Address { get; set; } = "";

    /// <summary>Which SR storage class it gets. Default <c>Auto</c>: the first it accepts of Comprehensive 3D, Comprehensive and Enhanced SR.</summary>
    public StructuredReportChoice SrClass { get; set; } = StructuredReportChoice.Auto;

    /// <summary>What it gets, of <c>sr</c>, <c>heatmap</c>, <c>pdf</c>, <c>ko</c> and <c>pm</c>. Default <c>sr</c> and <c>heatmap</c>.</summary>
    public IList<string> Objects { get; } = [];

    /// <summary>Whether it is asked to take responsibility for each object (Storage Commitment, PS3.4 Annex J). Default false.</summary>
    public bool StorageCommitment { get; set; }

    /// <summary>TLS. Default not.</summary>
    [ValidateObjectMembers]
    public DestinationTlsOptions Tls { get; set; } = new();

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!DicomAddress.TryParse(Address, out _))
        {
            yield return new ValidationResult($"DICOM destination '{Address}' is not AET@HOST:PORT, such as PACS@10.0.0.5:104.");
        }

        foreach (var problem in ObjectNames.Check(Objects, DicomObject.Kinds))
        {
            yield return problem;
        }
    }
}
