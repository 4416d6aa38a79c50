using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace BrainTumorDicom.Service.Web.Stow;

/// <summary>What the headers of a Store Instances request say (PS3.18 §10.5.1).</summary>
/// <param name="Boundary">Boundary of a multipart/related body; empty when the body is one application/dicom object.</param>
internal sealed record StowRequest(string Boundary)
{
    private const string Dicom = "application/dicom";
    private const string DicomJson = "application/dicom+json";

    /// <summary>Whether the answer may be <c>application/dicom+json</c>, the only one that is made.</summary>
    public static bool AcceptsJson(StringValues accept) =>
        StringValues.IsNullOrEmpty(accept)
        || (MediaTypeHeaderValue.TryParseList(accept, out var types)
            && types.Any(type => type.Quality != 0 && (Is(type, DicomJson) || Is(type, "application/json") || type.MatchesAllTypes || Is(type, "application/*"))));

    /// <summary>Whether a part is of type application/dicom.</summary>
    public static bool IsDicom(string contentType) => Split(contentType).Type.Equals(Dicom, StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads Content-Type.</summary>
    /// <param name="contentType">As it came.</param>
    /// <param name="request">What it says.</param>
    /// <param name="status">The HTTP status to refuse with, where it cannot be.</param>
    public static bool TryRead(string? contentType, [NotNullWhen(true)] out StowRequest? request, out int status)
    {
        request = null;
        status = StatusCodes.Status415UnsupportedMediaType;
        var (type, parameters) = Split(contentType ?? "");
        if (type.Equals(Dicom, StringComparison.OrdinalIgnoreCase))
        {
            request = new StowRequest("");
            return true;
        }

        // Some senders leave out the type of the root; the parts have their own.
        var root = parameters.GetValueOrDefault("type", Dicom);
        if (!type.Equals("multipart/related", StringComparison.OrdinalIgnoreCase) || !root.Equals(Dicom, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        status = StatusCodes.Status400BadRequest;
        var boundary = parameters.GetValueOrDefault("boundary", "");
        if (!IsBoundary(boundary))
        {
            return false;
        }

        request = new StowRequest(boundary);
        return true;
    }

    private static bool Is(MediaTypeHeaderValue type, string name) => type.MediaType.Equals(name, StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// Type and parameters of a Content-Type. The framework's parser wants quotes around a value with a slash, as RFC 2045 does;
    /// many senders write <c>type=application/dicom</c> without.
    /// </summary>
    private static (string Type, Dictionary<string, string> Parameters) Split(string text)
    {
        var parameters = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var type = text.Split(';', 2)[0].Trim();
        var rest = text.AsSpan(Math.Min(text.Length, text.IndexOf(';', StringComparison.Ordinal) is >= 0 and var end ? end + 1 : text.Length));
        while (rest.IndexOf('=') is > 0 and var equals)
        {
            var name = rest[..equals].Trim().ToString();
            rest = rest[(equals + 1)..].TrimStart();
            var quoted = rest.StartsWith("\"");
            rest = quoted ? rest[1..] : rest;
            var length = rest.IndexOf(quoted ? '"' : ';');
            var value = length < 0 ? rest : rest[..length];
            parameters.TryAdd(name, (quoted ? value : value.Trim()).ToString());
            rest = length < 0 ? [] : rest[length..];
            rest = rest.IndexOf(';') is >= 0 and var next ? rest[(next + 1)..] : [];
        }

        return (type, parameters);
    }

    /// <summary>Characters that RFC 2046 §5.1.1 allows. It allows 70 of them; Orthanc's DICOMweb plugin sends 73.</summary>
    private static bool IsBoundary(string boundary) =>
        boundary.Length is > 0 and <= 200 && !boundary.EndsWith(' ')
        && boundary.All(letter => char.IsAsciiLetterOrDigit(letter) || "'()+_,-./:=? ".Contains(letter, StringComparison.Ordinal));
}
