using System.Runtime.InteropServices;

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

        Unpack(MemoryMarshal.Cast<byte, ushort>(cells), format, stored);
    }

    /// <summary>As <see cref="Unpack(ReadOnlySpan{byte}, in PixelFormat, Span{int})"/>, with each cell in a number of 16 bits.</summary>
    internal static void Unpack(ReadOnlySpan<ushort> cells, in PixelFormat format, Span<int> stored)
    {
        var up = 31 - format.HighBit;
        var down = 32 - format.BitsStored;
        if (format.IsSigned)
        {
            for (var i = 0; i < stored.Length; i++)
            {
                stored[i] = cells[i] << up >> down;
            }

            return;
        }

        for (var i = 0; i < stored.Length; i++)
        {
            stored[i] = cells[i] << up >>> down;
        }
    }

    /// <summary>
    /// Keeps what a lossy codec overshot inside the bits stored: cut off at the top bits, the brightest pixels would become the darkest.
    /// Two's complement is left alone.
    /// </summary>
    internal static void ClampOvershoot(Span<ushort> cells, in PixelFormat format)
    {
        var highest = (ushort)((1 << format.BitsStored) - 1);
        if (format.IsSigned || format.HighBit != format.BitsStored - 1 || highest == ushort.MaxValue)
        {
            return;
        }

        foreach (ref var cell in cells)
        {
            cell = Math.Min(cell, highest);
        }
    }

    /// <summary>Extends the sign of samples whose codes had fewer bits than are stored: the codecs count bits, DICOM says what they mean.</summary>
    /// <param name="cells">The samples.</param>
    /// <param name="format">How they are stored.</param>
    /// <param name="precision">Bits of a sample in its codes.</param>
    internal static void ExtendSign(Span<ushort> cells, in PixelFormat format, int precision)
    {
        if (!format.IsSigned || precision >= format.BitsStored)
        {
            return;
        }

        var shift = 16 - precision;
        foreach (ref var cell in cells)
        {
            cell = (ushort)((short)(cell << shift) >> shift);
        }
    }
}
