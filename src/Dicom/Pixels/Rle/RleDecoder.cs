using System.Buffers.Binary;
using System.Runtime.InteropServices;
using BrainTumorDicom.Dicom.Data;

namespace BrainTumorDicom.Dicom.Pixels.Rle;

/// <summary>RLE compression (PS3.5 annex G): a header of offsets, then one PackBits segment a byte plane, the most significant first.</summary>
/// <remarks>Two bytes stand for 128 at most.</remarks>
internal sealed class RleDecoder : IFrameDecoder
{
    private const int HeaderLength = 64;

    /// <inheritdoc/>
    public long MostPixelsOf(long length, int bitsAllocated) => Math.Max(0, length - HeaderLength) * 64 / (bitsAllocated / 8);

    /// <inheritdoc/>
    public void Decode(ReadOnlySpan<byte> codes, in PixelFormat format, Span<ushort> cells)
    {
        var planes = format.BitsAllocated / 8;
        if (planes == 1)
        {
            cells.Clear();
        }

        Decode(codes, MemoryMarshal.AsBytes(cells), planes);
    }

    /// <summary>Decodes a frame of one sample a pixel into the low bytes of 16-bit cells.</summary>
    private static void Decode(ReadOnlySpan<byte> codes, Span<byte> cells, int planes)
    {
        if (codes.Length < HeaderLength)
        {
            throw Damaged($"{codes.Length} bytes are too few for its header of {HeaderLength}");
        }

        var segments = BinaryPrimitives.ReadUInt32LittleEndian(codes);
        if (segments != planes)
        {
            throw Damaged($"{segments} segments, but {planes} belong to its pixels");
        }

        for (var segment = 0; segment < planes; segment++)
        {
            var start = BinaryPrimitives.ReadUInt32LittleEndian(codes[(4 + (4 * segment))..]);
            var end = segment + 1 < planes ? BinaryPrimitives.ReadUInt32LittleEndian(codes[(8 + (4 * segment))..]) : (uint)codes.Length;
            if (start < HeaderLength || start > end || end > (uint)codes.Length)
            {
                throw Damaged($"segment {segment + 1} runs from {start} to {end} of {codes.Length} bytes");
            }

            DecodeSegment(codes[(int)start..(int)end], cells[(planes - 1 - segment)..]);
        }
    }

    /// <summary>PackBits (PS3.5 §G.3.2), written to every other byte.</summary>
    private static void DecodeSegment(ReadOnlySpan<byte> codes, Span<byte> cells)
    {
        int read = 0, write = 0;
        while (write < cells.Length)
        {
            if (read >= codes.Length)
            {
                throw Damaged("a segment ends before its pixels do");
            }

            var code = (sbyte)codes[read++];
            if (code >= 0)
            {
                var count = code + 1;
                if (count > codes.Length - read)
                {
                    throw Damaged("a literal run reaches beyond its segment");
                }

                for (var i = 0; i < count && write < cells.Length; i++, write += 2)
                {
                    cells[write] = codes[read + i];
                }

                read += count;
            }
            else if (code != -128)
            {
                if (read >= codes.Length)
                {
                    throw Damaged("a segment ends within a repeated run");
                }

                var value = codes[read++];
                for (var i = 0; i < 1 - code && write < cells.Length; i++, write += 2)
                {
                    cells[write] = value;
                }
            }
        }
    }

    private static DicomFormatException Damaged(string what) => new($"RLE: {what}", -1, DicomTag.PixelData);
}
