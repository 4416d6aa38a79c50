using System.Buffers.Binary;

namespace BrainTumorDicom.Slices.Images.Png;

/// <summary>The IHDR chunk (ISO/IEC 15948 §11.2.2).</summary>
/// <param name="Columns">Width.</param>
/// <param name="Rows">Height.</param>
/// <param name="Depth">Bits per sample or palette index.</param>
/// <param name="Color">Colour type: 0 grey, 2 colour, 3 palette, 4 grey with alpha, 6 colour with alpha.</param>
/// <param name="IsInterlaced">Adam7.</param>
internal readonly record struct PngHeader(int Columns, int Rows, int Depth, int Color, bool IsInterlaced)
{
    /// <summary>Samples of one pixel.</summary>
    public int Channels => Color switch { 2 => 3, 4 => 2, 6 => 4, _ => 1 };

    /// <summary>Distance in bytes to the same sample of the pixel before, as the filters count it.</summary>
    public int FilterDistance => Math.Max(1, Channels * Depth / 8);

    /// <summary>Bytes of a row of <paramref name="columns"/> pixels, without its filter byte.</summary>
    public int RowBytes(int columns) => (int)((((long)columns * Channels * Depth) + 7) / 8);

    /// <summary>Reads the chunk's data.</summary>
    public static PngHeader Read(ReadOnlySpan<byte> data)
    {
        if (data.Length != 13 || data[10] != 0 || data[11] != 0 || data[12] > 1)
        {
            throw new ImageFormatException("PNG header is broken.");
        }

        var (columns, rows) = (BinaryPrimitives.ReadUInt32BigEndian(data), BinaryPrimitives.ReadUInt32BigEndian(data[4..]));
        ImageLimits.Check("PNG", columns, rows);
        var valid = data[9] switch
        {
            0 => data[8] is 1 or 2 or 4 or 8 or 16,
            3 => data[8] is 1 or 2 or 4 or 8,
            2 or 4 or 6 => data[8] is 8 or 16,
            _ => false,
        };
        return valid
            ? new PngHeader((int)columns, (int)rows, data[8], data[9], data[12] == 1)
            : throw new ImageFormatException($"PNG colour type {data[9]} with {data[8]} bits does not exist.");
    }
}
