namespace BrainTumorDicom.Classification.Model;

/// <summary>How slice probabilities are folded into one answer for the series.</summary>
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
    double ReportThreshold = 0.8,
    double AbstainThreshold = 0.5,
    int MinimumRun = 3,
    double MinimumExtentMillimetres = 6,
    double MinimumHeadFraction = 0.45,
    double MaximumUnlikeFraction = 0.5,
    double MaximumAttentionDistanceMillimetres = 45,
    double MaximumScatterMillimetres = 70,
    double MinimumCentralTissue = 0.125,
    double MaximumPituitaryMillimetres = 42);
