using System.Buffers.Binary;
using BrainTumorDicom.Slices.Conversion;

namespace BrainTumorDicom.Slices.Images.Jpeg;

/// <summary>Decodes the luma of baseline, extended and progressive Huffman JPEG of 8 bits (ITU-T T.81), sample for sample as libjpeg does.</summary>
/// <remarks>
/// Of a YCbCr file only Y is kept, which is exact and spares two thirds of the work; an RGB file (by its Adobe marker or its component
/// identifiers) is folded into luma. Refused: arithmetic coding, lossless, hierarchical, 12 bits, CMYK, and a component of RGB or a luma
/// that is subsampled.
/// </remarks>
internal sealed class JpegDecoder
{
    /// <summary>More scans than any encoder writes would only burn time.</summary>
    private const int MostScans = 200;

    private readonly JpegHuffmanTable?[] dcTables = new JpegHuffmanTable?[4];
    private readonly JpegHuffmanTable?[] acTables = new JpegHuffmanTable?[4];
    private readonly ushort[]?[] quantization = new ushort[]?[4];
    private JpegFrame? frame;
    private int restartInterval;
    private int adobeTransform = -1;
    private bool isJfif;
    private int scans;

    private JpegDecoder()
    {
    }

    private bool IsRgb => frame is { Components: [var first, var second, var third] }
        && !isJfif
        && (adobeTransform == 0 || (adobeTransform < 0 && (first.Id, second.Id, third.Id) == ('R', 'G', 'B')));

    /// <summary>Decodes a file.</summary>
    /// <exception cref="ImageFormatException">It is broken or of a kind that is not read.</exception>
    public static SlicePixels Decode(ReadOnlySpan<byte> data)
    {
        var decoder = new JpegDecoder();
        decoder.ReadSegments(data);
        return decoder.Finish();
    }

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

