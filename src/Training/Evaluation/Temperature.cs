namespace BrainTumorDicom.Training.Evaluation;

/// <summary>Temperature scaling (Guo et al., 2017): the divisor of the logits with which held-out slices are most likely.</summary>
internal static class Temperature
{
    private const double Lowest = 0.05;
    private const double Highest = 20;
    private static readonly double GoldenPart = (Math.Sqrt(5) - 1) / 2;

    /// <summary>Fits it by golden section over its logarithm; 1 without slices.</summary>
    public static double Fit(Predictions predictions)
    {
        if (predictions.Count == 0)
        {
            return 1;
        }

        var (low, high) = (Math.Log(Lowest), Math.Log(Highest));
        while (high - low > 1e-4)
        {
            var left = high - (GoldenPart * (high - low));
            var right = low + (GoldenPart * (high - low));
            if (Loss(predictions, Math.Exp(left)) < Loss(predictions, Math.Exp(right)))
            {
                high = right;
            }
            else
            {
                low = left;
            }
        }

        return Math.Exp((low + high) / 2);
    }

    private static double Loss(Predictions predictions, double temperature)
    {
        var sum = 0.0;
        for (var i = 0; i < predictions.Count; i++)
        {
            sum += Figures.NegativeLogLikelihood(predictions.LogitsOf(i), predictions.Labels[i], temperature);
        }

        return sum / predictions.Count;
    }
}
