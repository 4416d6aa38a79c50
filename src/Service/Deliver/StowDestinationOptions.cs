using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace BrainTumorDicom.Service.Deliver;

/// <summary>One destination by STOW-RS (PS3.18 §10.5).</summary>
internal sealed class StowDestinationOptions : IValidatableObject
{
    /// <summary>Base address of the DICOMweb service, such as <c>https://pacs.example/dicom-web</c>; objects are posted to <c>/studies</c> below it.</summary>
    [Required]
    public string Url { get; set; } = "";

    /// <summary>File with a token that is sent as <c>Authorization: Bearer</c>, read before every attempt. Default empty: none.</summary>
    public string TokenFile { get; set; } = "";

    /// <summary>Which SR storage class it gets. Default <c>Auto</c>: the first it takes of Comprehensive 3D, Comprehensive and Enhanced SR.</summary>
    public StructuredReportChoice SrClass { get; set; } = StructuredReportChoice.Auto;

    /// <summary>What it gets, of <c>sr</c>, <c>heatmap</c>, <c>pdf</c>, <c>ko</c> and <c>pm</c>. Default <c>sr</c> and <c>heatmap</c>.</summary>
    public IList<string> Objects { get; } = [];

    /// <summary>Own authorities or a certificate of ours for https. Default the system's, and none.</summary>
    [ValidateObjectMembers]
    public DestinationTlsOptions Tls { get; set; } = new();

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!Uri.TryCreate(Url, UriKind.Absolute, out var uri) || (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps))
        {
            yield return new ValidationResult($"STOW-RS destination '{Url}' is not an http or https address.");
        }
        else if (Tls.Enabled && uri.Scheme != Uri.UriSchemeHttps)
        {
            yield return new ValidationResult($"STOW-RS destination '{Url}' has Tls, but is no https address.");
        }

        foreach (var problem in ObjectNames.Check(Objects, DicomObject.Kinds))
        {
            yield return problem;
        }
    }
}
