using BrainTumorDicom.Classification.Model;

namespace BrainTumorDicom.Training.Evaluation;

/// <summary>Learns the input gate from what the network makes of its training slices.</summary>
internal static class GateStatistics
{
    /// <summary>Part of the held-out slices that each of the two measures of the gate must let through.</summary>
    public const double Accepted = 0.996;

    // A feature that never moves would make every distance infinite.
    private const float SmallestVariance = 1e-6f;

    // More heads than this teach the direction away from heads nothing more.
    private const int MostHeads = 6000;

    /// <summary>Means by class and the pooled variance of the training features; the threshold from the held-out ones.</summary>
    /// <param name="train">Slices trained on.</param>
    /// <param name="heldOut">Slices held out.</param>
    /// <param name="others">Pictures that are no heads; none for a gate by distance alone.</param>
    /// <param name="classes">How many classes.</param>
    public static FeatureGate Fit(Predictions train, Predictions heldOut, Predictions others, int classes)
    {
        var gate = ByDistance(train, heldOut, classes);
        if (others.Count == 0)
        {
            return gate;
        }

        var step = Math.Max(1, train.Count / MostHeads);
        var heads = Standardised(gate, train, step);
        var weights = OutlierDirection.Fit(heads, Standardised(gate, others, step: 1));
        var withDirection = gate with { OutlierWeights = [.. weights.Select(weight => (float)weight)] };

        // Moved so that heads of both sides pass; the log-odds are what the distance holds beyond the threshold.
        var odds = Enumerable.Range(0, train.Count).Where(i => i % step == 0).Select(i => withDirection.OutlierLogOdds(train.FeaturesOf(i)))
            .Concat(Enumerable.Range(0, heldOut.Count).Select(i => withDirection.OutlierLogOdds(heldOut.FeaturesOf(i)))).Order().ToArray();
        weights[^1] -= odds[Math.Min(odds.Length - 1, (int)(odds.Length * Accepted))];
        return gate with { OutlierWeights = [.. weights.Select(weight => (float)weight)] };
    }

    private static float[][] Standardised(FeatureGate gate, Predictions predictions, int step) =>
        [.. Enumerable.Range(0, predictions.Count).Where(i => i % step == 0).Select(i => gate.Standardise(predictions.FeaturesOf(i)))];

    private static FeatureGate ByDistance(Predictions train, Predictions heldOut, int classes)
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
