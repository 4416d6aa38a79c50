using System.Text.Json;

namespace BrainTumorDicom.Service.Deliver;

/// <summary>What a FHIR server says of a refusal (FHIR R4 OperationOutcome), as one line.</summary>
internal static class OperationOutcomeText
{
    /// <summary>Longest line kept; some servers answer with a stack trace.</summary>
    private const int Longest = 500;

    /// <summary>The issues of <paramref name="answer"/> joined, or an empty string where it is no OperationOutcome.</summary>
    /// <param name="answer">UTF-8 JSON, or anything.</param>
    public static string Read(ReadOnlyMemory<byte> answer)
    {
        try
        {
            using var document = JsonDocument.Parse(answer);
            if (document.RootElement.ValueKind != JsonValueKind.Object
                || !document.RootElement.TryGetProperty("issue", out var issues)
                || issues.ValueKind != JsonValueKind.Array)
            {
                return "";
            }

            var line = string.Join("; ", issues.EnumerateArray().Select(Issue).Where(text => text.Length > 0)).ReplaceLineEndings(" ");
            return line.Length <= Longest ? line : line[..Longest];
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // JSON that is none, or a string of bytes that are no text (found only when it is asked for).
            return "";
        }
    }

    private static string Issue(JsonElement issue) =>
        Text(issue, "diagnostics") is { Length: > 0 } diagnostics ? diagnostics
        : issue.ValueKind == JsonValueKind.Object && issue.TryGetProperty("details", out var details) && Text(details, "text") is { Length: > 0 } text ? text
        : Text(issue, "code");

    private static string Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString() ?? ""
            : "";
}
