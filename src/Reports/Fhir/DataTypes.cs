using System.Security.Cryptography;
using System.Text.Json.Serialization;

namespace BrainTumorDicom.Reports.Fhir;

// The FHIR R4 data types that the resources here use (https://hl7.org/fhir/R4/datatypes.html), with the elements they fill.
// Absent elements are null: FHIR forbids empty strings, arrays and objects.

/// <summary>Coding.</summary>
internal sealed record Coding(string? System, string Code, string? Display = null);

/// <summary>CodeableConcept.</summary>
internal sealed record CodeableConcept(IReadOnlyList<Coding>? Coding, string? Text = null);

/// <summary>Identifier.</summary>
internal sealed record Identifier(string? System, string Value, CodeableConcept? Type = null);

/// <summary>Reference: literal, logical (by identifier), or in words.</summary>
internal sealed record Reference(
    [property: JsonPropertyName("reference")] string? Literal = null,
    string? Type = null,
    Identifier? Identifier = null,
    string? Display = null);

/// <summary>Quantity, with its UCUM code.</summary>
internal sealed record Quantity(decimal Value, string Unit, string System, string Code);

/// <summary>Annotation.</summary>
internal sealed record Annotation(string Text);

/// <summary>Meta, with security labels and tags.</summary>
internal sealed record Meta(IReadOnlyList<Coding>? Security, IReadOnlyList<Coding> Tag);

/// <summary>Attachment: <paramref name="Data"/> in base 64, <paramref name="Size"/> in bytes before it, <paramref name="Hash"/> the base 64 of SHA-1.</summary>
internal sealed record Attachment(string ContentType, string Language, string Data, int Size, string Hash, string Title, string Creation)
{
    /// <summary>Makes one of its bytes.</summary>
    public static Attachment Of(ReadOnlySpan<byte> bytes, string contentType, string title, string creation) =>
#pragma warning disable CA5350 // FHIR R4 defines Attachment.hash as SHA-1; nothing is secured by it.
        new(contentType, "en-US", Convert.ToBase64String(bytes), bytes.Length, Convert.ToBase64String(SHA1.HashData(bytes)), title, creation);
#pragma warning restore CA5350
}
