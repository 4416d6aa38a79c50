namespace BrainTumorDicom.Training.Evaluation;

/// <summary>Tumour or none.</summary>
/// <param name="Sensitivity">Fraction of the slices with a tumour that are called one.</param>
/// <param name="Specificity">Fraction of the slices without that are called none.</param>
/// <param name="Auc">Area under the ROC curve: how often a slice with a tumour gets a higher score than one without.</param>
/// <param name="Cleared">Triage: the largest fraction of all slices that can be put aside as clear, least suspicious first, before the first one with a tumour is among them.</param>
public sealed record BinaryFigures(Interval Sensitivity, Interval Specificity, double Auc, double Cleared)
{
    /// <summary>The figures, from results of two or four classes.</summary>
    internal static BinaryFigures Of(IReadOnlyList<SliceResult> results, GroupBootstrap bootstrap)
    {
        var binary = results.Select(result => result.ToBinary()).ToArray();
        var totals = Totals.Of(binary, 2);
        var draws = bootstrap.Draw(binary, 2);
        var sorted = binary.OrderBy(result => result.Probabilities[1]).ThenByDescending(result => result.Label).ToArray();
        var first = Array.FindIndex(sorted, result => result.Label == 1);
        return new BinaryFigures(
            GroupBootstrap.Of(totals.Recall(1), draws.Select(draw => draw.Recall(1))),
            GroupBootstrap.Of(totals.Recall(0), draws.Select(draw => draw.Recall(0))),
            AreaUnderCurve(binary),
            sorted.Length == 0 ? 0 : (first < 0 ? sorted.Length : first) / (double)sorted.Length);
    }

    // By the sum of ranks (Mann and Whitney, 1947); equal scores share their mean rank.
    private static double AreaUnderCurve(SliceResult[] results)
    {
        var positive = results.Count(result => result.Label == 1);
        var negative = results.Length - positive;
        if (positive == 0 || negative == 0)
        {
            return double.NaN;
        }

        var (ranks, below) = (0.0, 0);
        foreach (var score in results.GroupBy(result => result.Probabilities[1]).OrderBy(group => group.Key))
        {
            var count = score.Count();
            ranks += score.Count(result => result.Label == 1) * (below + ((count + 1) / 2.0));
            below += count;
        }

        return (ranks - (positive * (positive + 1.0) / 2)) / ((double)positive * negative);
    }
}
