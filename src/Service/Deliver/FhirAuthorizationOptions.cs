using System.ComponentModel.DataAnnotations;

namespace BrainTumorDicom.Service.Deliver;

/// <summary>How we prove to one FHIR server who we are: OAuth 2 client credentials (RFC 6749 §4.4) with a secret, or SMART backend services with a signed assertion (RFC 7523).</summary>
internal sealed class FhirAuthorizationOptions : IValidatableObject
{
    /// <summary>Our client id. Default empty: no token is asked for.</summary>
    public string ClientId { get; set; } = "";

    /// <summary>Where tokens are given out. Default empty: as the server says under <c>.well-known/smart-configuration</c>.</summary>
    public string TokenUrl { get; set; } = "";

    /// <summary>What is asked for. Default <c>system/*.*</c>: conditional requests read before they write.</summary>
    public string Scope { get; set; } = "system/*.*";

    /// <summary>The client secret. Better than the configuration file: the environment (<c>BTD__Delivery__Fhir__0__Authorization__ClientSecret</c>), or <see cref="ClientSecretFile"/>. Default empty.</summary>
    public string ClientSecret { get; set; } = "";

    /// <summary>A file that holds the client secret and nothing else; read again for each token. Default empty.</summary>
    public string ClientSecretFile { get; set; } = "";

    /// <summary>PEM file with our private key, RSA (RS384) or P-384 (ES384), in place of a secret; read again for each token. Default empty.</summary>
    public string KeyFile { get; set; } = "";

    /// <summary>The key's id (<c>kid</c>) in the key set that the server knows of us. Needed with <see cref="KeyFile"/>.</summary>
    public string KeyId { get; set; } = "";

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        string[] proofs = [ClientSecret, ClientSecretFile, KeyFile];
        var given = proofs.Count(proof => proof.Length > 0);
        if (ClientId.Length == 0 && (given > 0 || TokenUrl.Length > 0))
        {
            yield return new ValidationResult("Authorization has settings, but no ClientId.");
        }

        if (ClientId.Length > 0 && given != 1)
        {
            yield return new ValidationResult("Authorization needs exactly one of ClientSecret, ClientSecretFile and KeyFile.");
        }

        if (KeyFile.Length > 0 && KeyId.Length == 0)
        {
            yield return new ValidationResult("Authorization has a KeyFile, but no KeyId.");
        }

        if (TokenUrl.Length > 0 && !Uri.IsWellFormedUriString(TokenUrl, UriKind.Absolute))
        {
            yield return new ValidationResult($"Authorization: TokenUrl '{TokenUrl}' is not an address.");
        }
    }
}
