using System.Buffers;
using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.Files;
using static BrainTumorDicom.Dicom.Tests.Files.Bytes;

namespace BrainTumorDicom.Dicom.Tests.Files;

public class DicomDatasetReaderTests
{
    private static readonly DicomTransferSyntax Implicit = DicomTransferSyntax.ImplicitVrLittleEndian;
    private static readonly DicomTransferSyntax Explicit = DicomTransferSyntax.ExplicitVrLittleEndian;
    private static readonly DicomTransferSyntax BigEndian = DicomTransferSyntax.ExplicitVrBigEndian;

    // (0008,0060) CS "MR", (0028,0010) US 258, in three encodings.
    [Theory]
    [InlineData("08006000 02000000 4D52  28001000 02000000 0201", "1.2.840.10008.1.2")]
    [InlineData("08006000 4353 0200 4D52  28001000 5553 0200 0201", "1.2.840.10008.1.2.1")]
    [InlineData("00080060 4353 0002 4D52  00280010 5553 0002 0102", "1.2.840.10008.1.2.2")]
    public void Golden_bytes_are_read_and_written_again(string hex, string syntaxUid)
    {
        var bytes = Hex(hex);
        var syntax = DicomTransferSyntax.Find(syntaxUid)!;

        var dataset = DicomDatasetReader.Read(bytes, syntax);

        Assert.Equal("MR", dataset.GetString(DicomTag.Modality));
        Assert.Equal(258, dataset.GetInt32(DicomTag.Rows));
        Assert.Equal(new byte[] { 2, 1 }, dataset.GetBytes(DicomTag.Rows).ToArray());
        Assert.Equal(bytes, Write(dataset, syntax));
    }

    [Fact]
    public void The_highest_tag_ends_nothing()
    {
        var error = Assert.Throws<DicomFormatException>(() => DicomDatasetReader.Read(Hex("08006000 4353 0200 4D52  FFFFFFFF 4353 0A00 4D52"), Explicit));

        Assert.Contains("2 bytes are left", error.Message, StringComparison.Ordinal);
    }

    // (0040,A043) SQ with one item that holds (0008,0104) "A ", with defined and undefined lengths, mixed.
    [Theory]
    [InlineData("400043A0 12000000  FEFF00E0 0A000000  08000401 02000000 4120")]
    [InlineData("400043A0 FFFFFFFF  FEFF00E0 0A000000  08000401 02000000 4120  FEFFDDE0 00000000")]
    [InlineData("400043A0 FFFFFFFF  FEFF00E0 FFFFFFFF  08000401 02000000 4120  FEFF0DE0 00000000  FEFFDDE0 00000000")]
    [InlineData("400043A0 1A000000  FEFF00E0 FFFFFFFF  08000401 02000000 4120  FEFF0DE0 00000000")]
    public void Sequences_are_read_whatever_their_lengths(string hex)
    {
        var dataset = DicomDatasetReader.Read(Hex(hex), Implicit);

        var item = Assert.Single(dataset.GetSequence(DicomTag.ConceptNameCodeSequence));
        Assert.Equal("A", item.GetString(DicomTag.CodeMeaning));
    }

    [Theory]
    [InlineData("08000000 554C 0400 04000000", "an explicit group length")]
    [InlineData("E07F1000 4F42 0000 FFFFFFFF  FEFF00E0 04000000 00000000  FEFF00E0 02000000 FFD8  FEFFDDE0 00000000", "fragments")]
    [InlineData("09001000 4C4F 0400 42544420  09000110 554E 0000 04000000 01020304", "private elements")]
    [InlineData("08000101 5554 0000 00000000", "an empty UT")]
    [InlineData("08000101 5556 0000 08000000 FFFFFFFFFFFFFFFF", "a UV")]
    public void Explicit_bytes_come_out_as_they_went_in(string hex, string what)
    {
        var dataset = DicomDatasetReader.Read(Hex(hex), Explicit);

        Assert.True(Hex(hex).AsSpan().SequenceEqual(Write(dataset, Explicit)), what);
    }

    [Fact]
    public void Unknown_vr_of_undefined_length_holds_implicit_little_endian_items_in_any_syntax()
    {
        // PS3.5 §6.2.2 note 2: UN, undefined length, items in implicit VR little endian.
        var inner = Hex("FEFF00E0 0A000000  08006000 02000000 4D52");

        var little = DicomDatasetReader.Read(Join(Hex("09000110 554E 0000 FFFFFFFF"), inner, Hex("FEFFDDE0 00000000  28001000 5553 0200 0201")), Explicit);
        var big = DicomDatasetReader.Read(Join(Hex("00091001 554E 0000 FFFFFFFF"), inner, Hex("FEFFDDE0 00000000  00280010 5553 0002 0102")), BigEndian);

        foreach (var dataset in (DicomDataset[])[little, big])
        {
            Assert.Equal("MR", Assert.Single(dataset.GetSequence(new DicomTag(0x0009, 0x1001))).GetString(DicomTag.Modality));
            Assert.Equal(258, dataset.GetInt32(DicomTag.Rows));
        }
    }

    [Fact]
    public void Signedness_around_decides_the_vr_in_items_too()
    {
        var dataset = DicomDatasetReader.Read(
            Hex("28000301 02000000 0100  28000030 12000000 FEFF00E0 0A000000 28000601 02000000 FFFF"), Implicit);

        Assert.Equal(-1, dataset.GetSequence(DicomTag.ModalityLUTSequence)[0].GetInt32(DicomTag.SmallestImagePixelValue));
    }

