using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace BrainTumorDicom.Service.Deliver;

/// <summary>One FHIR R4 server.</summary>
internal sealed class FhirDestinationOptions : IValidatableObject
{
    /// <summary>Base address, such as <c>https://fhir.example.org/fhir</c>; the bundle is posted there.</summary>
    [Required]
    public string Url { get; set; } = "";

    /// <summary>How we prove who we are. Default not.</summary>
    [ValidateObjectMembers]
    public FhirAuthorizationOptions Authorization { get; set; } = new();

    /// <summary>Whether the patient is looked up before anything is sent, and birth date and sex compared where both sides have them. Default false: the server resolves the identifier within the transaction.</summary>
    public bool CheckPatient { get; set; }

    /// <summary>As what it gets the pictures. Default <c>Auto</c>: as its capability statement has it.</summary>
    public FhirPictures Pictures { get; set; } = FhirPictures.Auto;

    /// <summary>Own authorities or a certificate of ours for https. Default the system's, and none.</summary>
    [ValidateObjectMembers]
    public DestinationTlsOptions Tls { get; set; } = new();

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!Uri.TryCreate(Url, UriKind.Absolute, out var uri) || (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps))
        {
            yield return new ValidationResult($"FHIR destination '{Url}' is not an http or https address.");
        }
        else if (Tls.Enabled && uri.Scheme != Uri.UriSchemeHttps)
        {
            yield return new ValidationResult($"FHIR destination '{Url}' has Tls, but is no https address.");
        }
    }
}
