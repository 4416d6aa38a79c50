using BrainTumorDicom.Training.Data;

namespace BrainTumorDicom.Training.Loop;

/// <summary>Weights that give every class the same part in the loss, however many slices of it an epoch shows.</summary>
internal static class ClassWeights
{
    /// <summary>Inverse to the expected number of slices of each class in an epoch; their mean over the slices is 1.</summary>
    public static float[] Of(IReadOnlyList<Sample> samples, EpochPlan plan, int classes)
    {
        var shown = new double[classes];
        var counts = samples.CountBy(sample => sample.Origin).ToDictionary();
        foreach (var sample in samples)
        {
            shown[(int)sample.Label] += (double)plan.Drawn[(int)sample.Origin] / counts[sample.Origin];
        }

        return Array.ConvertAll(shown, count => count == 0 ? 0 : (float)(shown.Sum() / (classes * count)));
    }
}
