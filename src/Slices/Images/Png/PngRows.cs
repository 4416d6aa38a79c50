using System.Buffers.Binary;

namespace BrainTumorDicom.Slices.Images.Png;

/// <summary>The rows of a PNG image: undoes filters (ISO/IEC 15948 §9) and interlacing (§8.2), and takes the luma.</summary>
internal sealed class PngRows(PngHeader header, float[]? palette, Stream inflated)
{
    /// <summary>[7] the passes of Adam7: first column, first row, column step, row step.</summary>
    private static readonly (int X, int Y, int StepX, int StepY)[] Adam7 =
        [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

    private readonly float[] values = new float[header.Rows * header.Columns];

    /// <summary>Reads the whole image.</summary>
    /// <returns>[rows × columns] luma.</returns>
    public float[] Read()
    {
        foreach (var (x, y, stepX, stepY) in header.IsInterlaced ? Adam7 : [(0, 0, 1, 1)])
        {
            ReadPass(x, y, stepX, stepY);
        }

        return values;
    }

    private void ReadPass(int x, int y, int stepX, int stepY)
    {
        var columns = (header.Columns - x + stepX - 1) / stepX;
        if (columns <= 0)
        {
            return;
        }

        var bytes = header.RowBytes(columns);
        var (above, row) = (new byte[bytes], new byte[bytes]);
        for (; y < header.Rows; y += stepY)
        {
            var filter = inflated.ReadByte();
            inflated.ReadExactly(row);
            Unfilter(filter, row, above, header.FilterDistance);
            var output = values.AsSpan((y * header.Columns) + x);
            for (var i = 0; i < columns; i++)
            {
                output[i * stepX] = Pixel(row, i);
            }

            (above, row) = (row, above);
        }
    }

    private static void Unfilter(int filter, byte[] row, byte[] above, int distance)
    {
        switch (filter)
        {
            case 0:
                break;
            case 1:
                for (var i = distance; i < row.Length; i++)
                {
                    row[i] += row[i - distance];
                }

                break;
            case 2:
                for (var i = 0; i < row.Length; i++)
                {
                    row[i] += above[i];
                }

                break;
            case 3:
                for (var i = 0; i < row.Length; i++)
                {
                    row[i] += (byte)(((i < distance ? 0 : row[i - distance]) + above[i]) / 2);
                }

                break;
            case 4:
                for (var i = 0; i < row.Length; i++)
                {
                    row[i] += i < distance ? above[i] : Paeth(row[i - distance], above[i], above[i - distance]);
                }

                break;
            default:
                throw new ImageFormatException($"PNG row with filter {filter}.");
        }
    }

    private static byte Paeth(byte left, byte above, byte corner)
    {
        var (toLeft, toAbove, toCorner) = (Math.Abs(above - corner), Math.Abs(left - corner), Math.Abs(left + above - (2 * corner)));
        return toLeft <= toAbove && toLeft <= toCorner ? left : toAbove <= toCorner ? above : corner;
    }

    private float Pixel(byte[] row, int index)
    {
        var first = index * header.Channels;
        if (header.Color is 2 or 6)
        {
            return Luma.Of((uint)Sample(row, first), (uint)Sample(row, first + 1), (uint)Sample(row, first + 2));
        }

        var sample = Sample(row, first);
        return header.Color != 3 ? (header.Depth < 8 ? sample * 255 / ((1 << header.Depth) - 1) : sample)
            : sample < palette!.Length ? palette[sample]
            : throw new ImageFormatException($"PNG pixel with colour {sample} of a palette of {palette.Length}.");
    }

    private int Sample(byte[] row, int index) => header.Depth switch
    {
        8 => row[index],
        16 => BinaryPrimitives.ReadUInt16BigEndian(row.AsSpan(2 * index)),
        var depth => (row[index * depth / 8] >> (8 - depth - (index * depth % 8))) & ((1 << depth) - 1),
    };
}
