using System.Buffers;
using BrainTumorDicom.Dicom;
using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.Files;
using BrainTumorDicom.Service.Receive;
using BrainTumorDicom.Service.Tests.Journal;
using BrainTumorDicom.Support;

namespace BrainTumorDicom.Service.Tests.Receive;

public sealed class DataSetScannerTests
{
    public static TheoryData<string> Syntaxes =>
        [.. new[] { "1.2.840.10008.1.2", "1.2.840.10008.1.2.1", "1.2.840.10008.1.2.2", "1.2.840.10008.1.2.1.99" }];

    [Theory]
    [MemberData(nameof(Syntaxes))]
    public void The_index_is_found_in_every_syntax(string uid)
    {
        var index = DataSetScanner.Scan(JournalFixture.Split(Encode(uid)), uid);

        Assert.Equal(
            new DataSetIndex { SopClassUid = TestInstance.MrImageStorage, SopInstanceUid = "1.2.3.1.1", Modality = "MR", StudyInstanceUid = "1.2.3", SeriesInstanceUid = "1.2.3.1" },
            index);
    }

    [Theory]
    [InlineData("1.2.840.10008.1.2")]
    [InlineData("1.2.840.10008.1.2.1")]
    [InlineData("1.2.840.10008.1.2.2")]
    public void A_data_set_cut_anywhere_but_between_elements_is_refused(string uid)
    {
        var data = Encode(uid);
        var passed = 0;
        for (var length = 0; length < data.Length; length++)
        {
            passed += DataSetScanner.Scan(new ReadOnlySequence<byte>(data, 0, length), uid).Problem.Length == 0 ? 1 : 0;
        }

        // One cut after each of the eight elements but the last.
        Assert.Equal(7, passed);
    }

    [Theory]
    [MemberData(nameof(Syntaxes))]
    public void Random_bytes_never_throw(string uid)
    {
        var random = new Random(5);
        for (var i = 0; i < 2000; i++)
        {
            var data = Encode(uid);
            for (var change = 0; change < 5; change++)
            {
                data[random.Next(data.Length)] = (byte)random.Next(256);
            }

            Assert.InRange(DataSetScanner.Scan(new ReadOnlySequence<byte>(data), uid).Problem.Length, 0, 64);
        }
    }

    [Fact]
    public void Sequences_of_undefined_length_and_fragments_are_followed()
    {
        byte[] head = Encode("1.2.840.10008.1.2.1")[..^412];
        byte[] nested =
        [
            0x08, 0x00, 0x18, 0x22, (byte)'S', (byte)'Q', 0, 0, 0xFF, 0xFF, 0xFF, 0xFF,
            0xFE, 0xFF, 0x00, 0xE0, 0xFF, 0xFF, 0xFF, 0xFF,
            0x09, 0x00, 0x10, 0x10, (byte)'U', (byte)'N', 0, 0, 0xFF, 0xFF, 0xFF, 0xFF,
            0xFE, 0xFF, 0x00, 0xE0, 0xFF, 0xFF, 0xFF, 0xFF, 0x08, 0x00, 0x00, 0x01, 2, 0, 0, 0, (byte)'A', (byte)'B', 0xFE, 0xFF, 0x0D, 0xE0, 0, 0, 0, 0,
            0xFE, 0xFF, 0xDD, 0xE0, 0, 0, 0, 0,
            0xFE, 0xFF, 0x0D, 0xE0, 0, 0, 0, 0,
            0xFE, 0xFF, 0xDD, 0xE0, 0, 0, 0, 0,
        ];
        byte[] fragments =
        [
            0xE0, 0x7F, 0x10, 0x00, (byte)'O', (byte)'B', 0, 0, 0xFF, 0xFF, 0xFF, 0xFF,
            0xFE, 0xFF, 0x00, 0xE0, 0, 0, 0, 0,
            0xFE, 0xFF, 0x00, 0xE0, 4, 0, 0, 0, 1, 2, 3, 4,
            0xFE, 0xFF, 0xDD, 0xE0, 0, 0, 0, 0,
        ];
        byte[] whole = [.. head, .. nested, .. fragments];

        Assert.Equal("", Scan(whole).Problem);

        // Only the very last delimiter may be missing, behind at least one whole fragment.
        Assert.Equal("", Scan(whole[..^8]).Problem);
        Assert.NotEqual("", Scan(whole[..^9]).Problem);
        Assert.NotEqual("", Scan(whole[..^20]).Problem);
        Assert.NotEqual("", Scan([.. head, .. nested[..^8], .. fragments]).Problem);

        static DataSetIndex Scan(byte[] data) => DataSetScanner.Scan(new ReadOnlySequence<byte>(data), "1.2.840.10008.1.2.5");
    }

