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

    /// <summary>Whether a part, or the whole body, is of type application/dicom.</summary>
    public static bool IsDicom(string contentType) => MediaTypeHeaderValue.TryParse(contentType, out var type) && Is(type, Dicom);

    /// <summary>Reads Content-Type.</summary>
    /// <param name="contentType">As it came.</param>
    /// <param name="request">What it says.</param>
    /// <param name="status">The HTTP status to refuse with, where it cannot be.</param>
    public static bool TryRead(string? contentType, [NotNullWhen(true)] out StowRequest? request, out int status)
    {
        request = null;
        status = StatusCodes.Status415UnsupportedMediaType;
        if (!MediaTypeHeaderValue.TryParse(contentType, out var type))
        {
            return false;
        }

        if (Is(type, Dicom))
        {
            request = new StowRequest("");
            return true;
        }

        // Some senders leave out the type of the root; the parts have their own.
        var root = Parameter(type, "type");
        if (!Is(type, "multipart/related") || (root.Length > 0 && !root.Equals(Dicom, StringComparison.OrdinalIgnoreCase)))
        {
            return false;
        }

        status = StatusCodes.Status400BadRequest;
        var boundary = Parameter(type, "boundary");
        if (!IsBoundary(boundary))
        {
            return false;
        }

        request = new StowRequest(boundary);
        return true;
    }

    private static bool Is(MediaTypeHeaderValue type, string name) => type.MediaType.Equals(name, StringComparison.OrdinalIgnoreCase);

    private static string Parameter(MediaTypeHeaderValue type, string name) =>
        HeaderUtilities.RemoveQuotes(type.Parameters.FirstOrDefault(one => one.Name.Equals(name, StringComparison.OrdinalIgnoreCase))?.Value ?? StringSegment.Empty).ToString();

    /// <summary>1 to 70 characters of those that RFC 2046 §5.1.1 allows.</summary>
    private static bool IsBoundary(string boundary) =>
        boundary.Length is > 0 and <= 70 && !boundary.EndsWith(' ')
        && boundary.All(letter => char.IsAsciiLetterOrDigit(letter) || "'()+_,-./:=? ".Contains(letter, StringComparison.Ordinal));
}
