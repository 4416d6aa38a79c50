using BrainTumorDicom.Dicom;
using BrainTumorDicom.Dicom.Pixels.Jpeg;
using BrainTumorDicom.Slices.Conversion;

namespace BrainTumorDicom.Slices.Images;

/// <summary>Reads the luma of JPEG files of 8 bits; an RGB file is folded into luma.</summary>
internal static class JpegFile
{
    /// <summary>Decodes a file.</summary>
    /// <exception cref="ImageFormatException">It is broken or of a kind that is not read.</exception>
    public static SlicePixels Decode(ReadOnlySpan<byte> data)
    {
        JpegImage image;
        try
        {
            image = JpegImage.Decode(data, (columns, rows) => ImageLimits.Check("JPEG", columns, rows));
        }
        catch (DicomFormatException error)
        {
            throw new ImageFormatException(error.Message, error);
        }

        if (image.Precision != 8)
        {
            throw new ImageFormatException($"JPEG file of {image.Precision} bits is not read: 8 bits are.");
        }

        var values = new float[image.Rows * image.Columns];
        for (var row = 0; row < image.Rows; row++)
        {
            Fold(image, row * image.Stride, values.AsSpan(row * image.Columns, image.Columns));
        }

        return new SlicePixels(values, image.Rows, image.Columns);
    }

    private static void Fold(JpegImage image, int start, Span<float> output)
    {
        var first = image.Planes[0].AsSpan(start, output.Length);
        if (image.Planes.Count == 1)
        {
            for (var i = 0; i < output.Length; i++)
            {
                output[i] = first[i];
            }

            return;
        }

        var second = image.Planes[1].AsSpan(start, output.Length);
        var third = image.Planes[2].AsSpan(start, output.Length);
        for (var i = 0; i < output.Length; i++)
        {
            output[i] = Luma.Of(first[i], second[i], third[i]);
        }
    }
}
