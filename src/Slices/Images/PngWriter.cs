using System.Buffers.Binary;
using System.IO.Compression;
using BrainTumorDicom.Slices.Images.Png;

namespace BrainTumorDicom.Slices.Images;

/// <summary>Writes PNG files of 8 bits: grey or colour, one filter (Up), one IDAT.</summary>
public static class PngWriter
{
    /// <summary>Writes a grey image.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="pixels">[rows × columns], row-major.</param>
    /// <param name="rows">Height.</param>
    /// <param name="columns">Width.</param>
    public static void WriteGray(Stream output, ReadOnlySpan<byte> pixels, int rows, int columns) => Write(output, pixels, rows, columns, color: 0);

    /// <summary>Writes a colour image.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="pixels">[rows × columns × 3], row-major, red, green, blue.</param>
    /// <param name="rows">Height.</param>
    /// <param name="columns">Width.</param>
    public static void WriteColor(Stream output, ReadOnlySpan<byte> pixels, int rows, int columns) => Write(output, pixels, rows, columns, color: 2);

    private static void Write(Stream output, ReadOnlySpan<byte> pixels, int rows, int columns, byte color)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rows);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(columns);
        var rowBytes = columns * (color == 2 ? 3 : 1);
        if (pixels.Length != (long)rows * rowBytes)
        {
            throw new ArgumentException($"{pixels.Length} bytes are not {rows} × {columns} pixels.", nameof(pixels));
        }

        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, columns);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], rows);
        header[8] = 8;
        header[9] = color;
        output.Write(PngDecoder.Signature);
        WriteChunk(output, "IHDR"u8, header);
        WriteChunk(output, "IDAT"u8, Deflate(pixels, rowBytes));
        WriteChunk(output, "IEND"u8, []);
    }

    private static ReadOnlySpan<byte> Deflate(ReadOnlySpan<byte> pixels, int rowBytes)
    {
        using var compressed = new MemoryStream();
        using (var deflate = new ZLibStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
        {
            var filtered = new byte[rowBytes + 1];
            filtered[0] = 2;
            for (var start = 0; start < pixels.Length; start += rowBytes)
            {
                for (var i = 0; i < rowBytes; i++)
                {
                    filtered[i + 1] = (byte)(pixels[start + i] - (start == 0 ? 0 : pixels[start - rowBytes + i]));
                }

                deflate.Write(filtered);
            }
        }

        return compressed.ToArray();
    }

    private static void WriteChunk(Stream output, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        var chunk = new byte[data.Length + 12];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        type.CopyTo(chunk.AsSpan(4));
        data.CopyTo(chunk.AsSpan(8));
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(data.Length + 8), Crc32.Of(chunk.AsSpan(4, data.Length + 4)));
        output.Write(chunk);
    }
}
