using System.Buffers.Binary;

namespace BrainTumorDicom.Dicom.Pixels.Jpeg;

/// <summary>Decodes baseline, extended, progressive and lossless Huffman JPEG (ITU-T T.81), sample for sample as libjpeg does.</summary>
/// <remarks>
/// An RGB image is told by its Adobe marker or its component identifiers. Refused: arithmetic coding, hierarchical, CMYK, lossless
/// colour, and a component of RGB or a luma that is subsampled.
/// </remarks>
internal sealed class JpegDecoder
{
    /// <summary>More scans than any encoder writes would only burn time.</summary>
    private const int MostScans = 200;

    private readonly JpegTables tables = new();
    private readonly Action<JpegFrame> check;
    private JpegFrame? frame;
    private int restartInterval;
    private int adobeTransform = -1;
    private bool isJfif;
    private int scans;

    private JpegDecoder(Action<JpegFrame> check) => this.check = check;

    private bool IsRgb => frame is { Components: [var first, var second, var third] }
        && !isJfif
        && (adobeTransform == 0 || (adobeTransform < 0 && (first.Id, second.Id, third.Id) == ('R', 'G', 'B')));

    /// <summary>Decodes an image.</summary>
    /// <param name="data">From SOI on.</param>
    /// <param name="check">Called with the frame header before room is made; throws where the frame is not wanted.</param>
    /// <exception cref="DicomFormatException">It is broken or of a kind that is not read.</exception>
    internal static JpegImage Decode(ReadOnlySpan<byte> data, Action<JpegFrame> check)
    {
        if (!data.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8]))
        {
            throw new DicomFormatException("JPEG data does not begin with its start marker.");
        }

        var decoder = new JpegDecoder(check);
        decoder.ReadSegments(data);
        return decoder.Finish();
    }

    internal static DicomFormatException Short() => new("JPEG segment is too short.");

    private void ReadSegments(ReadOnlySpan<byte> data)
    {
        var position = 2;
        var marker = NextMarker(data, ref position);
        while (marker != 0xD9)
        {
            if (marker is 0x01 or (>= 0xD0 and <= 0xD8))
            {
                marker = NextMarker(data, ref position);
                continue;
            }

            var segment = Segment(data, ref position);
            if (marker == 0xDA)
            {
                (marker, position) = ReadScan(segment, data, position);

                // An image that ends without EOI but with all its scans is whole.
                if (marker == 0)
                {
                    return;
                }
            }
            else
            {
                ReadSegment(marker, segment, data.Length);
                marker = NextMarker(data, ref position);
            }
        }
    }

    private static byte NextMarker(ReadOnlySpan<byte> data, ref int position)
    {
        var reader = new JpegBitReader(data, position);
        var marker = reader.NextMarker();
        position = reader.Position;
        return marker != 0 ? marker : throw new DicomFormatException("JPEG file ends before its image.");
    }

    private static ReadOnlySpan<byte> Segment(ReadOnlySpan<byte> data, ref int position)
    {
        var length = position + 2 <= data.Length ? BinaryPrimitives.ReadUInt16BigEndian(data[position..]) : 0;
        if (length < 2 || position + length > data.Length)
        {
            throw new DicomFormatException($"JPEG segment at {position} has a wrong length.");
        }

        var segment = data.Slice(position + 2, length - 2);
        position += length;
        return segment;
    }

    private void ReadSegment(byte marker, ReadOnlySpan<byte> segment, int dataLength)
    {
        switch (marker)
        {
            case >= 0xC0 and <= 0xC3:
                ReadFrame(marker, segment, dataLength);
                break;
            case 0xC4:
                tables.ReadHuffman(segment);
                break;
            case 0xDB:
                tables.ReadQuantization(segment);
                break;
            case 0xDD:
                restartInterval = segment.Length >= 2 ? BinaryPrimitives.ReadUInt16BigEndian(segment) : throw Short();
                break;
            case 0xE0:
                isJfif |= segment.StartsWith("JFIF\0"u8);
                break;
            case 0xEE when segment.Length >= 12 && segment.StartsWith("Adobe"u8):
                adobeTransform = segment[11];
                break;
            case (>= 0xC5 and <= 0xC7) or (>= 0xC9 and <= 0xCF) or 0xDC or 0xDE or 0xDF:
                throw new DicomFormatException($"JPEG of marker {marker:X2} (hierarchical or arithmetic coding) is not read.");
            default:
                break;
        }
    }

    private void ReadFrame(byte marker, ReadOnlySpan<byte> segment, int dataLength)
    {
        if (frame is not null)
        {
            throw new DicomFormatException("JPEG with two frame headers.");
        }

        var read = JpegFrame.Read(marker, segment);
        check(read);
        if ((long)read.Columns * read.Rows > PixelCodecs.MostPixels)
        {
            throw new DicomFormatException($"JPEG of {read.Columns} × {read.Rows} pixels: at most {PixelCodecs.MostPixels} are read.");
        }

        // A few bytes cannot make us hold a large image. No rows would mean that they come in a DNL segment: nobody writes that.
        if (read.Columns == 0 || read.Rows == 0 || (long)dataLength * 8 < read.FewestBits)
        {
            throw new DicomFormatException($"JPEG file of {dataLength} bytes is too short for {read.Columns} × {read.Rows} pixels.");
        }

        frame = read;
    }

    private (byte Marker, int Position) ReadScan(ReadOnlySpan<byte> segment, ReadOnlySpan<byte> data, int position)
    {
        if (frame is null || segment.Length < 1 || segment[0] is < 1 or > 3 || segment.Length < 4 + (2 * segment[0]))
        {
            throw new DicomFormatException("JPEG scan header is broken or before the frame header.");
        }

        if (++scans > (frame.IsLossless ? 1 : MostScans))
        {
            throw new DicomFormatException($"JPEG has {scans} scans, more than it can need.");
        }

        var components = ScanComponents(frame, segment);
        var parameters = segment[(1 + (2 * segment[0]))..];
        if (frame.IsLossless)
        {
            var lossless = JpegLosslessScan.Create(frame, components[0].DcTable, parameters, restartInterval);
            frame.Components[0].Samples = new ushort[frame.Columns * frame.Rows];
            return lossless.Decode(data, position, frame.Components[0].Samples);
        }

        if (scans == 1)
        {
            PrepareComponents(frame);
        }

        var scan = frame.IsProgressive
            ? new JpegScan(frame, components, parameters[0], parameters[1], parameters[2] >> 4, parameters[2] & 15, restartInterval)
            : new JpegScan(frame, components, 0, 63, 0, 0, restartInterval);
        CheckScan(scan);
        return scan.Decode(data, position);
    }

    private void PrepareComponents(JpegFrame prepared)
    {
        var wanted = IsRgb ? prepared.Components : prepared.Components[..1];
        foreach (var component in prepared.Components)
        {
            component.Measure(prepared);
        }

        foreach (var component in wanted)
        {
            if (component.Horizontal != prepared.MaxHorizontal || component.Vertical != prepared.MaxVertical)
            {
                throw new DicomFormatException("JPEG whose luma (or red, green, blue) is subsampled is not read.");
            }

            component.Want(prepared);
        }
    }

    private JpegComponent[] ScanComponents(JpegFrame current, ReadOnlySpan<byte> segment)
    {
        var components = new JpegComponent[segment[0]];
        for (var i = 0; i < components.Length; i++)
        {
            var (id, numbers) = (segment[1 + (2 * i)], segment[2 + (2 * i)]);
            var component = Array.Find(current.Components, candidate => candidate.Id == id);
            if (component is null || components.Contains(component) || (numbers >> 4) > 3 || (numbers & 15) > 3)
            {
                throw new DicomFormatException("JPEG scan names a component or table that does not exist.");
            }

            component.DcTable = tables.Dc(numbers >> 4);
            component.AcTable = tables.Ac(numbers & 15);
            component.Predictor = 0;
            component.Quantization ??= tables.Quantization(component.QuantizationTable);
            components[i] = component;
        }

        return components;
    }

    private static void CheckScan(JpegScan scan)
    {
        var progressive = scan.Frame.IsProgressive;
        var isDc = scan.First == 0;
        if (progressive && (scan.Last > 63 || scan.First > scan.Last || (isDc && scan.Last != 0) || (!isDc && scan.Components.Length != 1)
            || scan.Low > 13 || (scan.High != 0 && scan.High != scan.Low + 1)))
        {
            throw new DicomFormatException("JPEG progressive scan is out of range.");
        }

        var needsDc = isDc && scan.High == 0;
        var needsAc = !progressive || !isDc;
        if (scan.Components.Any(component => component.Quantization is null
            || (needsDc && component.DcTable is null) || (needsAc && component.AcTable is null)))
        {
            throw new DicomFormatException("JPEG scan without its quantization or Huffman table.");
        }
    }

    private JpegImage Finish()
    {
        if (frame is null || scans == 0 || (!frame.IsLossless && frame.Components.Any(component => component.IsWanted && component.Quantization is null)))
        {
            throw new DicomFormatException("JPEG file holds no image.");
        }

        return frame.IsLossless
            ? new JpegImage(frame, frame.Columns, [frame.Components[0].Samples])
            : new JpegImage(
                frame,
                frame.Components[0].Stride * 8,
                [.. frame.Components.Where(component => component.IsWanted).Select(component => Samples(component, frame.Precision))]);
    }

    private static ushort[] Samples(JpegComponent component, int precision)
    {
        var natural = new int[64];
        for (var k = 0; k < 64; k++)
        {
            natural[JpegScan.ZigZag[k]] = component.Quantization![k];
        }

        var stride = component.Stride * 8;
        var samples = new ushort[component.Coefficients.Length];
        for (var row = 0; row < component.BlockRows; row++)
        {
            for (var column = 0; column < component.BlockColumns; column++)
            {
                var block = component.Coefficients.AsSpan(((row * component.Stride) + column) * 64, 64);
                InverseDct.Transform(block, natural, samples.AsSpan((row * 8 * stride) + (column * 8)), stride, precision);
            }
        }

        return samples;
    }
}
