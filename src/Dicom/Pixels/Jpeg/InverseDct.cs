using System.Runtime.Intrinsics;

namespace BrainTumorDicom.Dicom.Pixels.Jpeg;

/// <summary>The accurate integer inverse DCT that libjpeg calls islow, bit for bit: 13-bit constants, two extra bits between the passes (one for 12-bit samples, which leaves no room for two).</summary>
/// <remarks>C. Loeffler, A. Ligtenberg and G. Moschytz, Practical fast 1-D DCT algorithms with 11 multiplications (ICASSP 1989). Eight columns at a time.</remarks>
internal static class InverseDct
{
    private const int ConstantBits = 13;

    /// <summary>Transforms a block.</summary>
    /// <param name="coefficients">[64] in natural order.</param>
    /// <param name="quantization">[64] in natural order.</param>
    /// <param name="samples">Receives eight rows of eight samples, each clamped to [0, 2^<paramref name="precision"/> - 1].</param>
    /// <param name="stride">Samples between the rows.</param>
    /// <param name="precision">Bits of a sample: 8 or 12.</param>
    public static void Transform(ReadOnlySpan<short> coefficients, ReadOnlySpan<int> quantization, Span<ushort> samples, int stride, int precision)
    {
        var passBits = precision == 8 ? 2 : 1;
        var middle = 1 << (precision - 1);
        var highest = (1 << precision) - 1;
        if (coefficients[1..64].IndexOfAnyExcept((short)0) < 0)
        {
            var level = (((coefficients[0] * quantization[0]) << passBits) + (1 << (passBits + 2))) >> (passBits + 3);
            for (var y = 0; y < 8; y++)
            {
                samples.Slice(y * stride, 8).Fill((ushort)Math.Clamp(level + middle, 0, highest));
            }

            return;
        }

        Span<int> block = stackalloc int[64];
        for (var y = 0; y < 8; y++)
        {
            var row = Vector256.WidenLower(Vector128.Create(coefficients.Slice(y * 8, 8)).ToVector256());
            (row * Vector256.Create(quantization.Slice(y * 8, 8))).CopyTo(block[(y * 8)..]);
        }

        Pass(block, ConstantBits - passBits);
        Transpose(block);
        Pass(block, ConstantBits + passBits + 3);
        Transpose(block);
        for (var y = 0; y < 8; y++)
        {
            var row = Vector256.Create(block.Slice(y * 8, 8)) + Vector256.Create(middle);
            row = Vector256.Min(Vector256.Max(row, Vector256<int>.Zero), Vector256.Create(highest));
            Vector256.Narrow(row.AsUInt32(), row.AsUInt32()).GetLower().CopyTo(samples[(y * stride)..]);
        }
    }

    private static void Transpose(Span<int> block)
    {
        for (var y = 1; y < 8; y++)
        {
            for (var x = 0; x < y; x++)
            {
                (block[(y * 8) + x], block[(x * 8) + y]) = (block[(x * 8) + y], block[(y * 8) + x]);
            }
        }
    }

    private static void Pass(Span<int> block, int shift)
    {
        var half = Vector256.Create(1 << (shift - 1));
        var (row0, row1, row2, row3) = (Row(block, 0), Row(block, 1), Row(block, 2), Row(block, 3));
        var (row4, row5, row6, row7) = (Row(block, 4), Row(block, 5), Row(block, 6), Row(block, 7));

        var rotated = (row2 + row6) * 4433;
        var even2 = rotated - (row6 * 15137);
        var even3 = rotated + (row2 * 6270);
        var even0 = ((row0 + row4) << ConstantBits) + half;
        var even1 = ((row0 - row4) << ConstantBits) + half;
        var (sum0, sum3, sum1, sum2) = (even0 + even3, even0 - even3, even1 + even2, even1 - even2);

        var turned = (row7 + row3 + row5 + row1) * 9633;
        var turn1 = (row7 + row1) * -7373;
        var turn2 = (row5 + row3) * -20995;
        var turn3 = ((row7 + row3) * -16069) + turned;
        var turn4 = ((row5 + row1) * -3196) + turned;
        var odd0 = (row7 * 2446) + turn1 + turn3;
        var odd1 = (row5 * 16819) + turn2 + turn4;
        var odd2 = (row3 * 25172) + turn2 + turn3;
        var odd3 = (row1 * 12299) + turn1 + turn4;

        ((sum0 + odd3) >> shift).CopyTo(block);
        ((sum1 + odd2) >> shift).CopyTo(block[8..]);
        ((sum2 + odd1) >> shift).CopyTo(block[16..]);
        ((sum3 + odd0) >> shift).CopyTo(block[24..]);
        ((sum3 - odd0) >> shift).CopyTo(block[32..]);
        ((sum2 - odd1) >> shift).CopyTo(block[40..]);
        ((sum1 - odd2) >> shift).CopyTo(block[48..]);
        ((sum0 - odd3) >> shift).CopyTo(block[56..]);
    }

    private static Vector256<int> Row(Span<int> block, int row) => Vector256.Create((ReadOnlySpan<int>)block.Slice(row * 8, 8));
}
