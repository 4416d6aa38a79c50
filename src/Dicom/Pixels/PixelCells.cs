using System.Buffers.Binary;

namespace BrainTumorDicom.Dicom.Pixels;

/// <summary>Pixel cells to stored values (PS3.5 §8.1.1).</summary>
internal static class PixelCells
{
    /// <summary>Takes the stored bits out of little endian cells and extends the sign.</summary>
    internal static void Unpack(ReadOnlySpan<byte> cells, in PixelFormat format, Span<int> stored)
    {
        // Up so that the high bit is bit 31, down again so that only the stored bits are left.
        var up = 31 - format.HighBit;
        var down = 32 - format.BitsStored;
        if (format.BitsAllocated == 8)
        {
            for (var i = 0; i < stored.Length; i++)
            {
                var moved = cells[i] << up;
                stored[i] = format.IsSigned ? moved >> down : moved >>> down;
            }

            return;
        }

        var isSigned = format.IsSigned;
        for (var i = 0; i < stored.Length; i++)
        {
            var moved = BinaryPrimitives.ReadUInt16LittleEndian(cells[(2 * i)..]) << up;
            stored[i] = isSigned ? moved >> down : moved >>> down;
        }
    }
}
