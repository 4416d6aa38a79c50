using System.Buffers;
using System.Numerics;

namespace BrainTumorDicom.Slices.Conversion;

/// <summary>Turns one slice into the classifier's input. Training and service both go through here.</summary>
public static class SliceConverter
{
    /// <summary>Shows the head of <paramref name="slice"/> as a square.</summary>
    /// <remarks>
    /// Exact, so that it can be computed independently:
    /// <list type="number">
    /// <item>Every pixel becomes clamp((value − Low) / (High − Low), 0, 1); all become 0 when High = Low. Outside the slice it is 0.</item>
    /// <item>The crop is a square in mm around the centre of the box: its side is the longer of Height × RowSpacing and
    /// Width × ColumnSpacing, times 1 + 2 × CropMargin. It may reach beyond the slice.</item>
    /// <item>Along each axis on its own, with s source pixels per output pixel and the crop starting at x₀ (pixel i covers [i, i + 1]):
    /// for s ≥ 1 output i is the mean of the source over [x₀ + i·s, x₀ + (i + 1)·s] (area); for s &lt; 1 it is the linear interpolation
    /// between pixel centres at x₀ + (i + ½)·s.</item>
    /// </list>
    /// </remarks>
    /// <param name="slice">The slice.</param>
    /// <param name="range">The display range of its series.</param>
    /// <param name="box">Where the head is.</param>
    /// <param name="parameters">The model's preprocessing.</param>
    /// <param name="input">Receives [Size × Size], row-major, each in [0, 1].</param>
    /// <exception cref="ArgumentException"><paramref name="input"/> has another length.</exception>
    public static void Convert(SlicePixels slice, DisplayRange range, HeadBox box, PreprocessingParameters parameters, Span<float> input)
    {
        ArgumentNullException.ThrowIfNull(slice);
        ArgumentNullException.ThrowIfNull(parameters);
        var size = parameters.Size;
        if (input.Length != size * size)
        {
            throw new ArgumentException($"{input.Length} values are not {size} × {size}.", nameof(input));
        }

        if (!(range.High > range.Low))
        {
            input.Clear();
            return;
        }

        var side = Math.Max(box.Height * slice.RowSpacing, box.Width * slice.ColumnSpacing) * (1 + (2 * parameters.CropMargin));
        using var vertical = new AxisWeights(box.Top + (box.Height / 2.0), side / slice.RowSpacing, slice.Rows, size);
        using var horizontal = new AxisWeights(box.Left + (box.Width / 2.0), side / slice.ColumnSpacing, slice.Columns, size);
        var width = horizontal.Last - horizontal.First;
        var height = vertical.Last - vertical.First;
        if (width <= 0 || height <= 0)
        {
            input.Clear();
            return;
        }

        var shown = ArrayPool<float>.Shared.Rent(height * width);
        var row = ArrayPool<float>.Shared.Rent(width);
        for (var y = 0; y < height; y++)
        {
            var source = slice.Values.AsSpan(((vertical.First + y) * slice.Columns) + horizontal.First, width);
            Show(source, range, shown.AsSpan(y * width, width));
        }

        for (var i = 0; i < size; i++)
        {
            SumRows(shown, width, vertical.Of(i, out var first), first, row.AsSpan(0, width));
            SumColumns(row.AsSpan(0, width), horizontal, input.Slice(i * size, size));
        }

        ArrayPool<float>.Shared.Return(row);
        ArrayPool<float>.Shared.Return(shown);
    }

    private static void Show(ReadOnlySpan<float> source, DisplayRange range, Span<float> shown)
    {
        var scale = 1 / (range.High - range.Low);
        var i = 0;
        if (Vector.IsHardwareAccelerated)
        {
            var low = new Vector<float>(range.Low);
            for (; i <= source.Length - Vector<float>.Count; i += Vector<float>.Count)
            {
                var value = (new Vector<float>(source[i..]) - low) * scale;
                Vector.Min(Vector.Max(value, Vector<float>.Zero), Vector<float>.One).CopyTo(shown[i..]);
            }
        }

        for (; i < source.Length; i++)
        {
            shown[i] = Math.Clamp((source[i] - range.Low) * scale, 0, 1);
        }
    }

    private static void SumRows(float[] shown, int width, ReadOnlySpan<float> weights, int first, Span<float> sum)
    {
        sum.Clear();
        for (var tap = 0; tap < weights.Length; tap++)
        {
            var source = shown.AsSpan((first + tap) * width, width);
            var weight = weights[tap];
            var i = 0;
            for (; i <= width - Vector<float>.Count; i += Vector<float>.Count)
            {
                (new Vector<float>(sum[i..]) + (new Vector<float>(source[i..]) * weight)).CopyTo(sum[i..]);
            }

            for (; i < width; i++)
            {
                sum[i] += source[i] * weight;
            }
        }
    }

    private static void SumColumns(ReadOnlySpan<float> row, AxisWeights axis, Span<float> output)
    {
        for (var i = 0; i < output.Length; i++)
        {
            var weights = axis.Of(i, out var first);
            var source = row.Slice(first, weights.Length);
            var sum = 0f;
            for (var tap = 0; tap < weights.Length; tap++)
            {
                sum += source[tap] * weights[tap];
            }

            // Rounding of weights that add up to one may overshoot by an ulp.
            output[i] = Math.Min(sum, 1);
        }
    }
}
