namespace BrainTumorDicom.Slices.Conversion;

/// <summary>The last step from a converted slice to what the network reads. Training, evaluation and service all go through here.</summary>
public static class NetworkInput
{
    /// <summary>Whether <see cref="Finish"/> changes anything.</summary>
    public static bool IsIdentity(PreprocessingParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        return parameters.Clahe is null && !parameters.Symmetric;
    }

    /// <summary>Equalises the contrast where the model asks for it, then brings the values to the model's range, in place.</summary>
    /// <param name="parameters">The model's preprocessing.</param>
    /// <param name="slice">[Size × Size], row-major, each in [0, 1], as <see cref="SliceConverter"/> gives it; becomes what the network reads.</param>
    public static void Finish(PreprocessingParameters parameters, Span<float> slice)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        if (parameters.Clahe is { } clahe)
        {
            Clahe.Apply(clahe, parameters.Size, slice);
        }

        if (parameters.Symmetric)
        {
            foreach (ref var value in slice)
            {
                value = (2 * value) - 1;
            }
        }
    }

    /// <summary>Writes the mirror image (left and right exchanged) of slices.</summary>
    /// <param name="slices">[n × size × size], row-major.</param>
    /// <param name="size">Columns.</param>
    /// <param name="mirrored">Receives them; as long as <paramref name="slices"/>.</param>
    public static void Mirror(ReadOnlySpan<float> slices, int size, Span<float> mirrored)
    {
        slices.CopyTo(mirrored);
        for (var row = 0; row < mirrored.Length; row += size)
        {
            mirrored.Slice(row, size).Reverse();
        }
    }
}
