namespace BrainTumorDicom.Dicom.Pixels.Jpeg;

/// <summary>Decodes the entropy-coded data of one DCT scan (T.81 §B.2.3) into the components' coefficients.</summary>
/// <param name="Frame">The frame.</param>
/// <param name="Components">The components in the scan.</param>
/// <param name="First">Ss: first coefficient.</param>
/// <param name="Last">Se: last coefficient.</param>
/// <param name="High">Ah: the bit position before this scan; 0 for a first one.</param>
/// <param name="Low">Al: the bit position of this scan.</param>
/// <param name="RestartInterval">MCUs between restart markers; 0 for none.</param>
internal sealed record JpegScan(JpegFrame Frame, JpegComponent[] Components, int First, int Last, int High, int Low, int RestartInterval)
{
    private readonly short[] unwanted = new short[64];
    private int endOfBandRun;

    private delegate void BlockDecoder(ref JpegBitReader reader, JpegComponent component, Span<short> block);

    /// <summary>Decodes from <paramref name="position"/>.</summary>
    /// <returns>The marker after the scan (0 at the end of the data), and the position behind it.</returns>
    public (byte Marker, int Position) Decode(ReadOnlySpan<byte> data, int position)
    {
        var reader = new JpegBitReader(data, position);

        // Bands of one component only: nothing in them touches what is wanted.
        if (Components.All(component => !component.IsWanted))
        {
            return Skip(ref reader);
        }

        BlockDecoder decode = !Frame.IsProgressive ? Sequential
            : First == 0 ? (High == 0 ? DcFirst : DcRefine)
            : High == 0 ? AcFirst : AcRefine;
        var single = Components.Length == 1;
        var columns = single ? Components[0].BlockColumns : Frame.McuColumns;
        var rows = single ? Components[0].BlockRows : Frame.McuRows;
        var untilRestart = RestartInterval;
        byte restart = 0xD0;
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                if (RestartInterval > 0 && untilRestart-- == 0)
                {
                    Restart(ref reader, restart);
                    restart = (byte)(0xD0 | ((restart + 1) & 7));
                    untilRestart = RestartInterval - 1;
                }

                DecodeMcu(ref reader, decode, row, column, single);
            }

