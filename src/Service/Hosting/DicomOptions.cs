using System.ComponentModel.DataAnnotations;
using System.Net;
using Microsoft.Extensions.Options;

namespace BrainTumorDicom.Service.Hosting;

/// <summary>The port that series are sent to. Section <c>Dicom</c>.</summary>
internal sealed class DicomOptions : IValidatableObject
{
    /// <summary>Our AE title (PS3.5 §6.2, AE): at most 16 characters. Default <c>BRAINTUMORDICOM</c>.</summary>
    [Required]
    [StringLength(16)]
    public string AeTitle { get; set; } = "BRAINTUMORDICOM";

    /// <summary>TCP port; 0 is any free port. Default 11112, the registered port of DICOM.</summary>
    [Range(0, 65535)]
    public int Port { get; set; } = 11112;

    /// <summary>Address to listen on. Default <c>127.0.0.1</c>: this machine only. <c>0.0.0.0</c> is every IPv4 address, <c>::</c> every address.</summary>
    [Required]
    public string BindAddress { get; set; } = "127.0.0.1";

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!IPAddress.TryParse(BindAddress, out _))
        {
            yield return new ValidationResult($"BindAddress is '{BindAddress}', not an IP address such as 127.0.0.1 or 0.0.0.0.");
        }
    }
}

/// <summary>Checks <see cref="DicomOptions"/> before a port opens.</summary>
[OptionsValidator]
internal sealed partial class DicomOptionsValidator : IValidateOptions<DicomOptions>;
