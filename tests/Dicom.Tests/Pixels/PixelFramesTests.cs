using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.Files;
using BrainTumorDicom.Dicom.Pixels;

namespace BrainTumorDicom.Dicom.Tests.Pixels;

public class PixelFramesTests
{
    [Theory]
    [InlineData(16, 12, 11, 0, new byte[] { 0xFF, 0xFF, 0x00, 0xF8 }, new[] { 0xFFF, 0x800 })]
    [InlineData(16, 12, 11, 1, new byte[] { 0xFF, 0xFF, 0x00, 0xF8 }, new[] { -1, -2048 })]
    [InlineData(16, 12, 15, 0, new byte[] { 0xF0, 0xFF, 0x1F, 0x80 }, new[] { 0xFFF, 0x801 })]
    [InlineData(16, 16, 15, 1, new byte[] { 0xFE, 0xFF, 0x00, 0x80 }, new[] { -2, -32768 })]
    [InlineData(16, 16, 15, 0, new byte[] { 0xFE, 0xFF, 0x00, 0x80 }, new[] { 65534, 32768 })]
    [InlineData(8, 8, 7, 0, new byte[] { 0xFE, 0x01 }, new[] { 254, 1 })]
    [InlineData(8, 8, 7, 1, new byte[] { 0xFE, 0x01 }, new[] { -2, 1 })]
    [InlineData(8, 4, 3, 1, new byte[] { 0xA8, 0x77 }, new[] { -8, 7 })]
    public void Stored_bits_are_masked_and_signs_extended(int allocated, int stored, int highBit, int signed, byte[] cells, int[] expected)
    {
        var dataset = Image(rows: 1, columns: 2, allocated, stored, highBit, signed);
        dataset.SetBytes(DicomTag.PixelData, DicomVr.OW, cells);

        Assert.Equal(expected, Read(Open(dataset), 0));
    }

    [Theory]
    [InlineData("1.2.840.10008.1.2")]
    [InlineData("1.2.840.10008.1.2.1")]
    [InlineData("1.2.840.10008.1.2.2")]
    [InlineData("1.2.840.10008.1.2.1.99")]
    public void Frames_are_the_same_in_every_native_syntax(string uid)
    {
        var dataset = Image(rows: 1, columns: 2, 16, 16, 15, 0, frames: 2);
        dataset.SetBytes(DicomTag.PixelData, DicomVr.OW, new byte[] { 1, 2, 3, 4, 5, 6, 7, 8 });
        var file = DicomFile.Read(new DicomFile(dataset, DicomTransferSyntax.Find(uid)!).ToArray());

        var frames = PixelFrames.Open(file);

        Assert.Equal((2, 1, 2, 16, 16, false), (frames.FrameCount, frames.Rows, frames.Columns, frames.BitsAllocated, frames.BitsStored, frames.IsSigned));
        Assert.Equal([0x0201, 0x0403], Read(frames, 0));
        Assert.Equal([0x0605, 0x0807], Read(frames, 1));
    }

    [Fact]
    public void Rle_planes_come_most_significant_first()
    {
        var frames = Open(Rle(Image(rows: 2, columns: 2, 16, 16, 15, 0), Codes([[0xFD, 0x01], [0x03, 0x0A, 0x0B, 0x0C, 0x0D]])), DicomTransferSyntax.RleLossless);

        Assert.Equal([0x010A, 0x010B, 0x010C, 0x010D], Read(frames, 0));
    }

    [Fact]
    public void Rle_frames_are_found_by_the_basic_offset_table_and_by_the_extended_one()
    {
        var codes = Codes([[0x01, 0x05, 0x06]]);
        var other = Codes([[0x01, 0x07, 0x08]]);
        ReadOnlyMemory<byte>[] fragments = [codes.AsMemory(0, 64), codes.AsMemory(64), other];
        var second = 8 + 64 + 8 + codes.Length - 64;

        var basic = Image(rows: 1, columns: 2, 8, 8, 7, 0, frames: 2);
        basic.Add(new DicomFragments(DicomTag.PixelData, DicomVr.OB, new byte[] { 0, 0, 0, 0, (byte)second, 0, 0, 0 }, fragments));
        var extended = Image(rows: 1, columns: 2, 8, 8, 7, 0, frames: 2);
        extended.SetBytes(DicomTag.ExtendedOffsetTable, DicomVr.OV, new byte[] { 0, 0, 0, 0, 0, 0, 0, 0, (byte)second, 0, 0, 0, 0, 0, 0, 0 });
        extended.Add(new DicomFragments(DicomTag.PixelData, DicomVr.OB, default, fragments));

        foreach (var dataset in (DicomDataset[])[basic, extended])
        {
            var frames = Open(dataset, DicomTransferSyntax.RleLossless);
            Assert.Equal([5, 6], Read(frames, 0));
            Assert.Equal([7, 8], Read(frames, 1));
        }
    }

