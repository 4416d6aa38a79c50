using BrainTumorDicom.Classification.Findings;
using BrainTumorDicom.Training.Data;
using BrainTumorDicom.Training.Evaluation;

namespace BrainTumorDicom.Training.Tests.Evaluation;

/// <summary>Results made up for tests.</summary>
internal static class Results
{
    public static SliceResult Of(TumorClass label, int group, double[] probabilities, string name = "x.png", float[]? attention = null)
    {
        var input = new Half[32 * 32];
        Array.Fill(input, (Half)0.4f);
        for (var i = 0; i < 36; i++)
        {
            input[((4 + (i / 6)) * 32) + 4 + (i % 6)] = (Half)0.9f;
        }

        var scheme = probabilities.Length == 2 ? ClassScheme.Binary : ClassScheme.Four;
        return new SliceResult(
            new Sample(label, $"{label.Label()}/{name}", group, SampleOrigin.Main, [], input),
            scheme.IndexOf(label),
            Array.IndexOf(probabilities, probabilities.Max()),
            probabilities,
            attention ?? [.. Enumerable.Range(0, probabilities.Length).SelectMany(_ => new float[] { 1, 0, 0, 0 })],
            2,
            2,
            Distance: 1,
            Size: 32);
    }

    /// <summary>As sure as <paramref name="confidence"/> of <paramref name="answer"/>.</summary>
    public static double[] Sure(TumorClass answer, double confidence = 0.97)
    {
        var probabilities = Enumerable.Repeat((1 - confidence) / 3, 4).ToArray();
        probabilities[(int)answer] = confidence;
        return probabilities;
    }
}
