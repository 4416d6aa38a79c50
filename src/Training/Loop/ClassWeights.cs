using BrainTumorDicom.Training.Data;

namespace BrainTumorDicom.Training.Loop;

/// <summary>Weights that give every class the same part in the loss, however many slices of it an epoch shows.</summary>
internal static class ClassWeights
{
    /// <summary>Inverse to the expected number of slices of each class in an epoch; their mean over the slices is 1.</summary>
    public static float[] Of(IReadOnlyList<Sample> samples, EpochPlan plan, ClassScheme scheme)
    {
        var shown = new double[scheme.Count];
        var counts = samples.CountBy(sample => sample.Origin).ToDictionary();
        foreach (var sample in samples)
        {
            shown[scheme.IndexOf(sample.Label)] += (double)plan.Drawn[(int)sample.Origin] / counts[sample.Origin];
        }

        return Array.ConvertAll(shown, count => count == 0 ? 0 : (float)(shown.Sum() / (scheme.Count * count)));
    }
}
