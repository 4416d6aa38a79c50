using System.Collections.Immutable;

namespace BrainTumorDicom.Classification.Findings;

/// <summary>What the model said of one slice.</summary>
/// <param name="SopClassUid">SOP Class of the source instance.</param>
/// <param name="SopInstanceUid">The source instance.</param>
/// <param name="FrameNumber">1-based frame of a multi-frame instance; <see langword="null"/> for a single-frame one.</param>
/// <param name="InstanceNumber">Instance Number (0020,0013), or <see langword="null"/>.</param>
/// <param name="PositionMillimetres">Position along the slice normal in mm; <see langword="null"/> when unknown.</param>
/// <param name="Probabilities">[4] calibrated probabilities in the order of <see cref="TumorClass"/>; empty when the slice was left out.</param>
/// <param name="LeftOut">Why the slice took no part (edge of the head, unlike the training slices, unreadable), or <see langword="null"/>.</param>
/// <param name="AttentionRow">Centre of attention for the leading class, in [0, 1] from the top of the network's input; NaN when left out.</param>
/// <param name="AttentionColumn">The same from its left edge.</param>
public sealed record SliceFinding(
    string SopClassUid,
    string SopInstanceUid,
    int? FrameNumber,
    int? InstanceNumber,
    double? PositionMillimetres,
    ImmutableArray<double> Probabilities,
    FindingReason? LeftOut,
    double AttentionRow = double.NaN,
    double AttentionColumn = double.NaN)
{
    /// <summary>The attention map of the answer's class; kept of the slices that carry the answer, for their pictures, else <see langword="null"/>. Not in finding.json.</summary>
    public AttentionMap? Attention { get; init; }
}
