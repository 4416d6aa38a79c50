using System.Buffers;
using System.Runtime.InteropServices;

namespace BrainTumorDicom.Slices.Conversion;

/// <summary>Two percentiles of nearest rank over any number of finite floats, exact, in two passes and without sorting.</summary>
/// <remarks>Floats are counted by their upper 16 bits first, then, within the two buckets that hold the ranks, by the lower 16.</remarks>
internal sealed class ExactPercentiles(double lowPercentile, double highPercentile) : IDisposable
{
    private const int Buckets = 1 << 16;

    private readonly long[] coarse = Zeroed<long>();
    private Rank low;
    private Rank high;

    /// <summary>The lower percentile; valid after both passes.</summary>
    public float Low => low.Value();

    /// <summary>The upper percentile; valid after both passes.</summary>
    public float High => high.Value();

    /// <summary>First pass.</summary>
    public void Count(ReadOnlySpan<float> values)
    {
        foreach (var bits in MemoryMarshal.Cast<float, uint>(values))
        {
            coarse[Key(bits) >> 16]++;
        }
    }

    /// <summary>Ends the first pass.</summary>
    /// <returns><see langword="false"/> when nothing was counted.</returns>
    public bool EndCounting()
    {
        var total = 0L;
        for (var i = 0; i < Buckets; i++)
        {
            total += coarse[i];
        }

        if (total == 0)
        {
            return false;
        }

        low = Rank.Locate(coarse, total, lowPercentile);
        high = Rank.Locate(coarse, total, highPercentile);
        return true;
    }

    /// <summary>Second pass: the same values again.</summary>
    public void Refine(ReadOnlySpan<float> values)
    {
        foreach (var bits in MemoryMarshal.Cast<float, uint>(values))
        {
            var key = Key(bits);
            var bucket = key >> 16;
            if (bucket == low.Bucket)
            {
                low.Fine[key & 0xFFFF]++;
            }

            if (bucket == high.Bucket)
            {
                high.Fine[key & 0xFFFF]++;
            }
        }
    }

    /// <summary>Gives the buffers back.</summary>
    public void Dispose()
    {
        ArrayPool<long>.Shared.Return(coarse);
        foreach (var rank in (ReadOnlySpan<Rank>)[low, high])
        {
            if (rank.Fine is not null)
            {
                ArrayPool<int>.Shared.Return(rank.Fine);
            }
        }
    }

    private static T[] Zeroed<T>()
    {
        var counts = ArrayPool<T>.Shared.Rent(Buckets);
        counts.AsSpan(0, Buckets).Clear();
        return counts;
    }

    // Unsigned order of the key is numeric order of the float.
    private static uint Key(uint bits) => bits ^ ((uint)((int)bits >> 31) | 0x80000000);

    /// <summary>Where one rank lies.</summary>
    /// <param name="Bucket">Upper 16 bits of its key.</param>
    /// <param name="Within">1-based rank inside the bucket.</param>
    /// <param name="Fine">[65536] counts by the lower 16 bits.</param>
    private readonly record struct Rank(uint Bucket, long Within, int[] Fine)
    {
        public static Rank Locate(long[] coarse, long total, double percentile)
        {
            var rank = Math.Clamp((long)Math.Ceiling(percentile / 100 * total), 1, total);
            uint bucket = 0;
            while (rank > coarse[bucket])
            {
                rank -= coarse[bucket++];
            }

            return new Rank(bucket, rank, Zeroed<int>());
        }

        public float Value()
        {
            var rank = Within;
            uint fine = 0;
            while (rank > Fine[fine])
            {
                rank -= Fine[fine++];
            }

            var key = (Bucket << 16) | fine;
            return BitConverter.UInt32BitsToSingle((key & 0x80000000) != 0 ? key ^ 0x80000000 : ~key);
        }
    }
}
