using BrainTumorDicom.Slices.Images;

namespace BrainTumorDicom.Slices.Tests.Images;

public sealed class PngWriterTests
{
    [Fact]
    public void A_grey_image_written_is_read_back()
    {
        var pixels = new byte[7 * 13];
        new Random(1).NextBytes(pixels);
        using var file = new MemoryStream();

        PngWriter.WriteGray(file, pixels, 7, 13);
        var slice = ImageFile.Read(file.ToArray());

        Assert.Equal((7, 13), (slice.Rows, slice.Columns));
        Assert.Equal(pixels.Select(value => (float)value), slice.Values);
    }

    [Fact]
    public void A_colour_image_written_is_read_back_as_luma()
    {
        using var file = new MemoryStream();

        PngWriter.WriteColor(file, [255, 0, 0, 0, 255, 0, 0, 0, 255, 9, 9, 9], 2, 2);

        Assert.Equal([76f, 150f, 29f, 9f], ImageFile.Read(file.ToArray()).Values);
    }
}
