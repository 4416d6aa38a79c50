using System.Buffers.Binary;
using BrainTumorDicom.Dicom.Pixels;
using BrainTumorDicom.Dicom.Pixels.Jpeg2000;

namespace BrainTumorDicom.Dicom.Tests.Pixels.Jpeg2000;

public sealed class Jpeg2000HeaderTests
{
    private static readonly PixelFormat Format = new(64, 64, 1, 16, 12, 11, IsSigned: false, IsMonochrome1: false);

    [Fact]
    public void A_plain_header_is_read()
    {
        var header = Jpeg2000Header.Read(Stream());

        header.Check(Format);
        Assert.Equal((64, 64, 1, 12, false, false), (header.Columns, header.Rows, header.Tiles, header.Precision, header.IsSigned, header.IsIrreversible));
    }

    [Theory]
    [InlineData(2048, 64)]
    [InlineData(64, 63)]
    public void A_frame_of_another_size_is_refused(uint columns, uint rows) =>
        Assert.Throws<DicomFormatException>(() => Jpeg2000Header.Read(Stream(columns, rows)).Check(Format));

    [Fact]
    public void More_tiles_than_any_encoder_makes_are_refused() =>
        Assert.Contains("4225 tiles", Assert.Throws<DicomFormatException>(() => Jpeg2000Header.Read(Stream(65, 65, tile: 1))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(1, 0x00, 5)]
    [InlineData(65535, 0x44, 5)]
    public void More_precincts_or_packets_than_any_encoder_makes_are_refused(int layers, byte precinct, byte levels) =>
        Assert.Contains("more than is read", Assert.Throws<DicomFormatException>(
            () => Jpeg2000Header.Read(Stream(1024, 1024, tile: 1024, layers: (ushort)layers, precinct: precinct, levels: levels))).Message, StringComparison.Ordinal);

    [Fact]
    public void Codes_in_boxes_are_found()
    {
        var stream = Stream();
        byte[] file = [0, 0, 0, 12, .. "jP  "u8, 13, 10, 0x87, 10, 0, 0, 0, 0, .. "jp2c"u8, .. stream];

        Assert.True(Jpeg2000Boxes.CodeStream(file).SequenceEqual(stream));
        Assert.Throws<DicomFormatException>(() => _ = Jpeg2000Boxes.CodeStream(file.AsSpan(0, 14)).Length);
    }

    private static byte[] Stream(uint columns = 64, uint rows = 64, uint tile = 64, ushort layers = 1, byte precinct = 0xFF, byte levels = 5)
    {
        var size = new byte[42];
        size[0] = 0xFF;
        size[1] = 0x4F;
        size[2] = 0xFF;
        size[3] = 0x51;
        size[5] = 41;
        BinaryPrimitives.WriteUInt32BigEndian(size.AsSpan(8), columns);
        BinaryPrimitives.WriteUInt32BigEndian(size.AsSpan(12), rows);
        BinaryPrimitives.WriteUInt32BigEndian(size.AsSpan(24), tile);
        BinaryPrimitives.WriteUInt32BigEndian(size.AsSpan(28), tile);
        size[41] = 1;
        byte[] style =
        [
            0xFF, 0x52, 0, (byte)(13 + levels), 1, 0, (byte)(layers >> 8), (byte)layers, 0, levels, 4, 4, 0, 1, .. Enumerable.Repeat(precinct, levels + 1),
        ];
        return [.. size, 11, 1, 1, .. style, 0xFF, 0xD9];
    }
}
