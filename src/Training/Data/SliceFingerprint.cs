using System.Numerics;
using BrainTumorDicom.Slices.Conversion;

namespace BrainTumorDicom.Training.Data;

/// <summary>
/// What a picture looks like from afar: whether each place is brighter than the one to its left (256-bit difference hash of
/// a 16 × 17 reduction), and a reduction to 32 × 32. Survives another size, contrast, and compression.
/// </summary>
internal sealed class SliceFingerprint
{
    private const int HashRows = 16;
    private const int Side = 32;

    private readonly ulong[] _hash;
    private readonly byte[] _small;
    private readonly double _mean;
    private readonly double _norm;

    private SliceFingerprint(ulong[] hash, byte[] small)
    {
        (_hash, _small) = (hash, small);
        _mean = small.Average(value => (double)value);
        _norm = Math.Sqrt(small.Sum(value => (value - _mean) * (value - _mean)));
    }

    /// <summary>The fingerprint of a whole picture.</summary>
    public static SliceFingerprint Of(SlicePixels slice)
    {
        var reduced = Levels(Reduce(slice, HashRows, HashRows + 1));
        var hash = new ulong[HashRows * HashRows / 64];
        for (var i = 0; i < HashRows * HashRows; i++)
        {
            var (row, column) = (i / HashRows, i % HashRows);
            if (reduced[row, column + 1] > reduced[row, column])
            {
                hash[i / 64] |= 1UL << (i % 64);
            }
        }

        return new SliceFingerprint(hash, [.. Levels(Reduce(slice, Side, Side)).Cast<byte>()]);
    }

    /// <summary>In how many of the 256 places the hashes differ.</summary>
    public int Distance(SliceFingerprint other)
    {
        var (a, b) = (_hash, other._hash);
        return BitOperations.PopCount(a[0] ^ b[0]) + BitOperations.PopCount(a[1] ^ b[1])
            + BitOperations.PopCount(a[2] ^ b[2]) + BitOperations.PopCount(a[3] ^ b[3]);
    }

    /// <summary>The correlation of the two reductions, from -1 to 1.</summary>
    public double Correlation(SliceFingerprint other)
    {
        var sum = 0L;
        for (var i = 0; i < _small.Length; i++)
        {
            sum += _small[i] * other._small[i];
        }

        var norm = _norm * other._norm;
        return norm > 0 ? (sum - (_small.Length * _mean * other._mean)) / norm : 0;
    }

    // To 256 levels: what is the same to the eye must be the same here, or the noise of the background decides.
    private static byte[,] Levels(double[,] values)
    {
        var (low, high) = (values.Cast<double>().Min(), values.Cast<double>().Max());
        var scale = high > low ? 255 / (high - low) : 0;
        var levels = new byte[values.GetLength(0), values.GetLength(1)];
        for (var row = 0; row < levels.GetLength(0); row++)
        {
            for (var column = 0; column < levels.GetLength(1); column++)
            {
                levels[row, column] = (byte)Math.Round((values[row, column] - low) * scale);
            }
        }

        return levels;
    }

    // The mean over each cell, with pixels at a cell's border counted by the part that lies in it.
    private static double[,] Reduce(SlicePixels slice, int rows, int columns)
    {
        var across = new double[slice.Rows, columns];
        for (var row = 0; row < slice.Rows; row++)
        {
            var line = slice.Values.AsSpan(row * slice.Columns, slice.Columns);
            for (var cell = 0; cell < columns; cell++)
            {
                var (first, last) = ((double)cell * slice.Columns / columns, (cell + 1.0) * slice.Columns / columns);
                for (var i = (int)first; i < Math.Min(slice.Columns, (int)Math.Ceiling(last)); i++)
                {
                    across[row, cell] += line[i] * (Math.Min(i + 1, last) - Math.Max(i, first));
                }
            }
        }

        var reduced = new double[rows, columns];
        for (var cell = 0; cell < rows; cell++)
        {
            var (first, last) = ((double)cell * slice.Rows / rows, (cell + 1.0) * slice.Rows / rows);
            for (var i = (int)first; i < Math.Min(slice.Rows, (int)Math.Ceiling(last)); i++)
            {
                var weight = (Math.Min(i + 1, last) - Math.Max(i, first)) * rows * columns / ((double)slice.Rows * slice.Columns);
                for (var column = 0; column < columns; column++)
                {
                    reduced[cell, column] += across[i, column] * weight;
                }
            }
        }

        return reduced;
    }
}
