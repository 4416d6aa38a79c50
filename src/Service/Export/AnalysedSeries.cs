using System.Text.Json;

namespace BrainTumorDicom.Service.Export;

/// <summary>The series that decided a finding, as finding.json has it.</summary>
/// <param name="SeriesInstanceUid">Which; <see langword="null"/> where none was analysed.</param>
/// <param name="Carrying">SOP Instance UIDs of the slices that carry the answer.</param>
/// <param name="HasFrames">Whether they are frames of multi-frame images, which also have other frames.</param>
internal sealed record AnalysedSeries(string? SeriesInstanceUid, IReadOnlySet<string> Carrying, bool HasFrames)
{
    /// <summary>Reads finding.json.</summary>
    public static AnalysedSeries Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        return new AnalysedSeries(
            root.TryGetProperty("series", out var series) && series.ValueKind == JsonValueKind.String ? series.GetString() : null,
            root.TryGetProperty("carryingSlices", out var slices) && slices.ValueKind == JsonValueKind.Array
                ? slices.EnumerateArray().Select(slice => slice.GetString()!).ToHashSet(StringComparer.Ordinal)
                : new HashSet<string>(),
            root.TryGetProperty("carryingFrames", out var frames) && frames.ValueKind == JsonValueKind.Array && frames.GetArrayLength() > 0);
    }
}
