using System.Globalization;

namespace BrainTumorDicom.Classification.Selection;

/// <summary>Whether all parts of split multi-frame images have come.</summary>
internal static class Concatenations
{
    // Enough to look for; a hostile total must not make a list of thousands.
    private const int MostNamed = 5;

    /// <summary>What is missing, a sentence for each concatenation that has a gap.</summary>
    public static IReadOnlyList<string> Missing(IEnumerable<SliceHeader> slices) =>
    [
        .. slices.Where(slice => slice.Concatenation is not null)
            .GroupBy(slice => slice.Concatenation!.Uid, StringComparer.Ordinal)
            .OrderBy(concatenation => concatenation.Key, StringComparer.Ordinal)
            .Select(Describe)
            .OfType<string>(),
    ];

    private static string? Describe(IEnumerable<SliceHeader> slices)
    {
        var parts = slices
            .GroupBy(slice => slice.Concatenation!)
            .Select(part => (part.Key.Number, part.Key.Total, Offset: part.Key.FrameOffset, Frames: part.Max(slice => slice.Frame) + 1))
            .OrderBy(part => part.Offset)
            .ToArray();
        var had = parts.Select(part => part.Number).ToHashSet();
        var total = Math.Max(parts.Max(part => part.Total) ?? 0, had.Max());
        var missing = Enumerable.Range(1, total).Where(number => !had.Contains(number)).Take(MostNamed + 1).ToArray();
        if (missing.Length > 0)
        {
            var named = string.Join(", ", missing.Take(MostNamed).Select(number => number.ToString(CultureInfo.InvariantCulture)));
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{(missing.Length == 1 ? "part" : "parts")} {named}{(missing.Length > MostNamed ? " and more" : "")} of {total} of a concatenation missing");
        }

        var next = 0;
        foreach (var (_, _, offset, frames) in parts)
        {
            if (offset > next)
            {
                return string.Create(CultureInfo.InvariantCulture, $"frames {next + 1} to {offset} of a concatenation missing");
            }

            next = Math.Max(next, offset + frames);
        }

        return null;
    }
}
