using System.Globalization;
using BrainTumorDicom.Training.Data;

namespace BrainTumorDicom.Training.Evaluation;

/// <summary>What the missed slices of a class have in common, beside those found.</summary>
/// <param name="Label">The class, as an output of the model.</param>
/// <param name="Missed">How many were missed.</param>
/// <param name="Count">Of how many.</param>
/// <param name="MissedLook">Medians over the missed ones.</param>
/// <param name="FoundLook">Medians over those found.</param>
/// <param name="Text">In words.</param>
public sealed record MissPattern(int Label, int Missed, int Count, MassLook MissedLook, MassLook FoundLook, string Text)
{
    // With fewer, a median says nothing.
    private const int Fewest = 5;

    /// <summary>The patterns of all classes that have slices.</summary>
    internal static IEnumerable<MissPattern> Of(IReadOnlyList<SliceResult> results, ClassScheme scheme) =>
        results.GroupBy(result => result.Label).OrderBy(group => group.Key).Select(group => Of(group.Key, [.. group], scheme));

    private static MissPattern Of(int label, SliceResult[] own, ClassScheme scheme)
    {
        var missed = own.Where(result => !result.IsRight).ToArray();
        var found = own.Where(result => result.IsRight).ToArray();

        // A slice without tumour has no mass: what counts there is what was taken for one.
        var tumour = label != scheme.NoTumor;
        var missedLook = Median(missed, result => result.LookAt(tumour ? label : result.Answer));
        var foundLook = tumour ? Median(found, result => result.LookAt(label)) : default;
        return new MissPattern(label, missed.Length, own.Length, missedLook, foundLook, Describe(label, own, missed, found, missedLook, foundLook, scheme));
    }

    private static string Describe(
        int label, SliceResult[] own, SliceResult[] missed, SliceResult[] found, MassLook missedLook, MassLook foundLook, ClassScheme scheme)
    {
        var name = scheme.Labels[label];
        if (missed.Length == 0)
        {
            return Say($"None of the {own.Length} slices of {name} is missed.");
        }

        var answers = string.Join(", ", missed.CountBy(result => result.Answer).OrderByDescending(pair => pair.Value).Select(pair => Say($"{pair.Value} for {scheme.Labels[pair.Key]}")));
        var text = Say($"{missed.Length} of {own.Length} slices of {name} are missed, taken {answers}.");
        var sure = missed.Count(result => result.Confidence > 0.9);
        text += Say($" In {sure} of them the model is more than 90 % sure.");
        if (found.Length == 0)
        {
            return text + " None is found: the model does not know this class.";
        }

        if (missed.Length < Fewest || found.Length < Fewest)
        {
            return text + " Too few to see a pattern: look at the pictures.";
        }

        text += label == scheme.NoTumor
            ? Say($" What is taken for a mass covers {missedLook.Size:P1} of the head (median), lies {missedLook.EdgeDistance:P0} of the side from its edge, and is {missedLook.Contrast:F1} standard deviations brighter than it.")
            : " " + Compared(missedLook, foundLook);
        return text + PlanesOf(missed, found) + SourcesOf(missed, found);
    }

    private static string Compared(MassLook missed, MassLook found) => Say(
        $"Where the attention for the class points, the bright part of the missed ones is {Than(missed.Size, found.Size, "larger", "smaller")} (median {missed.Size:P1} of the head against {found.Size:P1}), {Than(missed.EdgeDistance, found.EdgeDistance, "farther from", "nearer to")} the edge ({missed.EdgeDistance:P0} of the side against {found.EdgeDistance:P0}), and stands out {Than(missed.Contrast, found.Contrast, "more", "less")} ({missed.Contrast:F1} standard deviations against {found.Contrast:F1}).");

    private static string Than(double a, double b, string more, string less) =>
        a > 1.1 * b ? more : a < 0.9 * b ? less : more is "farther from" ? "as far from" : more is "more" ? "as much" : "about as large";

    private static string PlanesOf(SliceResult[] missed, SliceResult[] found) => Most(
        missed, found, result => result.Sample.Facts?.Plane.ToString().ToLowerInvariant(), "look");

    private static string SourcesOf(SliceResult[] missed, SliceResult[] found) => Most(
        missed, found, result => result.Sample.Facts is { } facts ? Subgroups.SourceOf(facts) : null, "are");

    private static string Most(SliceResult[] missed, SliceResult[] found, Func<SliceResult, string?> part, string verb)
    {
        var known = missed.Select(part).OfType<string>().ToArray();
        if (known.Length == 0)
        {
            return "";
        }

        var (name, excess) = known.Distinct()
            .Select(value => (value, known.Count(other => other == value) / (double)known.Length - (found.Count(result => part(result) == value) / (double)found.Length)))
            .MaxBy(pair => pair.Item2);
        return excess < 0.15 ? "" : Say(
            $" {known.Count(value => value == name) / (double)known.Length:P0} of the missed {verb} {name}, of those found {found.Count(result => part(result) == name) / (double)found.Length:P0}.");
    }

    private static MassLook Median(SliceResult[] results, Func<SliceResult, MassLook> look)
    {
        var looks = results.Select(look).Where(value => value.Size > 0).ToArray();
        return looks.Length == 0 ? default : new MassLook(Of(value => value.Size), Of(value => value.EdgeDistance), Of(value => value.Contrast));

        double Of(Func<MassLook, double> figure) => looks.Select(figure).Order().ElementAt(looks.Length / 2);
    }

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
