using BrainTumorDicom.Classification.Model;

namespace BrainTumorDicom.Training.Evaluation;

/// <summary>Learns the input gate from what the network makes of its training slices.</summary>
internal static class GateStatistics
{
    /// <summary>Part of the held-out slices that the gate must let through.</summary>
    public const double Accepted = 0.995;

    // A feature that never moves would make every distance infinite.
    private const float SmallestVariance = 1e-6f;

    /// <summary>Means by class and the pooled variance of the training features; the threshold from the held-out ones.</summary>
    public static FeatureGate Fit(Predictions train, Predictions heldOut, int classes)
    {
        var width = train.Width;
        var counts = new int[classes];
        var means = new double[classes * width];
        for (var i = 0; i < train.Count; i++)
        {
            counts[train.Labels[i]]++;
            var features = train.FeaturesOf(i);
            for (var f = 0; f < width; f++)
            {
                means[(train.Labels[i] * width) + f] += features[f];
            }
        }

        for (var m = 0; m < means.Length; m++)
        {
            means[m] /= Math.Max(1, counts[m / width]);
        }

        var variances = new double[width];
        for (var i = 0; i < train.Count; i++)
        {
            var features = train.FeaturesOf(i);
            for (var f = 0; f < width; f++)
            {
                var difference = features[f] - means[(train.Labels[i] * width) + f];
                variances[f] += difference * difference / train.Count;
            }
        }

        var gate = new FeatureGate(
            [.. means.Select(mean => (float)mean)], [.. variances.Select(variance => Math.Max(SmallestVariance, (float)variance))], 1);
        var distances = Enumerable.Range(0, heldOut.Count).Select(i => gate.Distance(heldOut.FeaturesOf(i))).Order().ToArray();
        var threshold = distances.Length == 0 ? 1 : distances[Math.Min(distances.Length - 1, (int)(distances.Length * Accepted))];
        return gate with { Threshold = threshold };
    }
}
