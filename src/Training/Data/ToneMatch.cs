namespace BrainTumorDicom.Training.Data;

/// <summary>Histogram matching: gives one slice the grey values of another, in the same order from dark to bright.</summary>
internal static class ToneMatch
{
    // Below it is background, which stays as it is: how much of the square the head fills must not matter.
    private const int Background = 20;

    /// <summary>Fills <paramref name="tones"/> [256] with the value in [0, 1] that each grey of <paramref name="source"/> takes.</summary>
    public static void Fill(ReadOnlySpan<byte> source, ReadOnlySpan<byte> style, Span<float> tones)
    {
        Span<int> from = stackalloc int[256];
        Span<int> to = stackalloc int[256];
        var fromTotal = Count(source, from);
        var toTotal = Count(style, to);
        var usable = fromTotal > 0 && toTotal > 0;
        var (below, reached, level) = (0L, 0L, Background);
        for (var i = 0; i < tones.Length; i++)
        {
            if (i < Background || !usable)
            {
                tones[i] = i / 255f;
                continue;
            }

            // The middle of the grey's own pixels decides, so that a wide flat grey goes to its centre.
            var rank = below + (from[i] / 2.0);
            while (level < 255 && (reached + to[level]) * (double)fromTotal < rank * toTotal)
            {
                reached += to[level++];
            }

            tones[i] = level / 255f;
            below += from[i];
        }
    }

    private static int Count(ReadOnlySpan<byte> pixels, Span<int> histogram)
    {
        histogram.Clear();
        foreach (var pixel in pixels)
        {
            histogram[pixel]++;
        }

        var total = 0;
        for (var i = Background; i < histogram.Length; i++)
        {
            total += histogram[i];
        }

        return total;
    }
}
