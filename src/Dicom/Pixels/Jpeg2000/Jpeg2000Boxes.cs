using System.Buffers.Binary;

namespace BrainTumorDicom.Dicom.Pixels.Jpeg2000;

/// <summary>The boxes of a JP2 file (ISO/IEC 15444-1 annex I), which PS3.5 §A.4.4 forbids in a data set and some writers put there.</summary>
internal static class Jpeg2000Boxes
{
    private static ReadOnlySpan<byte> Signature => [0, 0, 0, 12, (byte)'j', (byte)'P', (byte)' ', (byte)' '];

    /// <summary>Whether a fragment begins as a JP2 file does.</summary>
    internal static bool IsFile(ReadOnlySpan<byte> codes) => codes.StartsWith(Signature);

    /// <summary>The code stream: inside its box, or all there is.</summary>
    /// <exception cref="DicomFormatException">There are boxes, but none of a code stream.</exception>
    internal static ReadOnlySpan<byte> CodeStream(ReadOnlySpan<byte> codes)
    {
        if (!IsFile(codes))
        {
            return codes;
        }

        while (codes.Length >= 8)
        {
            ulong length = BinaryPrimitives.ReadUInt32BigEndian(codes);
            var header = 8;
            if (length == 1 && codes.Length >= 16)
            {
                length = BinaryPrimitives.ReadUInt64BigEndian(codes[8..]);
                header = 16;
            }

            // 0: to the end. A length beyond the end is taken so as well.
            var end = length == 0 || length > (ulong)codes.Length ? codes.Length : (int)length;
            if (end < header)
            {
                break;
            }

            if (codes[4..8].SequenceEqual("jp2c"u8))
            {
                return codes[header..end];
            }

            codes = codes[end..];
        }

        throw new DicomFormatException("JPEG 2000 file without a code stream.");
    }
}
