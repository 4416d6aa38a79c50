using System.Buffers.Binary;

namespace BrainTumorDicom.Dicom.Pixels.Jpeg;

/// <summary>The frame header (T.81 §B.2.2).</summary>
/// <param name="Columns">Samples per line.</param>
/// <param name="Rows">Number of lines.</param>
/// <param name="Precision">Bits of a sample: 8 or 12 with DCT, 2 to 16 lossless.</param>
/// <param name="Process">How it is coded.</param>
/// <param name="Components">One (grey) or three (YCbCr or RGB).</param>
internal sealed record JpegFrame(int Columns, int Rows, int Precision, JpegProcess Process, JpegComponent[] Components)
{
    /// <summary>Largest horizontal sampling factor.</summary>
    public int MaxHorizontal { get; } = Components.Max(component => component.Horizontal);

    /// <summary>Largest vertical sampling factor.</summary>
    public int MaxVertical { get; } = Components.Max(component => component.Vertical);

    /// <summary>MCUs in a row of an interleaved scan.</summary>
    public int McuColumns => (Columns + (8 * MaxHorizontal) - 1) / (8 * MaxHorizontal);

    /// <summary>Rows of MCUs of an interleaved scan.</summary>
    public int McuRows => (Rows + (8 * MaxVertical) - 1) / (8 * MaxVertical);

    /// <summary>Whether it is SOF2.</summary>
    public bool IsProgressive => Process == JpegProcess.Progressive;

    /// <summary>Whether it is SOF3.</summary>
    public bool IsLossless => Process == JpegProcess.Lossless;

    /// <summary>Fewest bits of data that can hold it: one a pixel without loss, else one a block.</summary>
    public long FewestBits => (long)Columns * Rows / (IsLossless ? 1 : 64);

    /// <summary>Reads the header.</summary>
    /// <param name="marker">SOF0 to SOF3: C0H to C3H.</param>
    /// <param name="segment">What is behind its length.</param>
    /// <exception cref="DicomFormatException">It is broken or of a kind that is not read.</exception>
    public static JpegFrame Read(byte marker, ReadOnlySpan<byte> segment)
    {
        if (segment.Length < 6 || segment.Length < 6 + (3 * segment[5]))
        {
            throw new DicomFormatException("JPEG frame header is broken.");
        }

        var (process, precision, count) = ((JpegProcess)marker, segment[0], segment[5]);
        var isRead = process == JpegProcess.Lossless
            ? precision is >= 2 and <= 16 && count == 1
            : count is 1 or 3 && (precision == 8 || (precision == 12 && process != JpegProcess.Baseline));
        return isRead
            ? new JpegFrame(
                BinaryPrimitives.ReadUInt16BigEndian(segment[3..]), BinaryPrimitives.ReadUInt16BigEndian(segment[1..]), precision, process, ReadComponents(segment))
            : throw new DicomFormatException(
                $"JPEG of {precision} bits and {count} components, {process}, is not read: 8 or 12 bits and 1 or 3 components are, and 2 to 16 bits and 1 component without loss.");
    }

    private static JpegComponent[] ReadComponents(ReadOnlySpan<byte> segment)
    {
        var components = new JpegComponent[segment[5]];
        for (var i = 0; i < components.Length; i++)
        {
            var entry = segment.Slice(6 + (3 * i), 3);
            var (horizontal, vertical) = (entry[1] >> 4, entry[1] & 15);
            if (horizontal is < 1 or > 4 || vertical is < 1 or > 4 || entry[2] > 3)
            {
                throw new DicomFormatException("JPEG sampling factors or table number out of range.");
            }

            // One component alone is never interleaved: its factors mean nothing (T.81 §A.2.2).
            components[i] = components.Length == 1
                ? new JpegComponent(entry[0], 1, 1, entry[2])
                : new JpegComponent(entry[0], horizontal, vertical, entry[2]);
        }

        return components;
    }
}
