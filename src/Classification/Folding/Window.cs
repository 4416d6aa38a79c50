using BrainTumorDicom.Classification.Model;

namespace BrainTumorDicom.Classification.Folding;

/// <summary>The evidence of as many neighbouring slices as it takes for a tumour.</summary>
internal static class Window
{
    // Of ten slices two may dissent, of three none.
    private const double LeastAgreement = 0.75;

    /// <summary>The window with the strongest evidence.</summary>
    /// <param name="slices">All slices, by position.</param>
    /// <param name="rule">How many slices and mm a window has, and how far its slices may look apart.</param>
    /// <param name="first">First slice to look at.</param>
    /// <param name="last">Last slice to look at.</param>
    /// <param name="best">The window.</param>
    /// <returns>The probability of a tumour in it; 0 when there is no room for a window.</returns>
    public static double Best(IReadOnlyList<SliceEvidence> slices, SeriesRuleParameters rule, int first, int last, out (int First, int Last) best)
    {
        best = (0, -1);
        var length = Length(slices, rule);
        var strongest = 0.0;
        for (var start = first; start + length - 1 <= last; start++)
        {
            var probability = Probability(slices, rule, start, start + length - 1);
            if (probability > strongest)
            {
                strongest = probability;
                best = (start, start + length - 1);
            }
        }

        return strongest;
    }

    /// <summary>The median distance of neighbouring slices in mm.</summary>
    public static double Spacing(IReadOnlyList<SliceEvidence> slices)
    {
        var gaps = slices.Zip(slices.Skip(1), (a, b) => b.Position - a.Position).Order().ToArray();
        return gaps.Length == 0 ? 1 : Math.Max(gaps[gaps.Length / 2], 1e-3);
    }

    /// <summary>The place of some slices: the median of each coordinate, so that one that looks elsewhere does not move it.</summary>
    public static SliceEvidence Centre(IReadOnlyList<SliceEvidence> slices, int first, int last)
    {
        var own = Enumerable.Range(first, last - first + 1).Select(i => slices[i]).ToArray();
        return new SliceEvidence(Median(own.Select(s => s.Position)), [], Median(own.Select(s => s.AttentionRow)), Median(own.Select(s => s.AttentionColumn)));
    }

    /// <summary>Whether a slice looks at the place of <paramref name="centre"/>, within the slice.</summary>
    public static bool IsNear(SliceEvidence slice, SliceEvidence centre, SeriesRuleParameters rule) =>
        (slice with { Position = centre.Position }).DistanceTo(centre) <= rule.MaximumAttentionDistanceMillimetres;

    private static int Length(IReadOnlyList<SliceEvidence> slices, SeriesRuleParameters rule) =>
        (int)Math.Max(rule.MinimumRun, Math.Ceiling((rule.MinimumExtentMillimetres / Spacing(slices)) - 1e-6));

    private static double Probability(IReadOnlyList<SliceEvidence> slices, SeriesRuleParameters rule, int first, int last)
    {
        var centre = Centre(slices, first, last);
        var (sum, agreeing, length) = (0.0, 0, last - first + 1);
        for (var i = first; i <= last; i++)
        {
            var speaks = slices[i].LogOdds > 0 && IsNear(slices[i], centre, rule);
            agreeing += speaks ? 1 : 0;
            sum += speaks ? slices[i].LogOdds : -Math.Abs(slices[i].LogOdds);
        }

        var probability = 1 / (1 + Math.Exp(-sum / length));
        var agreement = (double)agreeing / length;

        // Two sure slices beside an unsure one are no run of three: below the least agreement a window never reaches one half.
        return agreement >= LeastAgreement ? probability : Math.Min(probability, agreement / LeastAgreement * 0.49);
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
