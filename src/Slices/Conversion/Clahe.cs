namespace BrainTumorDicom.Slices.Conversion;

/// <summary>
/// Contrast-limited adaptive histogram equalisation, bit for bit as OpenCV's <c>createCLAHE</c> does it on 8 bits: a table of
/// grey values for each tile from its clipped histogram, and between the middles of four tiles a mixture of their tables.
/// </summary>
internal static class Clahe
{
    private const int Levels = 256;

    /// <summary>Equalises <paramref name="slice"/> [size × size], row-major, each in [0, 1], in place.</summary>
    public static void Apply(ClaheParameters parameters, int size, Span<float> slice)
    {
        var tiles = parameters.Tiles;
        var bytes = new byte[slice.Length];
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] = (byte)((slice[i] * 255) + 0.5f);
        }

        var side = (size + tiles - 1) / tiles;
        var tables = new byte[tiles * tiles * Levels];
        for (var tile = 0; tile < tiles * tiles; tile++)
        {
            FillTable(bytes, size, tile / tiles * side, tile % tiles * side, side, parameters.ClipLimit, tables.AsSpan(tile * Levels, Levels));
        }

        Mix(bytes, size, side, tiles, tables, slice);
    }

    private static void FillTable(byte[] bytes, int size, int top, int left, int side, double clipLimit, Span<byte> table)
    {
        Span<int> histogram = stackalloc int[Levels];
        histogram.Clear();
        for (var y = top; y < top + side; y++)
        {
            for (var x = left; x < left + side; x++)
            {
                histogram[bytes[(Mirrored(y, size) * size) + Mirrored(x, size)]]++;
            }
        }

        Clip(histogram, Math.Max(1, (int)(clipLimit * side * side / Levels)));
        var sum = 0;
        for (var i = 0; i < Levels; i++)
        {
            sum += histogram[i];
            table[i] = (byte)Math.Min(255, MathF.Round(sum * (255f / (side * side))));
        }
    }

    // What is cut off is spread over all bins; the remainder goes to bins at equal distances.
    private static void Clip(Span<int> histogram, int limit)
    {
        var excess = 0;
        foreach (ref var count in histogram)
        {
            excess += Math.Max(0, count - limit);
            count = Math.Min(count, limit);
        }

        var (share, rest) = (excess / Levels, excess % Levels);
        foreach (ref var count in histogram)
        {
            count += share;
        }

        var step = rest == 0 ? Levels : Math.Max(Levels / rest, 1);
        for (var i = 0; i < Levels && rest > 0; i += step, rest--)
        {
            histogram[i]++;
        }
    }

    private static void Mix(byte[] bytes, int size, int side, int tiles, byte[] tables, Span<float> slice)
    {
        for (var y = 0; y < size; y++)
        {
            var (above, below, partY) = Neighbours(y, side, tiles);
            for (var x = 0; x < size; x++)
            {
                var (before, after, partX) = Neighbours(x, side, tiles);
                var grey = bytes[(y * size) + x];
                var upper = (Of(above, before) * (1 - partX)) + (Of(above, after) * partX);
                var lower = (Of(below, before) * (1 - partX)) + (Of(below, after) * partX);
                slice[(y * size) + x] = MathF.Round((upper * (1 - partY)) + (lower * partY)) / 255;

                float Of(int row, int column) => tables[(((row * tiles) + column) * Levels) + grey];
            }
        }
    }

    private static (int Before, int After, float Part) Neighbours(int pixel, int side, int tiles)
    {
        var place = (pixel * (1f / side)) - 0.5f;
        var before = (int)MathF.Floor(place);
        return (Math.Max(0, before), Math.Min(tiles - 1, before + 1), place - before);
    }

    // Where the tiles reach beyond the slice, it goes on as its mirror image without the edge pixel itself.
    private static int Mirrored(int index, int size)
    {
        while (index >= size)
        {
            index = Math.Abs((2 * size) - 2 - index);
        }

        return index;
    }
}
