using BrainTumorDicom.Classification.Model;

namespace BrainTumorDicom.Training.Evaluation;

/// <summary>Computes the figures of an evaluation.</summary>
internal static class Figures
{
    private const int CalibrationBins = 15;

    /// <summary>All figures, with the probabilities at <paramref name="temperature"/>.</summary>
    public static EvaluationFigures Of(Predictions predictions, int classes, double temperature)
    {
        var confusion = new int[classes * classes];
        for (var i = 0; i < predictions.Count; i++)
        {
            confusion[(predictions.Labels[i] * classes) + predictions.AnswerOf(i)]++;
        }

        var right = Enumerable.Range(0, classes).Sum(c => confusion[(c * classes) + c]);
        return new EvaluationFigures(
            predictions.Count,
            Ratio(right, predictions.Count),
            [.. Enumerable.Range(0, classes).Select(c => Ratio(
                confusion[(c * classes) + c], Enumerable.Range(0, classes).Sum(other => confusion[(c * classes) + other])))],
            [.. Enumerable.Range(0, classes).Select(c => Ratio(
                confusion[(c * classes) + c], Enumerable.Range(0, classes).Sum(other => confusion[(other * classes) + c])))],
            CalibrationError(predictions, temperature),
            [.. confusion]);
    }

    /// <summary>Expected calibration error: over bins of confidence, the mean distance between confidence and accuracy.</summary>
    public static double CalibrationError(Predictions predictions, double temperature)
    {
        var count = new int[CalibrationBins];
        var right = new double[CalibrationBins];
        var confidence = new double[CalibrationBins];
        for (var i = 0; i < predictions.Count; i++)
        {
            var answer = predictions.AnswerOf(i);
            var probability = Math.Exp(-NegativeLogLikelihood(predictions.LogitsOf(i), answer, temperature));
            var bin = Math.Min(CalibrationBins - 1, (int)(probability * CalibrationBins));
            count[bin]++;
            confidence[bin] += probability;
            right[bin] += answer == predictions.Labels[i] ? 1 : 0;
        }

        return Enumerable.Range(0, CalibrationBins).Sum(bin => Math.Abs(confidence[bin] - right[bin])) / Math.Max(1, predictions.Count);
    }

    /// <summary>-log of the probability of class <paramref name="label"/>.</summary>
    public static double NegativeLogLikelihood(ReadOnlySpan<float> logits, int label, double temperature)
    {
        var largest = double.NegativeInfinity;
        foreach (var logit in logits)
        {
            largest = Math.Max(largest, logit / temperature);
        }

        var sum = 0.0;
        foreach (var logit in logits)
        {
            sum += Math.Exp((logit / temperature) - largest);
        }

        return largest + Math.Log(sum) - (logits[label] / temperature);
    }

    // A class without slices, or never answered, counts as 0.
    private static double Ratio(int part, int whole) => whole == 0 ? 0 : (double)part / whole;
}
