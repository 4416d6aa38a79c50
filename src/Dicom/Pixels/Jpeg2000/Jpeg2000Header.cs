using System.Buffers.Binary;
using BrainTumorDicom.Dicom.Data;

namespace BrainTumorDicom.Dicom.Pixels.Jpeg2000;

/// <summary>What the headers of a code stream promise (ISO/IEC 15444-1 annex A), read before OpenJPEG makes room for it.</summary>
/// <param name="Columns">Width of the image.</param>
/// <param name="Rows">Height of the image.</param>
/// <param name="TileColumns">Width of a tile, at most that of the image.</param>
/// <param name="TileRows">Height of a tile, at most that of the image.</param>
/// <param name="Tiles">Number of tiles.</param>
/// <param name="Components">Number of components.</param>
/// <param name="Precision">Bits of a sample of the first one.</param>
/// <param name="IsSigned">Whether those are signed.</param>
/// <param name="IsSubsampled">Whether the first one is subsampled.</param>
internal sealed record Jpeg2000Header(
    long Columns, long Rows, long TileColumns, long TileRows, long Tiles, int Components, int Precision, bool IsSigned, bool IsSubsampled)
{
    /// <summary>OpenJPEG keeps 7 KiB of parameters a tile.</summary>
    private const long MostTiles = 1 << 12;

    /// <summary>Of 64 × 64 samples each, as encoders choose, that would be 512 Mi samples.</summary>
    private const long MostCodeBlocks = 1 << 17;

    /// <summary>OpenJPEG keeps two bytes a layer, resolution and precinct of a tile.</summary>
    private const long MostPackets = 1 << 24;

    /// <summary>Whether any part is transformed by the 9-7 filter, which loses.</summary>
    internal bool IsIrreversible { get; private set; }

    /// <summary>Reads the main header and those of all tile-parts.</summary>
    /// <exception cref="DicomFormatException">They are broken, or ask for more than any encoder does.</exception>
    internal static Jpeg2000Header Read(ReadOnlySpan<byte> stream)
    {
        if (!stream.StartsWith((ReadOnlySpan<byte>)[0xFF, 0x4F, 0xFF, 0x51]))
        {
            throw new DicomFormatException("JPEG 2000 data does not begin with its start and size markers.", -1, DicomTag.PixelData);
        }

        var header = ReadSize(Segment(stream, 2));
        if (header.Components == 1)
        {
            header.Walk(stream);
        }

        return header;
    }

    /// <summary>Compares with what the data set says.</summary>
    /// <exception cref="DicomFormatException">The frame is another.</exception>
    internal void Check(in PixelFormat format)
    {
        if (Columns != format.Columns || Rows != format.Rows || Components != 1 || IsSubsampled || Precision > format.BitsAllocated)
        {
            throw new DicomFormatException(
                $"JPEG 2000 frame of {Columns} x {Rows} with {Components} components of {Precision} bits, but the image is {format.Columns} x {format.Rows} with one of {format.BitsAllocated}",
                -1,
                DicomTag.PixelData);
        }
    }

    /// <summary>SIZ (§A.5.1).</summary>
    private static Jpeg2000Header ReadSize(ReadOnlySpan<byte> size)
    {
        if (size.Length < 39)
        {
            throw Broken("SIZ");
        }

        long Number(ReadOnlySpan<byte> at, int offset) => BinaryPrimitives.ReadUInt32BigEndian(at[offset..]);
        var (right, bottom, left, top) = (Number(size, 2), Number(size, 6), Number(size, 10), Number(size, 14));
        var (tileWidth, tileHeight, tileLeft, tileTop) = (Number(size, 18), Number(size, 22), Number(size, 26), Number(size, 30));
        if (right <= left || bottom <= top || tileWidth == 0 || tileHeight == 0 || tileLeft > left || tileTop > top)
        {
            throw Broken("SIZ");
        }

        var tiles = DivideUp(right - tileLeft, tileWidth) * DivideUp(bottom - tileTop, tileHeight);
        return tiles <= MostTiles
            ? new Jpeg2000Header(
                right - left, bottom - top, Math.Min(tileWidth, right - left), Math.Min(tileHeight, bottom - top), tiles,
                BinaryPrimitives.ReadUInt16BigEndian(size[34..]), (size[36] & 0x7F) + 1, size[36] >> 7 != 0, (size[37], size[38]) != (1, 1))
            : throw new DicomFormatException($"JPEG 2000 frame of {tiles} tiles: at most {MostTiles} are read.", -1, DicomTag.PixelData);
    }

    private void Walk(ReadOnlySpan<byte> stream)
    {
        var position = 2;
        var partStart = -1;
        var layers = 1;
        while (position + 2 <= stream.Length)
        {
            var marker = BinaryPrimitives.ReadUInt16BigEndian(stream[position..]);
            if (marker == 0xFFD9)
            {
                return;
            }

            // Behind SOD come the packets, to the end that SOT gave (§A.4.2); 0: to the end of the stream.
            if (marker == 0xFF93)
            {
                var length = partStart < 0 ? throw Broken("SOD") : BinaryPrimitives.ReadUInt32BigEndian(stream[(partStart + 6)..]);
                if (length == 0 || length > stream.Length - partStart || partStart + length <= position)
                {
                    return;
                }

                position = (int)(partStart + length);
                continue;
            }

            var segment = Segment(stream, position);
            if (marker == 0xFF90)
            {
                partStart = segment.Length == 8 ? position : throw Broken("SOT");
            }
            else if (marker == 0xFF52)
            {
                layers = segment.Length >= 10 ? BinaryPrimitives.ReadUInt16BigEndian(segment[2..]) : throw Broken("COD");
                CheckStyle(segment[0], segment[5..], layers);
            }
            else if (marker == 0xFF53)
            {
                CheckStyle(segment.Length >= 7 ? segment[1] : throw Broken("COC"), segment[2..], layers);
            }

            position += 4 + segment.Length;
        }
    }

    /// <summary>The coding style of COD and COC (table A.15, table A.20).</summary>
    private void CheckStyle(int style, ReadOnlySpan<byte> parameters, int layers)
    {
        var levels = parameters[0];
        var block = (parameters[1] & 15) + 2 + (parameters[2] & 15) + 2;
        var ownPrecincts = (style & 1) != 0;
        if (levels > 32 || block > 12 || (ownPrecincts && parameters.Length < 6 + levels))
        {
            throw Broken("COD");
        }

        IsIrreversible |= parameters[4] == 0;
        long mostPrecincts = 1, precincts = 0;
        for (var resolution = 0; resolution <= levels; resolution++)
        {
            var exponents = ownPrecincts ? parameters[5 + resolution] : 0xFF;
            var shift = levels - resolution;
            var count = (DivideUp(DivideUp(TileColumns, 1L << shift), 1L << (exponents & 15)) + 1)
                * (DivideUp(DivideUp(TileRows, 1L << shift), 1L << (exponents >> 4)) + 1);
            precincts += count;
            mostPrecincts = Math.Max(mostPrecincts, count);
        }

        if (Columns * Rows >> block > MostCodeBlocks || precincts * Tiles > MostCodeBlocks * 2 || mostPrecincts * (levels + 1) * (layers + 1) > MostPackets)
        {
            throw new DicomFormatException(
                $"JPEG 2000 frame of {precincts * Tiles} precincts, code blocks of 2^{block} samples and {layers} layers: that is more than is read.", -1, DicomTag.PixelData);
        }
    }

    private static ReadOnlySpan<byte> Segment(ReadOnlySpan<byte> stream, int position)
    {
        var length = position + 4 <= stream.Length ? BinaryPrimitives.ReadUInt16BigEndian(stream[(position + 2)..]) : 0;
        return length >= 2 && position + 2 + length <= stream.Length ? stream.Slice(position + 4, length - 2) : throw Broken("header");
    }

    private static DicomFormatException Broken(string what) => new($"JPEG 2000 {what} is broken.", -1, DicomTag.PixelData);

    private static long DivideUp(long value, long divisor) => (value + divisor - 1) / divisor;
}