    [Fact]
    public void A_tower_of_sequences_is_refused()
    {
        byte[] level = [0x08, 0x00, 0x18, 0x22, (byte)'S', (byte)'Q', 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFE, 0xFF, 0x00, 0xE0, 0xFF, 0xFF, 0xFF, 0xFF];
        var tower = Enumerable.Repeat(level, 100_000).SelectMany(bytes => bytes).ToArray();

        Assert.NotEqual("", DataSetScanner.Scan(new ReadOnlySequence<byte>(tower), "1.2.840.10008.1.2.1").Problem);
    }

    [Theory]
    [InlineData(8)]
    [InlineData(1000)]
    public void Zeros_at_the_end_are_taken_as_the_reader_takes_them(int zeros)
    {
        byte[] bytes = [.. Encode("1.2.840.10008.1.2.1"), .. new byte[zeros]];

        Assert.Equal("", DataSetScanner.Scan(new ReadOnlySequence<byte>(bytes), "1.2.840.10008.1.2.1").Problem);
        Assert.NotEqual("", DataSetScanner.Scan(new ReadOnlySequence<byte>(new byte[zeros]), "1.2.840.10008.1.2.1").Problem);
    }

    [Fact]
    public void A_long_value_before_the_UIDs_of_a_deflated_data_set_is_followed()
    {
        var dataset = new DicomDataset();
        dataset.Set(DicomTag.SOPInstanceUID, "1.2.3");
        dataset.SetBytes(new DicomTag(0x0009, 0x1001), DicomVr.OB, new byte[600_000]);
        dataset.Set(DicomTag.SeriesInstanceUID, "1.2.4");
        var bytes = new ArrayBufferWriter<byte>();
        DicomDatasetWriter.Write(dataset, DicomTransferSyntax.DeflatedExplicitVrLittleEndian, bytes);

        var index = DataSetScanner.Scan(new ReadOnlySequence<byte>(bytes.WrittenMemory), "1.2.840.10008.1.2.1.99");

        Assert.Equal(("", "1.2.4"), (index.Problem, index.SeriesInstanceUid));
    }

    [SharedDataFact("dicom")]
    public void Real_files_are_filed_as_the_reader_reads_them()
    {
        var compared = 0;
        var refused = new List<string>();
        foreach (var path in Directory.EnumerateFiles(SharedData.Find("dicom")!, "*", SearchOption.AllDirectories))
        {
            var bytes = File.ReadAllBytes(path);
            if (bytes.Length < 200 || bytes.Length > 20_000_000 || !bytes.AsSpan(128, 4).SequenceEqual("DICM"u8) || TryRead(bytes) is not { } file
                || file.MetaInformation.GetString(DicomTag.TransferSyntaxUID) is not { } syntax
                || file.TransferSyntax.Uid.Value != syntax
                || file.Dataset.GetString(DicomTag.StudyInstanceUID) is null)
            {
                continue;
            }

            var group = BitConverter.ToInt32(bytes, 140);
            var index = DataSetScanner.Scan(new ReadOnlySequence<byte>(bytes.AsMemory(144 + group)), syntax);

            if (index.Problem.Length > 0)
            {
                refused.Add($"{Path.GetFileName(path)}: {index.Problem}");
                continue;
            }

            Assert.Equal(file.Dataset.GetString(DicomTag.StudyInstanceUID), index.StudyInstanceUid);
            Assert.Equal(file.Dataset.GetString(DicomTag.SeriesInstanceUID) ?? "", index.SeriesInstanceUid);
            Assert.Equal(file.Dataset.GetString(DicomTag.SOPInstanceUID) ?? "", index.SopInstanceUid);
            compared++;
        }

        Assert.Empty(refused);
        Assert.True(compared > 50, $"only {compared} files");
    }

    private static DicomFile? TryRead(byte[] bytes)
    {
        try
        {
            return DicomFile.Read(bytes);
        }
        catch (DicomException)
        {
            return null;
        }
    }

    private static byte[] Encode(string uid) =>
        TestInstance.Encode(TestInstance.Dataset("1.2.3", "1.2.3.1", "1.2.3.1.1", 1, 0), DicomTransferSyntax.Find(uid)!);
}
