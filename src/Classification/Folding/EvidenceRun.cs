using System.Collections.Immutable;
using BrainTumorDicom.Classification.Findings;

namespace BrainTumorDicom.Classification.Folding;

/// <summary>Neighbouring slices that speak for a tumour at one place in the head.</summary>
/// <param name="First">Index of the first slice.</param>
/// <param name="Last">Index of the last slice.</param>
/// <param name="Extent">From the first to the last slice, half a slice distance more at each end, in mm.</param>
/// <param name="Probability">That there is a tumour: from the mean log-odds of the best window in it.</param>
/// <param name="Mass">Sum of the positive log-odds times the slice distance, in mm: how much evidence it is.</param>
/// <param name="Shares">[4] how the evidence divides over the classes; 0 for no tumour, the others add up to 1.</param>
/// <param name="Centre">The place: the median of its slices.</param>
internal sealed record EvidenceRun(
    int First, int Last, double Extent, double Probability, double Mass, ImmutableArray<double> Shares, SliceEvidence Centre)
{
    /// <summary>The class with the largest share.</summary>
    public TumorClass Leading => (TumorClass)Shares.IndexOf(Shares.Max());
}
