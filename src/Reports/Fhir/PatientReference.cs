using System.Text;
using BrainTumorDicom.Reports.Source;

namespace BrainTumorDicom.Reports.Fhir;

/// <summary>The reference to the patient: conditional, by identifier. The server resolves it or refuses the transaction (412); a Patient is never created here.</summary>
internal static class PatientReference
{
    /// <summary>Makes the reference. A source without a Patient ID gives one in words: there is nothing that a server could match. The name that the source has is shown beside it, so that a wrong match is seen.</summary>
    public static Reference Of(SourceStudy source, FhirOptions options) => source.PatientId.Length == 0
        ? new Reference(Type: "Patient", Display: "The source has no usable Patient ID")
        : new Reference($"Patient?identifier={Token(System(source, options))}|{Token(source.PatientId)}", Display: Name(source.PatientName));

    /// <summary>The identifier system: the site's own word for the issuer, else the issuer's universal identifier, else the site's default.</summary>
    public static string System(SourceStudy source, FhirOptions options)
    {
        if (source.IssuerOfPatientId.Length > 0 && options.IssuerSystems.TryGetValue(source.IssuerOfPatientId, out var system))
        {
            return system;
        }

        return source.IssuerQualifiers switch
        {
            { Id.Length: > 0, Type: "ISO" } issuer when ValueRules.IsUid(issuer.Id) => "urn:oid:" + issuer.Id,
            { Id.Length: > 0, Type: "URI" } issuer when Uri.IsWellFormedUriString(issuer.Id, UriKind.Absolute) => issuer.Id,
            { Id.Length: > 0, Type: "UUID" } issuer when Guid.TryParse(issuer.Id, out var uuid) => $"urn:uuid:{uuid}",
            _ => options.PatientIdentifierSystem,
        };
    }

    // The groups of PN: alphabetic, ideographic, phonetic.
    private static string? Name(string personName)
    {
        var groups = personName.Split('=').Select(group => string.Join(' ', group.Split('^', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)));
        var name = string.Join(" / ", groups.Where(group => group.Length > 0));
        return name.Length > 0 ? name : null;
    }

    /// <summary>One part of a token search parameter: first FHIR's own escapes (https://hl7.org/fhir/R4/search.html#escaping), then those of a URL.</summary>
    public static string Token(string text)
    {
        var escaped = new StringBuilder();
        foreach (var character in text)
        {
            if (character is '\\' or '|' or ',' or '$')
            {
                escaped.Append('\\');
            }

            escaped.Append(character);
        }

        // Colons and slashes are allowed in a query (RFC 3986 §3.4), and systems are easier to read with them.
        return Uri.EscapeDataString(escaped.ToString()).Replace("%3A", ":", StringComparison.Ordinal).Replace("%2F", "/", StringComparison.Ordinal);
    }
}
