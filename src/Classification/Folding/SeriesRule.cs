using System.Collections.Immutable;
using System.Globalization;
using BrainTumorDicom.Classification.Findings;
using BrainTumorDicom.Classification.Model;

namespace BrainTumorDicom.Classification.Folding;

/// <summary>Folds the slices of a series into one answer.</summary>
/// <remarks>
/// A tumour is a thing with an extent: it is on neighbouring slices, at one place. A slice network's false alarms on whole heads are
/// not: they flicker, and where they last, at the vertex or the skull base, they look at different places. So:
/// <list type="number">
/// <item>Each slice gives the log-odds of any tumour, bounded to ±4, so that no single slice can outvote its neighbours.</item>
/// <item>The evidence of a window is the mean log-odds of as many neighbouring slices as make both the least number and the least
/// extent. A slice that looks further from the window's middle than allowed counts against it, and three quarters must agree.</item>
/// <item>The best window, lengthened by the neighbours that still speak for a tumour, is a run; the next best one outside it is
/// another. The series is a tumour with the probability of its heaviest run's best window.</item>
/// <item>The classes share it by the squared sums of their probabilities over the run: agreement counts, a dissenting edge slice
/// does not turn the answer. That there is a tumour and which one are two questions: a mass is reported under the class with most of
/// the evidence, with the probabilities of all, unless no class has the least share.</item>
/// <item>A run of pituitary tumour longer than any is the skull base: it answers nothing and contradicts nothing.</item>
/// <item>Two runs of similar weight that differ in class, or lie further apart than one tumour reaches, are a contradiction.</item>
/// </list>
/// </remarks>
internal static class SeriesRule
{
    // A second run at least this fraction of the heaviest is not to be overlooked.
    private const double SimilarMass = 0.5;

    // The skull base, bright after contrast, is often called one: as a second run it must weigh nearly as much.
    private const double SimilarPituitaryMass = 0.8;

    // A slice whose own evidence is mostly for another class does not carry the answer.
    private const double LeastSliceShare = 0.4;

    // Slices further apart than this many slice distances are no neighbours.
    private const double MostGap = 2.5;

    /// <summary>The answer for slices in the order of their positions.</summary>
    public static SeriesAnswer Fold(IReadOnlyList<SliceEvidence> slices, SeriesRuleParameters rule)
    {
        var runs = Runs(slices, rule);
        if (runs.Count == 0)
        {
            return None(1 - Window.Best(slices, rule, 0, slices.Count - 1, out _));
        }

        var plausible = runs.Where(run => IsPlausible(run, rule)).ToArray();
        var main = (plausible.Length > 0 ? plausible : [.. runs]).MaxBy(run => run.Mass)!;
        var probabilities = Probabilities(main);
        var leading = main.Leading;
        var reason = Implausible(main, rule)
            ?? Contradiction(plausible, main, rule)
            ?? (main.Probability < rule.ReportThreshold ? ReasonCodes.LowConfidence.With(Describe(probabilities))
                : main.Shares[(int)leading] < rule.MinimumClassShare ? ReasonCodes.Contradicting.With(Describe(probabilities))
                : null);
        return reason is null
            ? new SeriesAnswer(Disposition.TargetTumor, null, leading, probabilities, Carrying(slices, main, leading))
            : new SeriesAnswer(Disposition.Abstained, reason, null, probabilities, []);
    }

    private static SeriesAnswer None(double none)
    {
        var rest = (1 - none) / 3;
        return new SeriesAnswer(Disposition.NoTargetTumor, null, TumorClass.NoTumor, [rest, rest, none, rest], []);
    }

    private static List<EvidenceRun> Runs(IReadOnlyList<SliceEvidence> slices, SeriesRuleParameters rule)
    {
        var runs = new List<EvidenceRun>();
        Search(0, slices.Count - 1);
        return runs;

        void Search(int first, int last)
        {
            var probability = Window.Best(slices, rule, first, last, out var window);
            if (probability < rule.AbstainThreshold)
            {
                return;
            }

            var run = Lengthen(slices, window, probability, first, last, rule);
            runs.Add(run);
            Search(first, run.First - 1);
            Search(run.Last + 1, last);
        }
    }

