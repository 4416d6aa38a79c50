using System.Collections.Immutable;
using BrainTumorDicom.Classification.Findings;

namespace BrainTumorDicom.Classification.Execution;

/// <summary>What the model says of one slice.</summary>
/// <param name="Logits">[4] as the network gives them.</param>
/// <param name="Probabilities">[4] softmax of the logits over the temperature.</param>
/// <param name="Attention">[4 × height × width] attention maps, row-major; a view into the batch's own array.</param>
/// <param name="AttentionHeight">Rows of a map.</param>
/// <param name="AttentionWidth">Columns of a map.</param>
/// <param name="Features">[F] features before the last layer; a view into the batch's own array.</param>
/// <param name="Distance">Distance from the training features: the smallest mean of squared standardised differences over the classes.</param>
public sealed record SliceOutput(
    ImmutableArray<float> Logits,
    ImmutableArray<double> Probabilities,
    ReadOnlyMemory<float> Attention,
    int AttentionHeight,
    int AttentionWidth,
    ReadOnlyMemory<float> Features,
    double Distance)
{
    /// <summary>Whether it looks like a picture that shows no head.</summary>
    public bool IsNonHead { get; init; }

    /// <summary>The class with the highest probability.</summary>
    public TumorClass Leading => (TumorClass)Probabilities.IndexOf(Probabilities.Max());

    /// <summary>The attention map of a class, [height × width], row-major; a view into the batch's own array.</summary>
    public ReadOnlySpan<float> AttentionOf(TumorClass value) =>
        Attention.Span.Slice((int)value * AttentionHeight * AttentionWidth, AttentionHeight * AttentionWidth);

    /// <summary>Where the hot half of a class's attention map has its centre of gravity.</summary>
    /// <remarks>The hot half is what lies above the middle between the map's smallest and largest value, so scale and offset do not matter.</remarks>
    /// <returns>Row and column in [0, 1] of the network's input; the middle for a flat map.</returns>
    public (double Row, double Column) AttentionCentre(TumorClass value)
    {
        var map = AttentionOf(value);
        var (least, most) = (float.MaxValue, float.MinValue);
        foreach (var v in map)
        {
            least = Math.Min(least, v);
            most = Math.Max(most, v);
        }

        var middle = (least + most) / 2;
        double sum = 0, rows = 0, columns = 0;
        for (var i = 0; i < map.Length; i++)
        {
            var weight = Math.Max(0, map[i] - middle);
            sum += weight;
            rows += weight * ((i / AttentionWidth) + 0.5);
            columns += weight * ((i % AttentionWidth) + 0.5);
        }

        return sum > 0 ? (rows / sum / AttentionHeight, columns / sum / AttentionWidth) : (0.5, 0.5);
    }
}
