using BrainTumorDicom.Slices.Conversion;

namespace BrainTumorDicom.Slices.Tests.Conversion;

public sealed class SliceConverterTests
{
    private static readonly PreprocessingParameters Parameters = new(Size: 64);

    [Theory]
    [InlineData(0)]
    [InlineData(-3.5f)]
    [InlineData(4000)]
    public void A_blank_slice_becomes_all_zero(float value)
    {
        var slice = new SlicePixels(Enumerable.Repeat(value, 50 * 40).ToArray(), 50, 40);

        var (box, input) = Convert(slice);

        Assert.All(input, pixel => Assert.Equal(0, pixel));
        Assert.Equal(new HeadBox(0, 0, 50, 40, 0, 0), box);
    }

    [Fact]
    public void Specks_and_burnt_in_text_do_not_widen_the_box()
    {
        var values = new float[200 * 200];
        Disc(values, 200, 100, 110, 40, 500);
        Disc(values, 200, 100, 110, 12, 20);
        foreach (var position in (int[])[3, 603, 200 * 199, (200 * 195) + 190])
        {
            values[position] = 900;
        }

        Array.Fill(values, 900f, (200 * 190) + 10, 12);

        var (box, _) = Convert(new SlicePixels(values, 200, 200));

        // The outermost line of the disc on each side is one pixel long, thinner than the trim.
        Assert.Equal((61, 71, 79, 79), (box.Top, box.Left, box.Height, box.Width));
    }

    [Fact]
    public void A_thin_line_attached_to_the_head_is_trimmed()
    {
        var values = new float[200 * 200];
        Disc(values, 200, 100, 100, 40, 500);
        Disc(values, 200, 100, 110, 12, 20);
        Array.Fill(values, 500f, 200 * 100, 80);

        var (box, _) = Convert(new SlicePixels(values, 200, 200));

        Assert.InRange(box.Left, 60, 62);
    }

    [Fact]
    public void Pixels_that_are_not_square_come_out_round()
    {
        // A disc of 80 mm, seen with rows twice as far apart as columns.
        var values = new float[100 * 200];
        for (var i = 0; i < values.Length; i++)
        {
            var (y, x) = (((i / 200) - 50) * 2, (i % 200) - 100);
            values[i] = (x * x) + (y * y) < 1600 ? 700 : 0;
        }

        var (_, input) = Convert(new SlicePixels(values, 100, 200, 2, 1));

        Assert.Equal(Enumerable.Range(0, 64).Count(i => input[(32 * 64) + i] > 0.5f), Enumerable.Range(0, 64).Count(i => input[(i * 64) + 32] > 0.5f), 2.0);
    }

    [Fact]
    public void The_scale_of_the_stored_values_does_not_matter()
    {
        var values = new float[120 * 120];
        Disc(values, 120, 60, 60, 45, 100);
        Disc(values, 120, 50, 70, 15, 220);

        var (_, first) = Convert(new SlicePixels(values, 120, 120));
        var (_, second) = Convert(new SlicePixels(Array.ConvertAll(values, value => (value * 16) - 1024), 120, 120));

        for (var i = 0; i < first.Length; i++)
        {
            Assert.Equal(first[i], second[i], 1e-5f);
        }
    }

    [Fact]
    public void Every_input_is_between_zero_and_one()
    {
        var random = new Random(3);
        var values = Enumerable.Range(0, 90 * 70).Select(_ => (float)(random.NextDouble() * 3000)).ToArray();

        var (_, input) = Convert(new SlicePixels(values, 90, 70, 0.7, 1.3));

        Assert.All(input, pixel => Assert.InRange(pixel, 0, 1));
        Assert.Contains(input, pixel => pixel > 0.4f);
    }

    private static void Disc(float[] values, int columns, int row, int column, int radius, float value)
    {
        for (var i = 0; i < values.Length; i++)
        {
            var (y, x) = ((i / columns) - row, (i % columns) - column);
            values[i] = (x * x) + (y * y) <= radius * radius ? value : values[i];
        }
    }

    private static (HeadBox Box, float[] Input) Convert(SlicePixels slice)
    {
        var range = DisplayRange.OfSeries([slice], Parameters);
        var box = HeadBox.Find(slice, range, Parameters);
        var input = new float[Parameters.Size * Parameters.Size];
        SliceConverter.Convert(slice, range, box, Parameters, input);
        return (box, input);
    }
}
