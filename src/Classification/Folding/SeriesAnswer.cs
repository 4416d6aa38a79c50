using System.Collections.Immutable;
using BrainTumorDicom.Classification.Findings;

namespace BrainTumorDicom.Classification.Folding;

/// <summary>The answer for a series.</summary>
/// <param name="Disposition">Target tumour, no target tumour, or abstained.</param>
/// <param name="Reason">Why it was abstained from.</param>
/// <param name="Class">The class of a result.</param>
/// <param name="Probabilities">[4] in class order.</param>
/// <param name="Carrying">Indices of the slices that carry a tumour, strongest first.</param>
internal sealed record SeriesAnswer(
    Disposition Disposition, FindingReason? Reason, TumorClass? Class, ImmutableArray<double> Probabilities, ImmutableArray<int> Carrying);
