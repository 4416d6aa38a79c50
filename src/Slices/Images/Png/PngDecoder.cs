using System.Buffers.Binary;
using System.IO.Compression;
using BrainTumorDicom.Slices.Conversion;

namespace BrainTumorDicom.Slices.Images.Png;

/// <summary>Decodes PNG (ISO/IEC 15948) to luma: every colour type and depth, palettes, Adam7. Checks the CRC of what it uses.</summary>
internal static class PngDecoder
{
    /// <summary>Deflate cannot make more of a byte than this, so a shorter file is a lie.</summary>
    private const long MostExpansion = 1032;

    /// <summary>The eight bytes that begin a PNG file.</summary>
    public static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Decodes a file.</summary>
    /// <exception cref="ImageFormatException">It is broken.</exception>
    public static SlicePixels Decode(ReadOnlyMemory<byte> file)
    {
        PngHeader? header = null;
        float[]? palette = null;
        using var compressed = new MemoryStream();
        var position = Signature.Length;
        while (true)
        {
            var (type, data) = Chunk(file.Span, ref position);
            if (header is null && !type.SequenceEqual("IHDR"u8))
            {
                throw new ImageFormatException("PNG file does not begin with its header.");
            }

            if (type.SequenceEqual("IHDR"u8))
            {
                header = PngHeader.Read(data);
            }
            else if (type.SequenceEqual("PLTE"u8))
            {
                palette = Palette(data);
            }
            else if (type.SequenceEqual("IDAT"u8))
            {
                compressed.Write(data);
            }
            else if (type.SequenceEqual("IEND"u8))
            {
                break;
            }
        }

        return Inflate(header!.Value, palette, compressed);
    }

    private static PngChunk Chunk(ReadOnlySpan<byte> file, ref int position)
    {
        if (position + 12 > file.Length)
        {
            throw new ImageFormatException("PNG file ends before its image.");
        }

        var length = BinaryPrimitives.ReadUInt32BigEndian(file[position..]);
        if (length > (uint)(file.Length - position - 12))
        {
            throw new ImageFormatException($"PNG chunk at {position} of {length} bytes reaches beyond the file.");
        }

        var checkedBytes = file.Slice(position + 4, (int)length + 4);
        var type = checkedBytes[..4];
        if (Crc32.Of(checkedBytes) != BinaryPrimitives.ReadUInt32BigEndian(file[(position + 8 + (int)length)..]))
        {
            throw new ImageFormatException($"PNG chunk at {position} does not match its CRC.");
        }

        // An upper-case first letter means the image cannot be read without it (§5.4).
        if ((type[0] & 0x20) == 0 && !(type.SequenceEqual("IHDR"u8) || type.SequenceEqual("PLTE"u8) || type.SequenceEqual("IDAT"u8) || type.SequenceEqual("IEND"u8)))
        {
            throw new ImageFormatException($"PNG chunk at {position} is critical and not known.");
        }

        position += 12 + (int)length;
        return new PngChunk(type, checkedBytes[4..]);
    }

    private static float[] Palette(ReadOnlySpan<byte> data)
    {
        if (data.Length is 0 or > 768 || data.Length % 3 != 0)
        {
            throw new ImageFormatException($"PNG palette of {data.Length} bytes.");
        }

        var palette = new float[data.Length / 3];
        for (var i = 0; i < palette.Length; i++)
        {
            palette[i] = Luma.Of(data[3 * i], data[(3 * i) + 1], data[(3 * i) + 2]);
        }

        return palette;
    }

    private static SlicePixels Inflate(PngHeader header, float[]? palette, MemoryStream compressed)
    {
        if (header.Color == 3 && palette is null)
        {
            throw new ImageFormatException("PNG with a colour map but without a palette.");
        }

        if (compressed.Length * MostExpansion < (long)header.RowBytes(header.Columns) * header.Rows)
        {
            throw new ImageFormatException($"PNG data of {compressed.Length} bytes are too few for {header.Columns} × {header.Rows} pixels.");
        }

        compressed.Position = 0;
        using var inflated = new ZLibStream(compressed, CompressionMode.Decompress);
        try
        {
            return new SlicePixels(new PngRows(header, palette, inflated).Read(), header.Rows, header.Columns);
        }
        catch (Exception error) when (error is InvalidDataException or EndOfStreamException)
        {
            throw new ImageFormatException("PNG data are broken or end before the image does.", error);
        }
    }

    /// <summary>One chunk.</summary>
    private readonly ref struct PngChunk(ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        private readonly ReadOnlySpan<byte> type = type;
        private readonly ReadOnlySpan<byte> data = data;

        public void Deconstruct(out ReadOnlySpan<byte> chunkType, out ReadOnlySpan<byte> chunkData)
        {
            chunkType = type;
            chunkData = data;
        }
    }
}
