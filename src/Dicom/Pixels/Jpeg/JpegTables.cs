using System.Buffers.Binary;

namespace BrainTumorDicom.Dicom.Pixels.Jpeg;

/// <summary>The tables that stand at a place of the data (T.81 §B.2.4): each segment replaces what it names.</summary>
internal sealed class JpegTables
{
    private readonly JpegHuffmanTable?[] dcTables = new JpegHuffmanTable?[4];
    private readonly JpegHuffmanTable?[] acTables = new JpegHuffmanTable?[4];
    private readonly ushort[]?[] quantization = new ushort[]?[4];

    /// <summary>DC table (also that of lossless differences), 0 to 3.</summary>
    public JpegHuffmanTable? Dc(int number) => dcTables[number];

    /// <summary>AC table, 0 to 3.</summary>
    public JpegHuffmanTable? Ac(int number) => acTables[number];

    /// <summary>[64] quantization table in zigzag order, 0 to 3.</summary>
    public ushort[]? Quantization(int number) => quantization[number];

    /// <summary>Reads a DHT segment (T.81 §B.2.4.2).</summary>
    /// <exception cref="DicomFormatException">It is broken.</exception>
    public void ReadHuffman(ReadOnlySpan<byte> segment)
    {
        while (segment.Length > 0)
        {
            if (segment.Length < 17)
            {
                throw JpegDecoder.Short();
            }

            var (kind, number) = (segment[0] >> 4, segment[0] & 15);
            var counts = segment.Slice(1, 16);
            var total = 0;
            foreach (var count in counts)
            {
                total += count;
            }

            if (kind > 1 || number > 3 || total > 256 || segment.Length < 17 + total)
            {
                throw new DicomFormatException("JPEG Huffman table is broken.");
            }

            (kind == 0 ? dcTables : acTables)[number] = new JpegHuffmanTable(counts, segment.Slice(17, total));
            segment = segment[(17 + total)..];
        }
    }

    /// <summary>Reads a DQT segment (T.81 §B.2.4.1).</summary>
    /// <exception cref="DicomFormatException">It is broken.</exception>
    public void ReadQuantization(ReadOnlySpan<byte> segment)
    {
        while (segment.Length > 0)
        {
            var (precision, number) = (segment[0] >> 4, segment[0] & 15);
            var length = precision == 0 ? 64 : 128;
            if (precision > 1 || number > 3 || segment.Length < 1 + length)
            {
                throw new DicomFormatException("JPEG quantization table is broken.");
            }

            var table = new ushort[64];
            for (var i = 0; i < 64; i++)
            {
                table[i] = precision == 0 ? segment[1 + i] : BinaryPrimitives.ReadUInt16BigEndian(segment[(1 + (2 * i))..]);
            }

            quantization[number] = table;
            segment = segment[(1 + length)..];
        }
    }
}
