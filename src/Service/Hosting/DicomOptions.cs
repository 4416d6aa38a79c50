using System.ComponentModel.DataAnnotations;
using System.Net;
using BrainTumorDicom.Dicom.Dimse;
using BrainTumorDicom.Dicom.UpperLayer;
using Microsoft.Extensions.Options;

namespace BrainTumorDicom.Service.Hosting;

/// <summary>The port that series are sent to. Section <c>Dicom</c>.</summary>
internal sealed class DicomOptions : IValidatableObject
{
    /// <summary>Our AE title (PS3.5 §6.2, AE): at most 16 characters. Default <c>BRAINTUMORDICOM</c>.</summary>
    [Required]
    public string AeTitle { get; set; } = "BRAINTUMORDICOM";

    /// <summary>TCP port; 0 is any free port. Default 11112, the registered port of DICOM.</summary>
    [Range(0, 65535)]
    public int Port { get; set; } = 11112;

    /// <summary>Address to listen on. Default <c>127.0.0.1</c>: this machine only. <c>0.0.0.0</c> is every IPv4 address, <c>::</c> every address.</summary>
    [Required]
    public string BindAddress { get; set; } = "127.0.0.1";

    /// <summary>Whether a peer must call us by <see cref="AeTitle"/>. Default false: a title set wrongly is the commonest reason why nothing arrives, and checking it protects nothing.</summary>
    public bool RequireCalledAe { get; set; }

    /// <summary>Most associations at once; more are rejected as transient. Default 32.</summary>
    [Range(1, 1000)]
    public int MaximumAssociations { get; set; } = 32;

    /// <summary>How long an association may be silent. Default 2 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>As the server takes them.</summary>
    public DicomServerOptions ToServerOptions() => new()
    {
        AeTitle = new AeTitle(AeTitle),
        RequireCalledAe = RequireCalledAe,
        BindAddress = IPAddress.Parse(BindAddress),
        Port = Port,
        MaximumAssociations = MaximumAssociations,
        IdleTimeout = IdleTimeout,
    };

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!BrainTumorDicom.Dicom.UpperLayer.AeTitle.TryParse(AeTitle, out _))
        {
            yield return new ValidationResult($"AeTitle is '{AeTitle}', not 1 to 16 printable ASCII characters without backslash.");
        }

        if (!IPAddress.TryParse(BindAddress, out _))
        {
            yield return new ValidationResult($"BindAddress is '{BindAddress}', not an IP address such as 127.0.0.1 or 0.0.0.0.");
        }
    }
}

/// <summary>Checks <see cref="DicomOptions"/> before a port opens.</summary>
[OptionsValidator]
internal sealed partial class DicomOptionsValidator : IValidateOptions<DicomOptions>;
