using System.Collections.Immutable;
using BrainTumorDicom.Classification.Findings;

namespace BrainTumorDicom.Classification.Selection;

/// <summary>What the headers of a series say of it: one stack of slices to analyse, or why not.</summary>
/// <param name="Refusal">Why the series is refused, or <see langword="null"/>.</param>
/// <param name="Stack">The slices to analyse, ordered along the normal; empty when refused.</param>
/// <param name="LeftOut">The slices that take no part; all of them when refused.</param>
/// <param name="Preference">Which weighting it has.</param>
internal sealed record SeriesSelection(
    FindingReason? Refusal, ImmutableArray<StackSlice> Stack, ImmutableArray<LeftOutSlice> LeftOut, SequencePreference Preference);
