using BrainTumorDicom.Training.Data;

namespace BrainTumorDicom.Training.Evaluation;

/// <summary>What a model says of one slice of a set.</summary>
/// <param name="Sample">The slice.</param>
/// <param name="Label">Its class, as an output of the model.</param>
/// <param name="Answer">The class answered.</param>
/// <param name="Probabilities">[classes] with the model's temperature.</param>
/// <param name="Attention">[maps × rows × columns] attention maps.</param>
/// <param name="AttentionRows">Rows of a map.</param>
/// <param name="AttentionColumns">Columns of a map.</param>
/// <param name="Distance">From the training features, for the input gate.</param>
/// <param name="Size">Rows and columns of the input.</param>
internal sealed record SliceResult(
    Sample Sample,
    int Label,
    int Answer,
    double[] Probabilities,
    ReadOnlyMemory<float> Attention,
    int AttentionRows,
    int AttentionColumns,
    double Distance,
    int Size)
{
    /// <summary>Whether the answer is right.</summary>
    public bool IsRight => Label == Answer;

    /// <summary>The probability of the answer.</summary>
    public double Confidence => Probabilities[Answer];

    /// <summary>The attention map of a class.</summary>
    public ReadOnlyMemory<float> MapOf(int index)
    {
        var length = AttentionRows * AttentionColumns;
        return Attention.Slice(index * length, length);
    }

    /// <summary>The slice in [0, 1].</summary>
    public float[] Picture() => Array.ConvertAll(Sample.Input, value => (float)value);

    /// <summary>What the place looks like that the attention of <paramref name="index"/> points at.</summary>
    public MassLook LookAt(int index) => MassLook.Of(Picture(), Size, MapOf(index).Span, AttentionRows, AttentionColumns);

    /// <summary>The answer of a model of four classes to whether there is a tumour at all.</summary>
    public SliceResult ToBinary()
    {
        if (Probabilities.Length == ClassScheme.Binary.Count)
        {
            return this;
        }

        var (none, length) = (ClassScheme.Four.NoTumor, AttentionRows * AttentionColumns);
        var maps = new float[2 * length];
        for (var i = 0; i < length; i++)
        {
            maps[i] = Attention.Span[(none * length) + i];
            maps[length + i] = Enumerable.Range(0, Probabilities.Length).Where(k => k != none).Max(k => Attention.Span[(k * length) + i]);
        }

        return this with
        {
            Label = ClassScheme.Binary.IndexOf(Sample.Label),
            Answer = Probabilities[none] >= 0.5 ? 0 : 1,
            Probabilities = [Probabilities[none], 1 - Probabilities[none]],
            Attention = maps,
        };
    }
}
