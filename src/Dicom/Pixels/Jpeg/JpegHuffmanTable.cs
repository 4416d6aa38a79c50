namespace BrainTumorDicom.Dicom.Pixels.Jpeg;

/// <summary>A Huffman table (ITU-T T.81 Annex C) with a look-up for short codes.</summary>
internal sealed class JpegHuffmanTable
{
    /// <summary>Codes up to this many bits are found by one look-up.</summary>
    public const int LookAhead = 9;

    private readonly byte[] symbols;
    private readonly int[] maxCode = new int[18];
    private readonly int[] offset = new int[17];

    /// <summary>Builds the table.</summary>
    /// <param name="counts">[16] number of codes of each length from 1.</param>
    /// <param name="symbols">The symbols in the order of their codes.</param>
    /// <exception cref="DicomFormatException">The lengths do not make a prefix code.</exception>
    public JpegHuffmanTable(ReadOnlySpan<byte> counts, ReadOnlySpan<byte> symbols)
    {
        this.symbols = symbols.ToArray();
        var code = 0;
        var index = 0;
        for (var length = 1; length <= 16; length++)
        {
            offset[length] = index - code;
            for (var i = 0; i < counts[length - 1]; i++, code++, index++)
            {
                // A code may not be all ones, nor longer than its length (T.81 Annex C).
                if (code >= 1 << length)
                {
                    throw new DicomFormatException("JPEG Huffman table is not a prefix code.");
                }

                if (length <= LookAhead)
                {
                    var entry = (ushort)((length << 8) | symbols[index]);
                    Short.AsSpan(code << (LookAhead - length), 1 << (LookAhead - length)).Fill(entry);
                }
            }

            maxCode[length] = code;
            code <<= 1;
        }

        maxCode[17] = int.MaxValue;
    }

    /// <summary>[512] by the next nine bits: length in the upper byte, symbol in the lower; 0 for longer codes.</summary>
    public ushort[] Short { get; } = new ushort[1 << LookAhead];

    /// <summary>Finds a code longer than <see cref="LookAhead"/> bits.</summary>
    /// <param name="bits">The next 16 bits.</param>
    /// <returns>Length in the upper byte, symbol in the lower.</returns>
    public int Long(int bits)
    {
        for (var length = LookAhead + 1; length <= 16; length++)
        {
            var code = bits >> (16 - length);
            if (code < maxCode[length])
            {
                var index = offset[length] + code;
                return index >= 0 && index < symbols.Length ? (length << 8) | symbols[index] : throw Bad();
            }
        }

        throw Bad();
    }

    private static DicomFormatException Bad() => new("JPEG data holds a code that is in no Huffman table.");
}
