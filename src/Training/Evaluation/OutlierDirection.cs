namespace BrainTumorDicom.Training.Evaluation;

/// <summary>Logistic regression that tells features of heads from those of other pictures: on each feature, standardised and bounded, and on its square.</summary>
internal static class OutlierDirection
{
    private const int Rounds = 400;
    private const double Step = 0.02;
    private const double Decay = 2e-3;

    /// <summary>Fits it by Adam on all slices at once; heads and others count the same.</summary>
    /// <param name="heads">[n × width] standardised features of heads.</param>
    /// <param name="others">[m × width] of other pictures.</param>
    /// <returns>[2 × width + 1] weights of the features, of their squares, and the offset.</returns>
    public static double[] Fit(IReadOnlyList<float[]> heads, IReadOnlyList<float[]> others)
    {
        var width = heads[0].Length;
        var weights = new double[(2 * width) + 1];
        var momentum = new double[weights.Length];
        var variance = new double[weights.Length];
        for (var round = 1; round <= Rounds; round++)
        {
            var gradient = new double[weights.Length];
            Add(heads, target: 0, weights, gradient);
            Add(others, target: 1, weights, gradient);
            for (var i = 0; i < weights.Length; i++)
            {
                var slope = gradient[i] + (i < 2 * width ? Decay * weights[i] : 0);
                momentum[i] = (0.9 * momentum[i]) + (0.1 * slope);
                variance[i] = (0.999 * variance[i]) + (0.001 * slope * slope);
                weights[i] -= Step * (momentum[i] / (1 - Math.Pow(0.9, round))) / (Math.Sqrt(variance[i] / (1 - Math.Pow(0.999, round))) + 1e-8);
            }
        }

        return weights;
    }

    private static void Add(IReadOnlyList<float[]> slices, double target, double[] weights, double[] gradient)
    {
        var width = (weights.Length - 1) / 2;
        foreach (var features in slices)
        {
            var logit = weights[^1];
            for (var i = 0; i < width; i++)
            {
                logit += features[i] * (weights[i] + (features[i] * weights[width + i]));
            }

            var error = ((1 / (1 + Math.Exp(-logit))) - target) / slices.Count;
            for (var i = 0; i < width; i++)
            {
                gradient[i] += error * features[i];
                gradient[width + i] += error * features[i] * features[i];
            }

            gradient[^1] += error;
        }
    }
}
