using BrainTumorDicom.Classification.Findings;
using BrainTumorDicom.Training.Data;

namespace BrainTumorDicom.Training.Loop;

/// <summary>Weights that give every class the same part in the loss, however many slices of it an epoch shows.</summary>
internal static class ClassWeights
{
    private static readonly TumorClass[] Tumors = [TumorClass.Glioma, TumorClass.Meningioma, TumorClass.Pituitary];

    /// <summary>Inverse to the expected number of slices of each class in an epoch; their mean over the slices is 1.</summary>
    public static float[] Of(IReadOnlyList<Sample> samples, EpochPlan plan, ClassScheme scheme)
    {
        var shown = new double[scheme.Count];
        var counts = samples.CountBy(sample => sample.Origin).ToDictionary();
        foreach (var sample in samples)
        {
            var times = (double)plan.Drawn[(int)sample.Origin] / counts[sample.Origin];
            var tumor = TumorPart(sample);
            shown[scheme.NoTumor] += (1 - tumor) * times;
            foreach (var c in Tumors)
            {
                shown[scheme.IndexOf(c)] += times * tumor * (sample.Label == TumorClass.NoTumor ? 1.0 / Tumors.Length : sample.Label == c ? 1 : 0);
            }
        }

        return Array.ConvertAll(shown, count => count == 0 ? 0 : (float)(shown.Sum() / (scheme.Count * count)));
    }

    // How often a view of the slice shows a tumour.
    private static double TumorPart(Sample sample) => sample.Origin switch
    {
        _ when sample.Label != TumorClass.NoTumor => 1,
        SampleOrigin.Host => 1,
        SampleOrigin.Volume => Augmenter.TumorInVolume,
        _ => 0,
    };
}
