using System.ComponentModel.DataAnnotations;
using BrainTumorDicom.Dicom.UpperLayer;
using Microsoft.Extensions.Options;

namespace BrainTumorDicom.Service.Hosting;

/// <summary>The port for people, monitors and STOW-RS: <c>/health</c>, <c>/api/studies</c>, <c>/dicom-web/studies</c>. Section <c>Http</c>.</summary>
internal sealed class HttpOptions : IValidatableObject
{
    /// <summary>Address and port, such as <c>127.0.0.1:8080</c> or <c>[::1]:0</c> (0 is any free port). Default <c>127.0.0.1:8080</c>: this machine only.</summary>
    public string Address { get; set; } = "127.0.0.1:8080";

    /// <summary>Path before <c>/studies</c> for STOW-RS (PS3.18 §10.5); empty turns STOW-RS off. Default <c>/dicom-web</c>.</summary>
    public string StowPath { get; set; } = "/dicom-web";

    /// <summary>The AE title that instances sent by STOW-RS are filed under, which has no calling AE. Default <c>STOW-RS</c>.</summary>
    [Required]
    public string StowAeTitle { get; set; } = "STOW-RS";

    /// <summary>
    /// What a sender must give as <c>Authorization: Bearer</c>. Default empty: then only senders on this machine are let in, wherever the
    /// port listens. A proxy on this machine counts as this machine.
    /// </summary>
    public string StowToken { get; set; } = "";

    /// <summary>Most STOW-RS requests at once; more are answered 503. Default 8.</summary>
    [Range(1, 1000)]
    public int StowMaximumRequests { get; set; } = 8;

    /// <summary>The longest body of a STOW-RS request in bytes; a longer one is answered 413. Default 16 GiB.</summary>
    [Range(1, long.MaxValue)]
    public long StowMaximumBodyBytes { get; set; } = 16L << 30;

    /// <summary>What the data sets under way by STOW-RS may take together, in bytes; beyond it A700H. Default 1 GiB.</summary>
    [Range(1, long.MaxValue)]
    public long StowMaximumMemoryBytes { get; set; } = 1L << 30;

    /// <summary>How long a sender may be silent. Default 2 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan StowIdleTimeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// What who reads or gives readers' verdicts must give as <c>Authorization: Bearer</c>. Default empty: then only programs on this machine
    /// are let in, wherever the port listens.
    /// </summary>
    public string VerdictToken { get; set; } = "";

    /// <summary>
    /// What who releases deliveries must give as <c>Authorization: Bearer</c>. Default empty: then only programs on this machine are let in,
    /// wherever the port listens.
    /// </summary>
    public string DeliveryToken { get; set; } = "";

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!EndPointText.TryParse(Address, out _))
        {
            yield return new ValidationResult($"Address is '{Address}', not ADDRESS:PORT such as 127.0.0.1:8080.");
        }

        if (StowPath.Length > 0 && (StowPath[0] != '/' || StowPath.EndsWith('/') || StowPath.Any(letter => letter is '{' or '}' or '*' or ' ')))
        {
            yield return new ValidationResult($"StowPath is '{StowPath}', not a path such as /dicom-web.");
        }

        if (!AeTitle.TryParse(StowAeTitle, out _))
        {
            yield return new ValidationResult($"StowAeTitle is '{StowAeTitle}', not 1 to 16 printable ASCII characters without backslash.");
        }
    }
}

/// <summary>Checks <see cref="HttpOptions"/> before a port opens.</summary>
[OptionsValidator]
internal sealed partial class HttpOptionsValidator : IValidateOptions<HttpOptions>;
