namespace BrainTumorDicom.Training.Networks;

/// <summary>An input of the training graph that says which values a dropout keeps.</summary>
/// <param name="Name">The input, of truth values.</param>
/// <param name="Shape">Its extents.</param>
/// <param name="Probability">Part of the values that are dropped.</param>
internal sealed record DropoutMask(string Name, long[] Shape, double Probability)
{
    /// <summary>How many values.</summary>
    public int Size => (int)Shape.Aggregate(1L, (product, extent) => product * extent);

    /// <summary>Draws the mask: four values of 16 bits from each random number, so the probability is a multiple of 1/65536.</summary>
    public void Draw(ref SeededRandom random, Span<bool> kept)
    {
        var threshold = (ulong)Math.Round(Probability * 65536);
        for (var i = 0; i < kept.Length; i += 4)
        {
            var bits = random.NextBits();
            for (var j = i; j < Math.Min(i + 4, kept.Length); j++)
            {
                kept[j] = (bits & 0xFFFF) >= threshold;
                bits >>= 16;
            }
        }
    }
}
