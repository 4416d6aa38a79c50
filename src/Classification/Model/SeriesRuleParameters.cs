using System.Collections.Immutable;

namespace BrainTumorDicom.Classification.Model;

/// <summary>How slice probabilities are folded into one answer for the series.</summary>
/// <remarks>
/// Why these numbers. Measured with brain-tumor-2 on sixteen series without tumour and 95 tumours put into them: three slices of any distance,
/// because one of a series of 1 mm may show no more, and 2.5 mm against finer ones; 0.9, at which no series without tumour was called one; 0.6,
/// below which two of them were abstained from and few of the tumours. 45 mm: the network looks at the same place in neighbouring
/// slices. 90 mm: longer than a tumour. 50 mm: the largest pituitary tumours, 4 cm, and a thick slice at each end. 0.125:
/// <see cref="Analysis.CentralTissue"/> has the figures.
/// </remarks>
/// <param name="ReportThreshold">Series probability of any tumour from which it is reported.</param>
/// <param name="AbstainThreshold">Below it the series counts as free of target tumour; between the two the answer is an abstention.</param>
/// <param name="MinimumRun">Fewest neighbouring slices that must agree.</param>
/// <param name="MinimumExtentMillimetres">Least extent of such a run along the slice normal.</param>
/// <param name="MinimumHeadFraction">Slices whose head area is a smaller fraction of the largest in the series are left out.</param>
/// <param name="MaximumUnlikeFraction">Largest fraction of slices outside the input gate before the series is abstained from.</param>
/// <param name="MaximumAttentionDistanceMillimetres">How far from the middle of a run, within the slice, the network may look for its slices to count as one place.</param>
/// <param name="MaximumScatterMillimetres">Evidence in two places further apart than this is not one tumour.</param>
/// <param name="MinimumCentralTissue">Least median of the input in the middle of the head; a slice below it shows no brain there.</param>
/// <param name="MaximumPituitaryMillimetres">Longest run along the slice normal that counts as a pituitary tumour; what is longer is the skull base.</param>
/// <param name="MinimumClassShare">Least part of the evidence for a tumour that the class with most of it must have.</param>
public sealed record SeriesRuleParameters(
    double ReportThreshold = 0.9,
    double AbstainThreshold = 0.6,
    int MinimumRun = 3,
    double MinimumExtentMillimetres = 2.5,
    double MinimumHeadFraction = 0.45,
    double MaximumUnlikeFraction = 0.5,
    double MaximumAttentionDistanceMillimetres = 45,
    double MaximumScatterMillimetres = 90,
    double MinimumCentralTissue = 0.125,
    double MaximumPituitaryMillimetres = 50,
    double MinimumClassShare = 0.5)
{
    /// <summary>
    /// Weightings (<c>t1-contrast</c>, <c>t1</c>, <c>flair</c>, <c>t2</c>, <c>other</c>, <c>unknown</c>) in which the model finds so many tumours that a series
    /// without evidence is free of them; in others it is abstained from. Empty for all.
    /// </summary>
    public ImmutableArray<string> SensitiveWeightings
    {
        // Default where a manifest says nothing of it.
        get => field.IsDefault ? [] : field;
        init;
    }

    = [];
}
