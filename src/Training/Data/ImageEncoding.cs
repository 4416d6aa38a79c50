namespace BrainTumorDicom.Training.Data;

/// <summary>Reads from the head of an image file how it is stored.</summary>
internal static class ImageEncoding
{
    private const int PngColorType = 25;

    /// <summary>The encoding of a file that <see cref="Slices.Images.ImageFile"/> has read.</summary>
    public static SliceEncoding Of(ReadOnlySpan<byte> file)
    {
        if (file is [0x89, (byte)'P', ..])
        {
            // PNG §11.2.2: colour types 0 and 4 are grey.
            return file.Length > PngColorType && file[PngColorType] is 0 or 4 ? SliceEncoding.PngGray : SliceEncoding.PngColor;
        }

        return ComponentsOfJpeg(file) == 1 ? SliceEncoding.JpegGray : SliceEncoding.JpegColor;
    }

    // ITU-T T.81 §B.2.2: the number of components is the sixth byte of a frame header's parameters.
    private static int ComponentsOfJpeg(ReadOnlySpan<byte> file)
    {
        var at = 2;
        while (at + 10 <= file.Length)
        {
            var marker = file[at + 1];
            if (file[at] != 0xFF || marker == 0xFF)
            {
                at++;
                continue;
            }

            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
            {
                return file[at + 9];
            }

            at += 2 + ((file[at + 2] << 8) | file[at + 3]);
        }

        return 0;
    }
}
