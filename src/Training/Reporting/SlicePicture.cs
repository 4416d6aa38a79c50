namespace BrainTumorDicom.Training.Reporting;

/// <summary>Draws slices and maps over them.</summary>
internal static class SlicePicture
{
    /// <summary>A slice in grey.</summary>
    /// <param name="slice">[size × size], row-major, each in [0, 1].</param>
    /// <param name="size">Rows and columns of the slice.</param>
    /// <param name="side">Rows and columns of the picture.</param>
    public static Picture Gray(ReadOnlyMemory<float> slice, int size, int side) =>
        Picture.Of(side, side, (row, column) => Rgb.Gray(slice.Span[((int)(row * size) * size) + (int)(column * size)]));

    /// <summary>Numbers as colours from the smallest (black) to the largest (white).</summary>
    public static Picture Heat(ReadOnlyMemory<float> values, int rows, int columns, int height, int width)
    {
        var (low, high) = Range(values.Span);
        return Picture.Of(height, width, (row, column) =>
            ColorScale.Heat((values.Span[((int)(row * rows) * columns) + (int)(column * columns)] - low) / Math.Max(1e-9f, high - low)));
    }

    /// <summary>A slice with a map over it: the warmer, the more of it there is; the lower half of the map leaves the slice as it is.</summary>
    /// <param name="slice">[size × size], row-major, each in [0, 1].</param>
    /// <param name="size">Rows and columns of the slice.</param>
    /// <param name="map">[rows × columns], row-major, over the same square.</param>
    /// <param name="rows">Rows of the map.</param>
    /// <param name="columns">Columns of the map.</param>
    /// <param name="side">Rows and columns of the picture.</param>
    public static Picture Overlay(ReadOnlyMemory<float> slice, int size, ReadOnlyMemory<float> map, int rows, int columns, int side)
    {
        var (low, high) = Range(map.Span);
        var middle = (low + high) / 2;
        return Picture.Of(side, side, (row, column) =>
        {
            var grey = Rgb.Gray(slice.Span[((int)(row * size) * size) + (int)(column * size)]);
            var heat = (Interpolated(map.Span, rows, columns, row, column) - middle) / Math.Max(1e-9f, high - middle);
            return heat <= 0 ? grey : grey.Towards(ColorScale.Heat(0.3 + (0.6 * heat)), 0.55 * heat);
        });
    }

    private static (float Low, float High) Range(ReadOnlySpan<float> values)
    {
        var (low, high) = (float.MaxValue, float.MinValue);
        foreach (var value in values)
        {
            (low, high) = (Math.Min(low, value), Math.Max(high, value));
        }

        return (low, high);
    }

    private static float Interpolated(ReadOnlySpan<float> map, int rows, int columns, double row, double column)
    {
        var (y, x) = (Math.Clamp((row * rows) - 0.5, 0, rows - 1), Math.Clamp((column * columns) - 0.5, 0, columns - 1));
        var (top, left) = ((int)y, (int)x);
        var (below, right) = (Math.Min(rows - 1, top + 1), Math.Min(columns - 1, left + 1));
        var (partY, partX) = ((float)(y - top), (float)(x - left));
        var upper = map[(top * columns) + left] + (partX * (map[(top * columns) + right] - map[(top * columns) + left]));
        var lower = map[(below * columns) + left] + (partX * (map[(below * columns) + right] - map[(below * columns) + left]));
        return upper + (partY * (lower - upper));
    }
}
