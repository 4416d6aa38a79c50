using System.Collections.Immutable;

namespace BrainTumorDicom.Classification.Model;

/// <summary>How slice probabilities are folded into one answer for the series.</summary>
/// <remarks>
/// Why these numbers. Three slices and 6 mm: a false alarm of the network lasts one or two slices. 0.75: above the strongest evidence on
/// fourteen series without tumour (0.65, a skull-stripped average brain), below that on phantoms. 75 mm: the maps are coarse, a
/// centre that is half a head away is another place all the same. 90 mm: longer than a tumour. 50 mm: the largest pituitary tumours,
/// 4 cm, and a thick slice at each end. 0.125: <see cref="Analysis.CentralTissue"/> has the figures.
/// </remarks>
/// <param name="ReportThreshold">Series probability of a tumour class from which it is reported.</param>
/// <param name="AbstainThreshold">Below it the series counts as free of target tumour; between the two the answer is an abstention.</param>
/// <param name="MinimumRun">Fewest neighbouring slices that must agree.</param>
/// <param name="MinimumExtentMillimetres">Least extent of such a run along the slice normal.</param>
/// <param name="MinimumHeadFraction">Slices whose head area is a smaller fraction of the largest in the series are left out.</param>
/// <param name="MaximumUnlikeFraction">Largest fraction of slices outside the input gate before the series is abstained from.</param>
/// <param name="MaximumAttentionDistanceMillimetres">How far from the middle of a run, within the slice, the network may look for its slices to count as one place.</param>
/// <param name="MaximumScatterMillimetres">Evidence in two places further apart than this is not one tumour.</param>
/// <param name="MinimumCentralTissue">Least median of the input in the middle of the head; a slice below it shows no brain there.</param>
/// <param name="MaximumPituitaryMillimetres">Longest run along the slice normal that counts as a pituitary tumour; what is longer is the skull base.</param>
public sealed record SeriesRuleParameters(
    double ReportThreshold = 0.75,
    double AbstainThreshold = 0.5,
    int MinimumRun = 3,
    double MinimumExtentMillimetres = 6,
    double MinimumHeadFraction = 0.45,
    double MaximumUnlikeFraction = 0.5,
    double MaximumAttentionDistanceMillimetres = 75,
    double MaximumScatterMillimetres = 90,
    double MinimumCentralTissue = 0.125,
    double MaximumPituitaryMillimetres = 50)
{
    /// <summary>
    /// Weightings (<c>t1-contrast</c>, <c>t1</c>, <c>flair</c>, <c>t2</c>, <c>other</c>) in which the model finds so many tumours that a series
    /// without evidence is free of them; in others it is abstained from. Empty for all.
    /// </summary>
    public ImmutableArray<string> SensitiveWeightings { get; init; } = [];
}