            Check(reader);
        }

        return (reader.NextMarker(), reader.Position);
    }

    private static (byte Marker, int Position) Skip(ref JpegBitReader reader)
    {
        byte marker;
        do
        {
            marker = reader.NextMarker();
        }
        while (marker is >= 0xD0 and <= 0xD7);

        return (marker, reader.Position);
    }

    /// <exception cref="DicomFormatException">More bits were used than there are.</exception>
    internal static void Check(in JpegBitReader reader)
    {
        if (reader.IsExhausted)
        {
            throw new DicomFormatException("JPEG data ends before the image does.");
        }
    }

    private void DecodeMcu(ref JpegBitReader reader, BlockDecoder decode, int row, int column, bool single)
    {
        if (single)
        {
            decode(ref reader, Components[0], Block(Components[0], row, column));
            return;
        }

        foreach (var component in Components)
        {
            for (var y = 0; y < component.Vertical; y++)
            {
                for (var x = 0; x < component.Horizontal; x++)
                {
                    decode(ref reader, component, Block(component, (row * component.Vertical) + y, (column * component.Horizontal) + x));
                }
            }
        }
    }

    private Span<short> Block(JpegComponent component, int row, int column) =>
        component.IsWanted ? component.Coefficients.AsSpan(((row * component.Stride) + column) * 64, 64) : unwanted;

    /// <summary>Goes behind a restart marker (T.81 §F.2.1.3.1).</summary>
    /// <exception cref="DicomFormatException">Another marker is there, or the data ended before it.</exception>
    internal static void GoToRestart(ref JpegBitReader reader, byte expected)
    {
        Check(reader);
        var marker = reader.NextMarker();
        if (marker != expected)
        {
            throw new DicomFormatException($"JPEG restart marker {expected:X2} expected, {marker:X2} found.");
        }
    }

    private void Restart(ref JpegBitReader reader, byte expected)
    {
        GoToRestart(ref reader, expected);
        endOfBandRun = 0;
        foreach (var component in Components)
        {
            component.Predictor = 0;
        }
    }

    private void Sequential(ref JpegBitReader reader, JpegComponent component, Span<short> block)
    {
        component.Predictor += reader.Signed(reader.Symbol(component.DcTable!) & 15);
        block[0] = (short)component.Predictor;
        var table = component.AcTable!;
        for (var k = 1; k < 64; k++)
        {
            var symbol = reader.Symbol(table);
            var size = symbol & 15;
            if (size == 0)
            {
                if (symbol != 0xF0)
                {
                    return;
                }

                k += 15;
                continue;
            }

            k += symbol >> 4;
            block[NaturalOrder(k)] = (short)reader.Signed(size);
        }
    }

    private void DcFirst(ref JpegBitReader reader, JpegComponent component, Span<short> block)
    {
        component.Predictor += reader.Signed(reader.Symbol(component.DcTable!) & 15);
        block[0] = (short)(component.Predictor << Low);
    }

    private void DcRefine(ref JpegBitReader reader, JpegComponent component, Span<short> block)
    {
        if (reader.Bits(1) != 0)
        {
            block[0] |= (short)(1 << Low);
        }
    }

    private void AcFirst(ref JpegBitReader reader, JpegComponent component, Span<short> block)
    {
        if (endOfBandRun > 0)
        {
            endOfBandRun--;
            return;
        }

        for (var k = First; k <= Last; k++)
        {
            var symbol = reader.Symbol(component.AcTable!);
            var (run, size) = (symbol >> 4, symbol & 15);
            if (size != 0)
            {
                k += run;
                block[NaturalOrder(k)] = (short)(reader.Signed(size) << Low);
            }
            else if (run == 15)
            {
                k += 15;
            }
            else
            {
                endOfBandRun = (1 << run) - 1 + reader.Bits(run);
                return;
            }
        }
    }

    // T.81 §G.1.2.3: new coefficients are placed between correction bits for those already known.
    private void AcRefine(ref JpegBitReader reader, JpegComponent component, Span<short> block)
    {
        var k = First;
        if (endOfBandRun == 0)
        {
            for (; k <= Last; k++)
            {
                var symbol = reader.Symbol(component.AcTable!);
                var (run, size) = (symbol >> 4, symbol & 15);
                short value = 0;
                if (size != 0)
                {
                    value = (short)(reader.Bits(1) != 0 ? 1 << Low : -1 << Low);
                }
                else if (run != 15)
                {
                    endOfBandRun = (1 << run) + reader.Bits(run);
                    break;
                }

                k = CorrectUntil(ref reader, block, k, run);
                if (value != 0)
                {
                    block[NaturalOrder(k)] = value;
                }
            }
        }

        if (endOfBandRun > 0)
        {
            CorrectUntil(ref reader, block, k, int.MaxValue);
            endOfBandRun--;
        }
    }

    private int CorrectUntil(ref JpegBitReader reader, Span<short> block, int k, int zeros)
    {
        for (; k <= Last; k++)
        {
            ref var coefficient = ref block[ZigZag[k]];
            if (coefficient == 0)
            {
                if (zeros-- == 0)
                {
                    break;
                }
            }
            else if (reader.Bits(1) != 0 && (coefficient & (1 << Low)) == 0)
            {
                coefficient += (short)(coefficient > 0 ? 1 << Low : -1 << Low);
            }
        }

        return k;
    }

    private static int NaturalOrder(int k) => k < 64 ? ZigZag[k] : throw new DicomFormatException("JPEG block has more than 64 coefficients.");

    /// <summary>[64] natural position of each coefficient in zigzag order (T.81 figure A.6).</summary>
    internal static ReadOnlySpan<byte> ZigZag =>
    [
        0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5,
        12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28,
        35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51,
        58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63,
    ];
}