    [Theory]
    [InlineData("08006000 4353 0400 4D52", 0, "a value that reaches beyond the end")]
    [InlineData("08006000 4353 0200 4D52 0800", 10, "half a header")]
    [InlineData("E07F1000 4F57 0000 F0FFFFFF 0000", 0, "4 GiB that are not there")]
    [InlineData("E07F1000 4F57 0000", 0, "a header without its length")]
    [InlineData("400043A0 5351 0000 FFFFFFFF FEFF00E0 FFFFFFFF", 20, "an item that never ends")]
    [InlineData("400043A0 5351 0000 FFFFFFFF", 12, "a sequence that never ends")]
    [InlineData("400043A0 5351 0000 08000000 FEFF00E0 F0FFFFFF", 12, "an item longer than its sequence")]
    [InlineData("400043A0 5351 0000 08000000 08006000 00000000", 12, "an element where an item must stand")]
    [InlineData("FEFF00E0 00000000", 0, "an item outside a sequence")]
    [InlineData("E07F1000 4F42 0000 FFFFFFFF FEFF00E0 FFFFFFFF", 12, "a fragment of undefined length")]
    public void Bytes_that_lie_are_refused_with_the_place(string hex, int offset, string what)
    {
        var error = Assert.Throws<DicomFormatException>(() => DicomDatasetReader.Read(Hex(hex), Explicit));

        Assert.True(error.Offset == offset, $"{what}: {error.Message}");
    }

    [Fact]
    public void Nesting_has_a_limit()
    {
        var deep = Join([.. Enumerable.Repeat(Hex("400043A0 FFFFFFFF FEFF00E0 FFFFFFFF"), 100_000)]);

        var error = Assert.Throws<DicomFormatException>(() => DicomDatasetReader.Read(deep, Implicit));

        Assert.Contains("64", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Elements_in_no_order_are_sorted_in_good_time()
    {
        var bytes = new List<byte>();
        for (var i = 200_000; i > 0; i--)
        {
            bytes.AddRange([9, 0, (byte)i, (byte)(i >> 8), 0, 0, 0, 0]);
        }

        var dataset = DicomDatasetReader.Read(bytes.ToArray(), Implicit);

        Assert.Equal(65536, dataset.Count);
        Assert.True(dataset.Select(element => element.Tag.Key).Order().SequenceEqual(dataset.Select(element => element.Tag.Key)));
    }

    [Fact]
    public void Zeros_at_the_end_are_padding_and_zeros_in_the_middle_are_refused_at_once()
    {
        var padded = Join(Hex("08006000 4353 0200 4D52"), new byte[1000]);
        var damaged = new byte[50_000_000];
        damaged[^1] = 1;

        Assert.Equal(1, DicomDatasetReader.Read(padded, Explicit).Count);
        Assert.Equal(0, Assert.Throws<DicomFormatException>(() => DicomDatasetReader.Read(damaged, Implicit)).Offset);
    }

    [Fact]
    public void Reading_stops_before_the_tag_that_is_asked_for()
    {
        var bytes = Hex("08006000 4353 0200 4D52  E07F1000 4F57 0000 F0FFFFFF 0000");

        var dataset = DicomDatasetReader.Read(bytes, Explicit, DicomTag.PixelData);

        Assert.Equal("MR", dataset.GetString(DicomTag.Modality));
        Assert.Equal(1, dataset.Count);
    }

    [Fact]
    public void A_value_too_long_for_its_vr_is_written_as_unknown()
    {
        var dataset = new DicomDataset();
        dataset.SetBytes(DicomTag.RedPaletteColorLookupTableData, DicomVr.US, new byte[70_000]);

        var again = DicomDatasetReader.Read(Write(dataset, Explicit), Explicit);

        Assert.Equal(DicomVr.UN, Assert.Single(again).Vr);
        Assert.Equal(70_000, again.GetBytes(DicomTag.RedPaletteColorLookupTableData).Length);
    }

    internal static byte[] Write(DicomDataset dataset, DicomTransferSyntax syntax)
    {
        var output = new ArrayBufferWriter<byte>();
        DicomDatasetWriter.Write(dataset, syntax, output);
        return output.WrittenSpan.ToArray();
    }

    [Fact]
    public void Whole_fragments_need_no_last_delimiter_but_a_cut_one_is_refused()
    {
        byte[] data =
        [
            0xE0, 0x7F, 0x10, 0x00, (byte)'O', (byte)'B', 0, 0, 0xFF, 0xFF, 0xFF, 0xFF,
            0xFE, 0xFF, 0x00, 0xE0, 0, 0, 0, 0,
            0xFE, 0xFF, 0x00, 0xE0, 4, 0, 0, 0, 1, 2, 3, 4,
        ];

        var pixels = Assert.IsType<DicomFragments>(Assert.Single(DicomDatasetReader.Read(data, DicomTransferSyntax.RleLossless)));

        Assert.Equal([1, 2, 3, 4], Assert.Single(pixels.Fragments).ToArray());
        Assert.Throws<DicomFormatException>(() => DicomDatasetReader.Read(data.AsMemory(0, data.Length - 1), DicomTransferSyntax.RleLossless));
        Assert.Throws<DicomFormatException>(() => DicomDatasetReader.Read(data.AsMemory(0, 20), DicomTransferSyntax.RleLossless));
    }
}
