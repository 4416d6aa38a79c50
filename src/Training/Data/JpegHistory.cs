namespace BrainTumorDicom.Training.Data;

/// <summary>What saving as JPEG leaves behind: cosine coefficients of blocks of 8 × 8, rounded to the steps of T.81 Annex K.</summary>
internal static class JpegHistory
{
    private const int Block = 8;

    private static readonly byte[] Steps =
    [
        16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29, 51, 87, 80, 62,
        18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99,
    ];

    private static readonly float[] Cosines = [.. Enumerable.Range(0, Block * Block).Select(i =>
        (float)((i / Block == 0 ? Math.Sqrt(1.0 / Block) : Math.Sqrt(2.0 / Block)) * Math.Cos(((2 * (i % Block)) + 1) * (i / Block) * Math.PI / (2 * Block))))];

    /// <summary>Changes <paramref name="view"/> [size × size] as quality <paramref name="quality"/> (1 to 100) would.</summary>
    public static void Apply(Span<float> view, int size, double quality)
    {
        var scale = (quality < 50 ? 50 / quality : 2 - (quality / 50)) / 255;
        Span<float> block = stackalloc float[Block * Block];
        Span<float> work = stackalloc float[Block * Block];
        for (var top = 0; top + Block <= size; top += Block)
        {
            for (var left = 0; left + Block <= size; left += Block)
            {
                for (var i = 0; i < block.Length; i++)
                {
                    block[i] = view[((top + (i / Block)) * size) + left + (i % Block)];
                }

                Transform(block, work, inverse: false);
                for (var i = 0; i < block.Length; i++)
                {
                    var step = (float)Math.Max(1.0 / 255, Steps[i] * scale);
                    block[i] = MathF.Round(block[i] / step) * step;
                }

                Transform(block, work, inverse: true);
                for (var i = 0; i < block.Length; i++)
                {
                    view[((top + (i / Block)) * size) + left + (i % Block)] = Math.Clamp(block[i], 0, 1);
                }
            }
        }
    }

    // Rows, then columns.
    private static void Transform(Span<float> block, Span<float> work, bool inverse)
    {
        for (var pass = 0; pass < 2; pass++)
        {
            for (var row = 0; row < Block; row++)
            {
                for (var to = 0; to < Block; to++)
                {
                    var sum = 0f;
                    for (var from = 0; from < Block; from++)
                    {
                        sum += block[(row * Block) + from] * (inverse ? Cosines[(from * Block) + to] : Cosines[(to * Block) + from]);
                    }

                    // Written transposed, so that the second pass does the columns.
                    work[(to * Block) + row] = sum;
                }
            }

            work.CopyTo(block);
        }
    }
}