                // A file that ends without EOI but with all its scans is whole.
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
        return marker != 0 ? marker : throw new ImageFormatException("JPEG file ends before its image.");
    }

    private static ReadOnlySpan<byte> Segment(ReadOnlySpan<byte> data, ref int position)
    {
        var length = position + 2 <= data.Length ? BinaryPrimitives.ReadUInt16BigEndian(data[position..]) : 0;
        if (length < 2 || position + length > data.Length)
        {
            throw new ImageFormatException($"JPEG segment at {position} has a wrong length.");
        }

        var segment = data.Slice(position + 2, length - 2);
        position += length;
        return segment;
    }

    private void ReadSegment(byte marker, ReadOnlySpan<byte> segment, int fileLength)
    {
        switch (marker)
        {
            case 0xC0 or 0xC1 or 0xC2:
                ReadFrame(segment, isProgressive: marker == 0xC2, fileLength);
                break;
            case 0xC4:
                ReadHuffmanTables(segment);
                break;
            case 0xDB:
                ReadQuantizationTables(segment);
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
            case 0xC3 or (>= 0xC5 and <= 0xC7) or (>= 0xC9 and <= 0xCF and not 0xCC) or 0xCC or 0xDC or 0xDE or 0xDF:
                throw new ImageFormatException($"JPEG of marker {marker:X2} (lossless, hierarchical or arithmetic coding) is not read.");
            default:
                break;
        }
    }

    private void ReadFrame(ReadOnlySpan<byte> segment, bool isProgressive, int fileLength)
    {
        if (frame is not null || segment.Length < 6 || segment.Length < 6 + (3 * segment[5]))
        {
            throw new ImageFormatException("JPEG frame header is broken or there are two.");
        }

        var (rows, columns) = (BinaryPrimitives.ReadUInt16BigEndian(segment[1..]), BinaryPrimitives.ReadUInt16BigEndian(segment[3..]));
        if (segment[0] != 8 || segment[5] is not (1 or 3))
        {
            throw new ImageFormatException($"JPEG of {segment[0]} bits and {segment[5]} components is not read: 8 bits and 1 or 3 components are.");
        }

        ImageLimits.Check("JPEG", columns, rows);
        var components = new JpegComponent[segment[5]];
        for (var i = 0; i < components.Length; i++)
        {
            var entry = segment.Slice(6 + (3 * i), 3);
            var (horizontal, vertical) = (entry[1] >> 4, entry[1] & 15);
            if (horizontal is < 1 or > 4 || vertical is < 1 or > 4 || entry[2] > 3)
            {
                throw new ImageFormatException("JPEG sampling factors or table number out of range.");
            }

            // One component alone is never interleaved: its factors mean nothing (T.81 §A.2.2).
            components[i] = components.Length == 1
                ? new JpegComponent(entry[0], 1, 1, entry[2])
                : new JpegComponent(entry[0], horizontal, vertical, entry[2]);
        }

        frame = new JpegFrame(columns, rows, isProgressive, components);

        // Each block costs at least one bit: a tiny file cannot make us hold a large image.
        if ((long)fileLength * 8 < (long)columns * rows / 64)
        {
            throw new ImageFormatException($"JPEG file of {fileLength} bytes is too short for {columns} × {rows} pixels.");
        }
    }

    private void ReadHuffmanTables(ReadOnlySpan<byte> segment)
    {
        while (segment.Length > 0)
        {
            if (segment.Length < 17)
            {
                throw Short();
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
                throw new ImageFormatException("JPEG Huffman table is broken.");
            }

            (kind == 0 ? dcTables : acTables)[number] = new JpegHuffmanTable(counts, segment.Slice(17, total));
            segment = segment[(17 + total)..];
        }
    }

    private void ReadQuantizationTables(ReadOnlySpan<byte> segment)
    {
        while (segment.Length > 0)
        {
            var (precision, number) = (segment[0] >> 4, segment[0] & 15);
            var length = precision == 0 ? 64 : 128;
            if (precision > 1 || number > 3 || segment.Length < 1 + length)
            {
                throw new ImageFormatException("JPEG quantization table is broken.");
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

    private (byte Marker, int Position) ReadScan(ReadOnlySpan<byte> segment, ReadOnlySpan<byte> data, int position)
    {
        if (frame is null || segment.Length < 1 || segment[0] is < 1 or > 3 || segment.Length < 4 + (2 * segment[0]))
        {
            throw new ImageFormatException("JPEG scan header is broken or before the frame header.");
        }

        if (++scans > MostScans)
        {
            throw new ImageFormatException($"JPEG has more than {MostScans} scans.");
        }

        if (scans == 1)
        {
            PrepareComponents(frame);
        }

        var spectral = segment[(1 + (2 * segment[0]))..];
        var scan = frame.IsProgressive
            ? new JpegScan(frame, ScanComponents(frame, segment), spectral[0], spectral[1], spectral[2] >> 4, spectral[2] & 15, restartInterval)
            : new JpegScan(frame, ScanComponents(frame, segment), 0, 63, 0, 0, restartInterval);
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
                throw new ImageFormatException("JPEG whose luma (or red, green, blue) is subsampled is not read.");
            }

            component.Want(prepared);
        }
    }

    private JpegComponent[] ScanComponents(JpegFrame current, ReadOnlySpan<byte> segment)
    {
        var components = new JpegComponent[segment[0]];
        for (var i = 0; i < components.Length; i++)
        {
            var (id, tables) = (segment[1 + (2 * i)], segment[2 + (2 * i)]);
            var component = Array.Find(current.Components, candidate => candidate.Id == id);
            if (component is null || components.Contains(component) || (tables >> 4) > 3 || (tables & 15) > 3)
            {
                throw new ImageFormatException("JPEG scan names a component or table that does not exist.");
            }

            component.DcTable = dcTables[tables >> 4];
            component.AcTable = acTables[tables & 15];
            component.Predictor = 0;
            component.Quantization ??= quantization[component.QuantizationTable]
                ?? throw new ImageFormatException("JPEG scan without its quantization table.");
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
            throw new ImageFormatException("JPEG progressive scan is out of range.");
        }

        var needsDc = isDc && scan.High == 0;
        var needsAc = !progressive || !isDc;
        if (scan.Components.Any(component => (needsDc && component.DcTable is null) || (needsAc && component.AcTable is null)))
        {
            throw new ImageFormatException("JPEG scan without its Huffman table.");
        }
    }

    private SlicePixels Finish()
    {
        if (frame is null || scans == 0 || frame.Components.Any(component => component.IsWanted && component.Quantization is null))
        {
            throw new ImageFormatException("JPEG file holds no image.");
        }

        var values = new float[frame.Rows * frame.Columns];
        var planes = frame.Components.Where(component => component.IsWanted).Select(Samples).ToArray();
        var stride = frame.Components[0].Stride * 8;
        for (var row = 0; row < frame.Rows; row++)
        {
            var output = values.AsSpan(row * frame.Columns, frame.Columns);
            var start = row * stride;
            for (var column = 0; column < output.Length; column++)
            {
                output[column] = planes.Length == 1
                    ? planes[0][start + column]
                    : Luma.Of(planes[0][start + column], planes[1][start + column], planes[2][start + column]);
            }
        }

        return new SlicePixels(values, frame.Rows, frame.Columns);
    }

    private static byte[] Samples(JpegComponent component)
    {
        var natural = new int[64];
        for (var k = 0; k < 64; k++)
        {
            natural[JpegScan.ZigZag[k]] = component.Quantization![k];
        }

        var stride = component.Stride * 8;
        var samples = new byte[component.Coefficients.Length];
        for (var row = 0; row < component.BlockRows; row++)
        {
            for (var column = 0; column < component.BlockColumns; column++)
            {
                var block = component.Coefficients.AsSpan(((row * component.Stride) + column) * 64, 64);
                InverseDct.Transform(block, natural, samples.AsSpan((row * 8 * stride) + (column * 8)), stride);
            }
        }

        return samples;
    }

    private static ImageFormatException Short() => new("JPEG segment is too short.");
}
