namespace BrainTumorDicom.Training.Evaluation;

/// <summary>What a model says of a list of slices.</summary>
/// <param name="Logits">[n × classes].</param>
/// <param name="Features">[n × F].</param>
/// <param name="Labels">[n] true classes.</param>
internal sealed record Predictions(float[] Logits, float[] Features, int[] Labels)
{
    /// <summary>How many slices.</summary>
    public int Count => Labels.Length;

    /// <summary>How many classes.</summary>
    public int Classes => Count == 0 ? 0 : Logits.Length / Count;

    /// <summary>How many features.</summary>
    public int Width => Count == 0 ? 0 : Features.Length / Count;

    /// <summary>The logits of slice <paramref name="index"/>.</summary>
    public ReadOnlySpan<float> LogitsOf(int index) => Logits.AsSpan(index * Classes, Classes);

    /// <summary>The features of slice <paramref name="index"/>.</summary>
    public ReadOnlySpan<float> FeaturesOf(int index) => Features.AsSpan(index * Width, Width);

    /// <summary>The class with the largest logit.</summary>
    public int AnswerOf(int index)
    {
        var logits = LogitsOf(index);
        var best = 0;
        for (var i = 1; i < logits.Length; i++)
        {
            best = logits[i] > logits[best] ? i : best;
        }

        return best;
    }

    /// <summary>These and then those.</summary>
    public Predictions With(Predictions others) =>
        new([.. Logits, .. others.Logits], [.. Features, .. others.Features], [.. Labels, .. others.Labels]);

    /// <summary>The slices for which <paramref name="wanted"/> is true of their index.</summary>
    public Predictions Where(Func<int, bool> wanted)
    {
        var indices = Enumerable.Range(0, Count).Where(wanted).ToArray();
        return new Predictions(
            [.. indices.SelectMany(i => LogitsOf(i).ToArray())],
            [.. indices.SelectMany(i => FeaturesOf(i).ToArray())],
            [.. indices.Select(i => Labels[i])]);
    }
}
