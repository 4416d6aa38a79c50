namespace BrainTumorDicom.Dicom.Pixels.Jpeg;

/// <summary>Decodes the scan of a lossless frame of one component (T.81 annex H).</summary>
/// <param name="Frame">The frame.</param>
/// <param name="Table">Codes of the differences' categories.</param>
/// <param name="Predictor">Ss: 1 to 7.</param>
/// <param name="PointTransform">Al: how many low bits were dropped, fewer than the precision.</param>
/// <param name="RestartInterval">Samples between restart markers, whole lines; 0 for none.</param>
internal sealed record JpegLosslessScan(JpegFrame Frame, JpegHuffmanTable Table, int Predictor, int PointTransform, int RestartInterval)
{
    /// <summary>Makes a scan out of its header's last three bytes.</summary>
    /// <exception cref="DicomFormatException">They are out of range.</exception>
    public static JpegLosslessScan Create(JpegFrame frame, JpegHuffmanTable? table, ReadOnlySpan<byte> parameters, int restartInterval)
    {
        var (predictor, pointTransform) = (parameters[0], parameters[2] & 15);
        if (predictor is < 1 or > 7 || pointTransform >= frame.Precision || table is null)
        {
            throw new DicomFormatException($"JPEG lossless scan with predictor {predictor} and point transform {pointTransform} is out of range or lacks its Huffman table.");
        }

        // A restart begins a line (T.81 §H.1.1 predicts as in the first one).
        return restartInterval % frame.Columns == 0
            ? new JpegLosslessScan(frame, table, predictor, pointTransform, restartInterval)
            : throw new DicomFormatException($"JPEG lossless restart interval of {restartInterval} samples is not whole lines of {frame.Columns}.");
    }

    /// <summary>Decodes from <paramref name="position"/>.</summary>
    /// <param name="data">The whole image.</param>
    /// <param name="position">Behind the scan header.</param>
    /// <param name="samples">Receives [rows × columns].</param>
    /// <returns>The marker after the scan (0 at the end of the data), and the position behind it.</returns>
    /// <exception cref="DicomFormatException">The data is damaged or ends too early.</exception>
    public (byte Marker, int Position) Decode(ReadOnlySpan<byte> data, int position, Span<ushort> samples)
    {
        var reader = new JpegBitReader(data, position);
        var linesUntilRestart = RestartInterval / Frame.Columns;
        byte restart = 0xD0;
        for (var row = 0; row < Frame.Rows; row++)
        {
            var line = samples.Slice(row * Frame.Columns, Frame.Columns);
            var isFirst = row == 0;
            if (RestartInterval > 0 && row > 0 && row % linesUntilRestart == 0)
            {
                JpegScan.GoToRestart(ref reader, restart);
                restart = (byte)(0xD0 | ((restart + 1) & 7));
                isFirst = true;
            }

            ReadDifferences(ref reader, line);
            JpegScan.Check(reader);
            if (isFirst)
            {
                JpegPredictors.RestoreFirst(line, 1 << (Frame.Precision - PointTransform - 1));
            }
            else
            {
                JpegPredictors.Restore(Predictor, line, samples.Slice((row - 1) * Frame.Columns, Frame.Columns));
            }
        }

        if (PointTransform > 0)
        {
            foreach (ref var sample in samples)
            {
                sample <<= PointTransform;
            }
        }

        return (reader.NextMarker(), reader.Position);
    }

    private void ReadDifferences(ref JpegBitReader reader, Span<ushort> line)
    {
        foreach (ref var difference in line)
        {
            var category = reader.Symbol(Table);

            // Category 16 has no further bits: it is 32768 alone (T.81 §H.1.2.2).
            difference = category switch
            {
                < 16 => (ushort)reader.Signed(category),
                16 => 0x8000,
                _ => throw new DicomFormatException($"JPEG difference of category {category}."),
            };
        }
    }
}
