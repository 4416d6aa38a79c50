using System.Collections.Immutable;
using BrainTumorDicom.Classification.Findings;

namespace BrainTumorDicom.Classification.Analysis;

/// <summary>The answer for one picture without a series around it.</summary>
/// <param name="Disposition">Target tumour or none; abstained when the picture is unlike the training slices or no class leads.</param>
/// <param name="Reason">Why it was abstained from.</param>
/// <param name="Probabilities">[4] calibrated, in class order.</param>
public sealed record ImageAnswer(Disposition Disposition, FindingReason? Reason, ImmutableArray<double> Probabilities);
