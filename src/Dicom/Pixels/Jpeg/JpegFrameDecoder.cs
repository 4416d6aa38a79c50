using BrainTumorDicom.Dicom.Data;

namespace BrainTumorDicom.Dicom.Pixels.Jpeg;

/// <summary>Frames in JPEG (PS3.5 §8.2.1, §A.4.1). Any process is read whatever the transfer syntax promised.</summary>
internal sealed class JpegFrameDecoder : IFrameDecoder
{
    /// <inheritdoc/>
    /// <remarks>A block of 64 costs two codes of at least one bit.</remarks>
    public long MostPixelsOf(long length, int bitsAllocated) => length * 8 * 32;

    /// <inheritdoc/>
    public void Decode(ReadOnlySpan<byte> codes, in PixelFormat format, Span<ushort> cells)
    {
        var expected = format;
        var image = JpegDecoder.Decode(codes, frame => Check(frame, expected));
        for (var row = 0; row < image.Rows; row++)
        {
            image.Planes[0].AsSpan(row * image.Stride, image.Columns).CopyTo(cells[(row * image.Columns)..]);
        }

        if (!image.IsLossless)
        {
            PixelCells.ClampOvershoot(cells, format);
        }
    }

    private static void Check(JpegFrame frame, in PixelFormat format)
    {
        if (frame.Columns != format.Columns || frame.Rows != format.Rows || frame.Components.Length != 1 || frame.Precision > format.BitsAllocated)
        {
            throw new DicomFormatException(
                $"JPEG frame of {frame.Columns} x {frame.Rows} with {frame.Components.Length} components of {frame.Precision} bits, but the image is {format.Columns} x {format.Rows} with one of {format.BitsAllocated}",
                -1,
                DicomTag.PixelData);
        }
    }
}
