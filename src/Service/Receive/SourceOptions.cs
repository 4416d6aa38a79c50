using System.ComponentModel.DataAnnotations;
using BrainTumorDicom.Dicom.Dimse;
using BrainTumorDicom.Dicom.UpperLayer;

namespace BrainTumorDicom.Service.Receive;

/// <summary>Where a sender can be asked how many instances a study has.</summary>
internal sealed class SourceOptions : IValidatableObject
{
    /// <summary>The AE title under which it sends.</summary>
    [Required]
    public string CallingAe { get; set; } = "";

    /// <summary>Its query SCP: <c>AET@HOST:PORT</c>.</summary>
    [Required]
    public string Address { get; set; } = "";

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!AeTitle.TryParse(CallingAe, out _))
        {
            yield return new ValidationResult($"CallingAe is '{CallingAe}', not 1 to 16 printable ASCII characters without backslash.");
        }

        if (!DicomAddress.TryParse(Address, out _))
        {
            yield return new ValidationResult($"Source '{Address}' is not AET@HOST:PORT, such as PACS@10.0.0.5:104.");
        }
    }
}
