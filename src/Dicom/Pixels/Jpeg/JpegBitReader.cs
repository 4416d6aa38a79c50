using System.Buffers.Binary;

namespace BrainTumorDicom.Dicom.Pixels.Jpeg;

/// <summary>Reads the bits of one entropy-coded segment (T.81 §F.2.2.5): unstuffs FF00, stops at a marker.</summary>
internal ref struct JpegBitReader(ReadOnlySpan<byte> data, int position)
{
    private readonly ReadOnlySpan<byte> data = data;
    private ulong buffer;
    private int available;
    private int invented;

    /// <summary>Position of the next byte not yet taken; never beyond a marker.</summary>
    public int Position { get; private set; } = position;

    /// <summary>Whether bits were used that the segment does not have.</summary>
    public readonly bool IsExhausted => invented > available;

    /// <summary>Decodes one Huffman symbol.</summary>
    public int Symbol(JpegHuffmanTable table)
    {
        if (available < 16)
        {
            Refill();
        }

        var next = (int)(buffer >> (available - 16)) & 0xFFFF;
        int entry = table.Short[next >> (16 - JpegHuffmanTable.LookAhead)];
        if (entry == 0)
        {
            entry = table.Long(next);
        }

        available -= entry >> 8;
        return entry & 0xFF;
    }

    /// <summary>Reads <paramref name="count"/> bits (0 to 16) as an unsigned number.</summary>
    public int Bits(int count)
    {
        if (available < count)
        {
            Refill();
        }

        available -= count;
        return (int)(buffer >> available) & ((1 << count) - 1);
    }

    /// <summary>Reads a value of magnitude category <paramref name="category"/> (EXTEND, T.81 §F.2.2.1).</summary>
    public int Signed(int category)
    {
        if (category == 0)
        {
            return 0;
        }

        var bits = Bits(category);
        return bits < 1 << (category - 1) ? bits - (1 << category) + 1 : bits;
    }

    /// <summary>Ends the segment: drops the bits that are left and goes to the marker after it.</summary>
    /// <returns>The marker's second byte; <see cref="Position"/> is behind it. 0 at the end of the data.</returns>
    public byte NextMarker()
    {
        buffer = 0;
        available = 0;
        invented = 0;
        while (Position + 1 < data.Length)
        {
            if (data[Position] == 0xFF && data[Position + 1] is not (0x00 or 0xFF))
            {
                Position += 2;
                return data[Position - 1];
            }

            Position++;
        }

        Position = data.Length;
        return 0;
    }

    private void Refill()
    {
        if (Position + 4 <= data.Length)
        {
            var four = BinaryPrimitives.ReadUInt32BigEndian(data[Position..]);

            // No byte is FF: the usual case.
            if ((~four - 0x01010101u & four & 0x80808080u) == 0)
            {
                buffer = (buffer << 32) | four;
                available += 32;
                Position += 4;
                return;
            }
        }

        while (available <= 48)
        {
            var next = 0;
            if (Position >= data.Length)
            {
                invented += 8;
            }
            else if (data[Position] != 0xFF)
            {
                next = data[Position++];
            }
            else if (Position + 1 < data.Length && data[Position + 1] == 0)
            {
                next = 0xFF;
                Position += 2;
            }
            else
            {
                invented += 8;
            }

            buffer = (buffer << 8) | (uint)next;
            available += 8;
        }
    }
}
