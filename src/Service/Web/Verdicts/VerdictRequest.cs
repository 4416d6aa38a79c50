using System.Text.Json;
using System.Text.Json.Serialization;
using BrainTumorDicom.Classification.Findings;

namespace BrainTumorDicom.Service.Web.Verdicts;

/// <summary>A verdict as it is sent.</summary>
/// <param name="Class">glioma, meningioma, notumor or pituitary.</param>
/// <param name="Reader">Who reads: 1 to 64 characters.</param>
/// <param name="Comment">For people: at most 2,000 characters; may be missing.</param>
internal sealed record VerdictRequest(string Class, string Reader, string? Comment = null)
{
    /// <summary>The longest body in bytes.</summary>
    public const int MostBytes = 16 * 1024;

    private const int LongestReader = 64;
    private const int LongestComment = 2000;

    /// <summary>Reads and checks a body.</summary>
    /// <param name="json">UTF-8.</param>
    /// <param name="problem">What is wrong with it, in one line.</param>
    /// <returns>The verdict with its class in lower case and without blanks around reader and comment, or <see langword="null"/>.</returns>
    public static VerdictRequest? Read(ReadOnlySpan<byte> json, out string problem)
    {
        VerdictRequest? request;
        try
        {
            request = JsonSerializer.Deserialize(json, VerdictJson.Default.VerdictRequest);
        }
        catch (JsonException error)
        {
            problem = $"the body is no verdict: {error.Message.ReplaceLineEndings(" ")}";
            return null;
        }

        problem = request is null ? "the body is no verdict: null" : Problem(request);
        return problem.Length > 0 ? null : new VerdictRequest(request!.Class.ToLowerInvariant(), request.Reader.Trim(), (request.Comment ?? "").Trim());
    }

    private static string Problem(VerdictRequest request) =>
        !TumorClasses.TryParse(request.Class, out _) ? $"class is to be one of {string.Join(", ", TumorClasses.Labels)}"
        : request.Reader.Trim().Length is 0 or > LongestReader || request.Reader.Any(char.IsControl) ? $"reader is to be 1 to {LongestReader} characters without control characters"
        : request.Comment?.Length > LongestComment ? $"comment is to be at most {LongestComment} characters"
        : "";
}

/// <summary>Source-generated JSON of a verdict as it is sent: a field that is not known, or missing, is an error.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectRequiredConstructorParameters = true,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(VerdictRequest))]
internal sealed partial class VerdictJson : JsonSerializerContext;
