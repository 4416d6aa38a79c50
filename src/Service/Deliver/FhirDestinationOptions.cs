using System.ComponentModel.DataAnnotations;

namespace BrainTumorDicom.Service.Deliver;

/// <summary>One FHIR R4 server.</summary>
internal sealed class FhirDestinationOptions : IValidatableObject
{
    /// <summary>Base address, such as <c>https://fhir.example.org/fhir</c>; the bundle is posted there.</summary>
    [Required]
    public string Url { get; set; } = "";

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!Uri.TryCreate(Url, UriKind.Absolute, out var uri) || (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps))
        {
            yield return new ValidationResult($"FHIR destination '{Url}' is not an http or https address.");
        }
    }
}