    [Theory]
    [InlineData("lengths", 100, 100, 1)]
    [InlineData("frames", 1, 2, 1_000_000)]
    [InlineData("the largest there can be", 65535, 65535, int.MaxValue)]
    public void Pixel_data_shorter_than_said_is_refused_before_anything_is_allocated(string what, int rows, int columns, int count)
    {
        var native = Image(rows, columns, 16, 16, 15, 0, count);
        native.SetBytes(DicomTag.PixelData, DicomVr.OW, new byte[4]);
        var rle = Rle(Image(rows, columns, 16, 16, 15, 0, count), Codes([[0xFF, 1], [0xFF, 2]]));

        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<DicomFormatException>(() => Open(native));
        Assert.Throws<DicomFormatException>(() => Open(rle, DicomTransferSyntax.RleLossless));
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 1 << 20, what);
    }

    [Fact]
    public void Damaged_rle_never_does_more_than_throw()
    {
        var valid = Codes([[0xFD, 0x01], [0x03, 0x0A, 0x0B, 0x0C, 0x0D]]);
        var stored = new int[4];
        for (var seed = 0; seed < 5000; seed++)
        {
            var random = new Random(seed);
            var codes = (byte[])valid.Clone();
            codes[random.Next(12)] = (byte)random.Next(256);
            codes[random.Next(codes.Length)] = (byte)random.Next(256);
            try
            {
                Open(Rle(Image(rows: 2, columns: 2, 16, 16, 15, 0), codes[..random.Next(codes.Length + 1)]), DicomTransferSyntax.RleLossless).ReadStored(0, stored);
            }
            catch (DicomFormatException)
            {
                // Refused, as it may be.
            }
        }
    }

    [Fact]
    public void What_is_not_read_is_named()
    {
        var color = Image(rows: 1, columns: 2, 8, 8, 7, 0);
        color.Set(DicomTag.PhotometricInterpretation, "RGB");
        color.Set(DicomTag.SamplesPerPixel, 3);
        color.SetBytes(DicomTag.PixelData, DicomVr.OB, new byte[6]);
        var video = Rle(Image(rows: 1, columns: 2, 8, 8, 7, 0), new byte[64]);

        Assert.Contains("RGB", Assert.Throws<DicomException>(() => Open(color)).Message, StringComparison.Ordinal);
        Assert.Contains("MPEG2", Assert.Throws<DicomException>(() => Open(video, DicomTransferSyntax.Find(DicomUid.MPEG2MPML)!)).Message, StringComparison.Ordinal);
        Assert.Throws<DicomFormatException>(() => Open(Image(rows: 1, columns: 2, 8, 8, 7, 0)));
        Assert.Throws<DicomFormatException>(() => Open(Rle(Image(rows: 1, columns: 2, 16, 12, 16, 0), new byte[64]), DicomTransferSyntax.RleLossless));
    }

    [Fact]
    public void Monochrome1_is_told()
    {
        var dataset = Image(rows: 1, columns: 2, 8, 8, 7, 0);
        dataset.SetBytes(DicomTag.PixelData, DicomVr.OW, new byte[] { 1, 2 });
        Assert.False(Open(dataset).IsMonochrome1);

        dataset.Set(DicomTag.PhotometricInterpretation, "MONOCHROME1");

        Assert.True(Open(dataset).IsMonochrome1);
    }

    [Fact]
    public void A_frame_of_more_bytes_than_memory_can_be_asked_for_is_refused()
    {
        var dataset = Image(rows: 65535, columns: 65535, allocated: 16, stored: 16, highBit: 15, signed: 0);
        dataset.SetBytes(DicomTag.PixelData, DicomVr.OW, new byte[2]);

        Assert.Contains("too large", Assert.Throws<DicomFormatException>(() => Open(dataset)).Message, StringComparison.Ordinal);
    }

    private static DicomDataset Image(int rows, int columns, int allocated, int stored, int highBit, int signed, int frames = 1)
    {
        var dataset = new DicomDataset();
        dataset.Set(DicomTag.SamplesPerPixel, 1);
        dataset.Set(DicomTag.PhotometricInterpretation, "MONOCHROME2");
        dataset.Set(DicomTag.NumberOfFrames, frames);
        dataset.Set(DicomTag.Rows, rows);
        dataset.Set(DicomTag.Columns, columns);
        dataset.Set(DicomTag.BitsAllocated, allocated);
        dataset.Set(DicomTag.BitsStored, stored);
        dataset.Set(DicomTag.HighBit, highBit);
        dataset.Set(DicomTag.PixelRepresentation, signed);
        return dataset;
    }

    private static DicomDataset Rle(DicomDataset dataset, byte[] codes)
    {
        dataset.Add(new DicomFragments(DicomTag.PixelData, DicomVr.OB, default, [codes]));
        return dataset;
    }

    /// <summary>A frame as annex G has it: the number of segments and their offsets in 64 bytes, then the segments.</summary>
    private static byte[] Codes(byte[][] segments)
    {
        var codes = new List<byte>(new byte[64]) { [0] = (byte)segments.Length };
        for (var i = 0; i < segments.Length; i++)
        {
            codes[4 + (4 * i)] = (byte)codes.Count;
            codes.AddRange(segments[i]);
        }

        if (codes.Count % 2 != 0)
        {
            codes.Add(0);
        }

        return [.. codes];
    }

    private static PixelFrames Open(DicomDataset dataset, DicomTransferSyntax? syntax = null) =>
        PixelFrames.Open(new DicomFile(dataset, syntax ?? DicomTransferSyntax.ExplicitVrLittleEndian));

    private static int[] Read(PixelFrames frames, int frame)
    {
        var stored = new int[frames.Rows * frames.Columns];
        frames.ReadStored(frame, stored);
        return stored;
    }
}
