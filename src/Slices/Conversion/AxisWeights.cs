using System.Buffers;

namespace BrainTumorDicom.Slices.Conversion;

/// <summary>Resampling weights along one axis: area where pixels are merged, linear where they are stretched. Source outside the slice weighs nothing.</summary>
internal readonly struct AxisWeights : IDisposable
{
    private readonly float[] weights;
    private readonly int[] firsts;
    private readonly int[] counts;
    private readonly int taps;

    /// <summary>Weights for <paramref name="size"/> output pixels over <paramref name="extent"/> source pixels around <paramref name="centre"/>.</summary>
    /// <param name="centre">Centre of the crop in source pixels; pixel i covers [i, i + 1].</param>
    /// <param name="extent">Side of the crop in source pixels.</param>
    /// <param name="length">Source pixels there are.</param>
    /// <param name="size">Output pixels.</param>
    public AxisWeights(double centre, double extent, int length, int size)
    {
        var scale = extent / size;
        var origin = centre - (extent / 2);
        taps = (int)Math.Min(length, Math.Ceiling(scale)) + 2;
        weights = ArrayPool<float>.Shared.Rent(taps * size);
        firsts = ArrayPool<int>.Shared.Rent(size);
        counts = ArrayPool<int>.Shared.Rent(size);
        var (first, last) = (length, 0);
        for (var i = 0; i < size; i++)
        {
            var begin = origin + (i * scale);
            if (scale >= 1)
            {
                Area(i, begin, scale, length);
            }
            else
            {
                Linear(i, begin + (scale / 2) - 0.5, length);
            }

            if (counts[i] > 0)
            {
                first = Math.Min(first, firsts[i]);
                last = Math.Max(last, firsts[i] + counts[i]);
            }
        }

        First = first;
        Last = last;
        for (var i = 0; i < size; i++)
        {
            firsts[i] = counts[i] > 0 ? firsts[i] - first : 0;
        }
    }

    /// <summary>First source pixel with any weight.</summary>
    public int First { get; }

    /// <summary>Source pixel after the last with any weight; not above <see cref="First"/> when the crop misses the slice.</summary>
    public int Last { get; }

    /// <summary>The weights of output pixel <paramref name="index"/>.</summary>
    /// <param name="index">Output pixel.</param>
    /// <param name="first">Source pixel of the first weight, counted from <see cref="First"/>.</param>
    public ReadOnlySpan<float> Of(int index, out int first)
    {
        first = firsts[index];
        return weights.AsSpan(index * taps, counts[index]);
    }

    /// <summary>Gives the buffers back.</summary>
    public void Dispose()
    {
        ArrayPool<float>.Shared.Return(weights);
        ArrayPool<int>.Shared.Return(firsts);
        ArrayPool<int>.Shared.Return(counts);
    }

    private void Area(int index, double begin, double scale, int length)
    {
        var end = begin + scale;
        var first = (int)Math.Clamp(Math.Floor(begin), 0, length);
        var last = (int)Math.Clamp(Math.Ceiling(end), 0, length);
        firsts[index] = first;
        counts[index] = Math.Max(0, last - first);
        for (var pixel = first; pixel < last; pixel++)
        {
            var covered = Math.Min(pixel + 1, end) - Math.Max(pixel, begin);
            weights[(index * taps) + pixel - first] = (float)(Math.Max(0, covered) / scale);
        }
    }

    private void Linear(int index, double position, int length)
    {
        var left = (int)Math.Floor(position);
        var fraction = position - left;
        var first = Math.Clamp(left, 0, length);
        var last = Math.Clamp(left + 2, 0, length);
        firsts[index] = first;
        counts[index] = Math.Max(0, last - first);
        for (var pixel = first; pixel < last; pixel++)
        {
            weights[(index * taps) + pixel - first] = (float)(pixel == left ? 1 - fraction : fraction);
        }
    }
}
