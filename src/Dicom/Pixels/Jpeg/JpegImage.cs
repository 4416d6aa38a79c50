namespace BrainTumorDicom.Dicom.Pixels.Jpeg;

/// <summary>A decoded JPEG image (ITU-T T.81).</summary>
/// <remarks>Of YCbCr only Y is there, which is exact and spares two thirds of the work.</remarks>
public sealed class JpegImage
{
    internal JpegImage(JpegFrame frame, int stride, ushort[][] planes)
    {
        Columns = frame.Columns;
        Rows = frame.Rows;
        Precision = frame.Precision;
        IsLossless = frame.IsLossless;
        Stride = stride;
        Planes = planes;
    }

    /// <summary>Samples per line.</summary>
    public int Columns { get; }

    /// <summary>Number of lines.</summary>
    public int Rows { get; }

    /// <summary>Bits of a sample: 8 or 12, 2 to 16 where lossless.</summary>
    public int Precision { get; }

    /// <summary>Whether the samples are those that were encoded.</summary>
    public bool IsLossless { get; }

    /// <summary>Samples from one line of a plane to the next; at least <see cref="Columns"/>.</summary>
    public int Stride { get; }

    /// <summary>One plane (grey, or the Y of YCbCr), or three: red, green, blue. Each [rows × <see cref="Stride"/>], of [0, 2^precision - 1].</summary>
    public IReadOnlyList<ushort[]> Planes { get; }

    /// <summary>Decodes an image of any kind that is read.</summary>
    /// <param name="data">From SOI on; bytes behind EOI do no harm.</param>
    /// <param name="checkSize">Called with columns and rows before room is made for them; throws where they are not wanted.</param>
    /// <exception cref="DicomFormatException">The image is broken or of a kind that is not read.</exception>
    public static JpegImage Decode(ReadOnlySpan<byte> data, Action<int, int> checkSize)
    {
        ArgumentNullException.ThrowIfNull(checkSize);
        return JpegDecoder.Decode(data, frame => checkSize(frame.Columns, frame.Rows));
    }
}
