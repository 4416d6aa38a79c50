using System.Collections.Immutable;

namespace BrainTumorDicom.Classification.Findings;

/// <summary>The result of one series: the slices folded into one answer, or a coded reason why there is none.</summary>
/// <param name="SeriesInstanceUid">The source series.</param>
/// <param name="FrameOfReferenceUid">Frame of Reference UID, or <see langword="null"/>.</param>
/// <param name="SeriesNumber">Series Number, or <see langword="null"/>.</param>
/// <param name="Modality">Modality (0008,0060) as sent.</param>
/// <param name="Disposition">How the analysis ended.</param>
/// <param name="Reason">Set exactly when <paramref name="Disposition"/> is abstained, refused or error.</param>
/// <param name="Class">Set when the disposition is target tumour or no target tumour.</param>
/// <param name="Probabilities">[4] series-level calibrated probabilities in the order of <see cref="TumorClass"/>; empty when not analysed.</param>
/// <param name="Slices">Every slice of the series, in anatomical order; the ones left out too.</param>
/// <param name="CarryingSlices">The slices (a subset of <paramref name="Slices"/>) that carry the answer, strongest first; empty without a tumour.</param>
public sealed record SeriesFinding(
    string SeriesInstanceUid,
    string? FrameOfReferenceUid,
    int? SeriesNumber,
    string Modality,
    Disposition Disposition,
    FindingReason? Reason,
    TumorClass? Class,
    ImmutableArray<double> Probabilities,
    ImmutableArray<SliceFinding> Slices,
    ImmutableArray<SliceFinding> CarryingSlices)
{
    /// <summary>The weighting that the model knows best: most tumour slices of the training data have it.</summary>
    public const string KnownWeighting = "T1 with contrast agent";

    /// <summary>The weighting as the headers tell it, such as <see cref="KnownWeighting"/>; empty when the series was not analysed.</summary>
    public string Weighting { get; init; } = "";

    /// <summary>How many slices took part in the answer.</summary>
    public int AnalysedSliceCount => Slices.Count(slice => slice.LeftOut is null);
}