    private static EvidenceRun Lengthen(
        IReadOnlyList<SliceEvidence> slices, (int First, int Last) window, double probability, int least, int most, SeriesRuleParameters rule)
    {
        var (first, last) = window;
        var centre = Window.Centre(slices, first, last);
        var gap = MostGap * Window.Spacing(slices);
        while (first > least && Speaks(first - 1) && slices[first].Position - slices[first - 1].Position <= gap)
        {
            first--;
        }

        while (last < most && Speaks(last + 1) && slices[last + 1].Position - slices[last].Position <= gap)
        {
            last++;
        }

        var run = Enumerable.Range(first, last - first + 1).Select(i => slices[i]).Where(slice => slice.LogOdds > 0).ToArray();
        var mass = run.Sum(slice => slice.LogOdds) * Window.Spacing(slices);
        var extent = slices[last].Position - slices[first].Position + Window.Spacing(slices);
        return new EvidenceRun(first, last, extent, probability, mass, Shares(run), Window.Centre(slices, first, last));

        bool Speaks(int i) => slices[i].LogOdds > 0 && Window.IsNear(slices[i], centre, rule);
    }

    private static ImmutableArray<double> Shares(SliceEvidence[] run)
    {
        var shares = new double[TumorClasses.Count];
        for (var c = 0; c < shares.Length; c++)
        {
            var sum = c == (int)TumorClass.NoTumor ? 0 : run.Sum(slice => slice.Probabilities[c]);
            shares[c] = sum * sum;
        }

        var total = shares.Sum();
        return [.. shares.Select(share => total > 0 ? share / total : 0)];
    }

    private static ImmutableArray<double> Probabilities(EvidenceRun run)
    {
        var probabilities = run.Shares.Select(share => share * run.Probability).ToArray();
        probabilities[(int)TumorClass.NoTumor] = 1 - run.Probability;
        return [.. probabilities];
    }

    // A pituitary tumour grows out of the sella; the largest rarely pass 4 cm. What looks like one over more is the skull base.
    private static bool IsPlausible(EvidenceRun run, SeriesRuleParameters rule) =>
        run.Leading != TumorClass.Pituitary || run.Extent <= rule.MaximumPituitaryMillimetres;

    private static FindingReason? Implausible(EvidenceRun main, SeriesRuleParameters rule) => IsPlausible(main, rule) ? null
        : ReasonCodes.Implausible.With(string.Create(CultureInfo.InvariantCulture, $"{main.Leading.Label()} over {main.Extent:F0} mm"));

    private static FindingReason? Contradiction(EvidenceRun[] runs, EvidenceRun main, SeriesRuleParameters rule)
    {
        foreach (var other in runs.Where(run => run != main && run.Mass >= main.Mass * (run.Leading == TumorClass.Pituitary ? SimilarPituitaryMass : SimilarMass)))
        {
            if (other.Leading != main.Leading)
            {
                return ReasonCodes.Contradicting.With($"{main.Leading.Label()} in one place, {other.Leading.Label()} in another");
            }

            var distance = main.Centre.DistanceTo(other.Centre);
            if (distance > rule.MaximumScatterMillimetres)
            {
                return ReasonCodes.Scattered.With(string.Create(CultureInfo.InvariantCulture, $"two places {distance:F0} mm apart"));
            }
        }

        return null;
    }

    private static ImmutableArray<int> Carrying(IReadOnlyList<SliceEvidence> slices, EvidenceRun run, TumorClass leading) =>
    [
        .. Enumerable.Range(run.First, run.Last - run.First + 1)
            .Where(i => slices[i].LogOdds > 0 && slices[i].Probabilities[(int)leading] >= LeastSliceShare * (1 - slices[i].Probabilities[(int)TumorClass.NoTumor]))
            .OrderByDescending(i => slices[i].Probabilities[(int)leading])
            .ThenBy(i => i),
    ];

    private static string Describe(ImmutableArray<double> probabilities) => string.Join(", ", TumorClasses.Labels.Select((label, i) =>
        string.Create(CultureInfo.InvariantCulture, $"{label} {100 * probabilities[i]:F1} %")));
}
