using System.Buffers;
using System.IO.Compression;
using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.Files;
using BrainTumorDicom.Support;
using static BrainTumorDicom.Dicom.Tests.Files.Bytes;

namespace BrainTumorDicom.Dicom.Tests.Files;

public class DicomFileTests
{
    private const string ImplicitUid = "1.2.840.10008.1.2";
    private const string ExplicitUid = "1.2.840.10008.1.2.1";
    private static readonly byte[] ImplicitModality = Hex("08006000 02000000 4D52");
    private static readonly byte[] ExplicitModality = Hex("08006000 4353 0200 4D52");

    public static TheoryData<string> Syntaxes => [ImplicitUid, ExplicitUid, "1.2.840.10008.1.2.2", "1.2.840.10008.1.2.1.99"];

    [Theory]
    [MemberData(nameof(Syntaxes))]
    public void Every_vr_comes_back_from_every_native_syntax(string uid)
    {
        var file = new DicomFile(EveryVr(), DicomTransferSyntax.Find(uid)!);

        var again = DicomFile.Read(file.ToArray());

        Assert.True(again.Dataset.ContentEquals(file.Dataset));
        Assert.Equal(uid, again.TransferSyntax.Uid.Value);
        Assert.Equal(DicomImplementation.ClassUid, again.MetaInformation.GetString(DicomTag.ImplementationClassUID));
        Assert.Equal("1.2.3", again.MetaInformation.GetString(DicomTag.MediaStorageSOPInstanceUID));
    }

    [PeerFact("dcmdump")]
    public async Task Dcmdump_reads_every_vr_of_every_native_syntax_without_a_word()
    {
        foreach (var uid in Syntaxes)
        {
            var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
            new DicomFile(EveryVr(), DicomTransferSyntax.Find(uid)!).Write(path);

            var (exit, output, error) = await PeerTools.RunAsync("dcmdump", [path], TestContext.Current.CancellationToken);
            File.Delete(path);

            Assert.True(exit == 0 && error.Length == 0, error);
            Assert.Contains("(0018,9073) FD 0.25", output, StringComparison.Ordinal);
            Assert.Contains("(0028,0010) US 513", output, StringComparison.Ordinal);
            Assert.Contains("(0008,0104) LO [Nested]", output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_declared_syntax_is_followed_when_it_is_right_and_what_is_there_when_it_is_not()
    {
        Assert.Equal(ImplicitUid, DicomFile.Read(Part10(ImplicitUid, ImplicitModality)).TransferSyntax.Uid.Value);
        Assert.Equal(ExplicitUid, DicomFile.Read(Part10(ImplicitUid, ExplicitModality)).TransferSyntax.Uid.Value);
        Assert.Equal(ImplicitUid, DicomFile.Read(Part10(ExplicitUid, ImplicitModality)).TransferSyntax.Uid.Value);
    }

    [Fact]
    public void A_bare_data_set_is_read_where_its_start_leaves_no_doubt()
    {
        Assert.Equal("MR", DicomFile.Read(ImplicitModality).Dataset.GetString(DicomTag.Modality));
        Assert.Equal("MR", DicomFile.Read(ExplicitModality).Dataset.GetString(DicomTag.Modality));
        Assert.Equal("MR", DicomFile.Read(Hex("00080060 4353 0002 4D52")).Dataset.GetString(DicomTag.Modality));
        Assert.Throws<DicomFormatException>(() => DicomFile.Read("hello, world, I am no DICOM file"u8.ToArray()));
        Assert.Throws<DicomFormatException>(() => DicomFile.Read(ReadOnlyMemory<byte>.Empty));
    }

    [Fact]
    public void A_transfer_syntax_that_nobody_knows_is_an_error_that_names_it()
    {
        var error = Assert.Throws<DicomFormatException>(() => DicomFile.Read(Part10("1.2.3.4", ExplicitModality)));

        Assert.Contains("1.2.3.4", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_deflate_bomb_is_refused()
    {
        using var bomb = new MemoryStream();
        using (var deflater = new DeflateStream(bomb, CompressionLevel.Optimal, leaveOpen: true))
        {
            deflater.Write(Hex("E07F1000 4F57 0000 00000010"));
            var zeros = new byte[1 << 20];
            for (var i = 0; i < 256; i++)
            {
                deflater.Write(zeros);
            }
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<DicomFormatException>(() => DicomFile.Read(Part10("1.2.840.10008.1.2.1.99", bomb.ToArray())));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 400L << 20);
    }

    [Fact]
    public void The_header_is_read_without_the_pixels()
    {
        var file = DicomFile.ReadHeader(Part10(ExplicitUid, Join(ExplicitModality, Hex("E07F1000 4F57 0000 F0FFFFFF"))));

        Assert.Equal("MR", file.Dataset.GetString(DicomTag.Modality));
        Assert.False(file.Dataset.Contains(DicomTag.PixelData));
    }

    [Fact]
    public void Meta_information_before_a_received_data_set_makes_a_file()
    {
        var output = new ArrayBufferWriter<byte>();
        DicomFileMeta.Write(output, "1.2.840.10008.5.1.4.1.1.4", "1.2.3", ImplicitUid, "SENDER");
        output.Write<byte>(ImplicitModality);

        var file = DicomFile.Read(output.WrittenMemory);

        Assert.Equal("SENDER", file.MetaInformation.GetString(DicomTag.SourceApplicationEntityTitle));
        Assert.Equal(output.WrittenCount - ImplicitModality.Length - 144, file.MetaInformation.GetInt32(DicomTag.FileMetaInformationGroupLength));
        Assert.Equal("MR", file.Dataset.GetString(DicomTag.Modality));
    }

    /// <summary>Fixed seeds: a mutation is refused with a DicomException, or what was read is written and read again the same.</summary>
    [Theory]
    [MemberData(nameof(Syntaxes))]
    public void Whatever_is_accepted_is_the_same_after_writing_and_reading(string uid)
    {
        var valid = new DicomFile(EveryVr(), DicomTransferSyntax.Find(uid)!).ToArray();
        var accepted = 0;
        for (var seed = 0; seed < 2500; seed++)
        {
            var random = new Random(seed);
            var bytes = (byte[])valid.Clone();
            for (var i = random.Next(1, 6); i > 0; i--)
            {
                var at = random.Next(128, bytes.Length);
                bytes[at] = random.Next(3) switch { 0 => (byte)random.Next(256), 1 => 0xFF, _ => bytes[random.Next(bytes.Length)] };
            }

            var length = random.Next(4) == 0 ? random.Next(bytes.Length) : bytes.Length;
            DicomFile file;
            try
            {
                file = DicomFile.Read(bytes.AsMemory(0, length));
            }
            catch (DicomException)
            {
                continue;
            }

            accepted++;
            var again = DicomFile.Read(file.ToArray());
            Assert.True(again.Dataset.ContentEquals(file.Dataset), $"seed {seed}");
            ReadEverything(file.Dataset);
        }

        Assert.InRange(accepted, 100, 2499);
    }

    private static void ReadEverything(DicomDataset dataset)
    {
        using var text = new StringWriter();
        DicomTextWriter.Write(dataset, text);
        using var json = new System.Text.Json.Utf8JsonWriter(Stream.Null);
        DicomJsonWriter.Write(dataset, json);
    }

    private static DicomDataset EveryVr()
    {
        var dataset = new DicomDataset();
        dataset.Set(DicomTag.SpecificCharacterSet, "ISO_IR 192"); // CS
        dataset.Set(DicomTag.SOPClassUID, "1.2.840.10008.5.1.4.1.1.4"); // UI
        dataset.Set(DicomTag.SOPInstanceUID, "1.2.3");
        dataset.Set(DicomTag.StudyDate, "20200102"); // DA
        dataset.Set(DicomTag.StudyTime, "010203"); // TM
        dataset.Set(DicomTag.AcquisitionDateTime, "20200102030405"); // DT
        dataset.Set(DicomTag.RetrieveAETitle, "AET"); // AE
        dataset.Set(DicomTag.AccessionNumber, "A1"); // SH
        dataset.Set(DicomTag.PatientName, "Müller^Jörg"); // PN
        dataset.Set(DicomTag.PatientID, "odd"); // LO
        dataset.Set(DicomTag.PatientAge, "042Y"); // AS
        dataset.Set(DicomTag.PatientWeight, 70.5); // DS
        dataset.Set(DicomTag.InstanceNumber, 3); // IS
        dataset.Set(DicomTag.PatientComments, "two\r\nlines"); // LT
        dataset.Set(DicomTag.InstitutionAddress, "Straße 1"); // ST
        dataset.Set(DicomTag.LongCodeValue, "unlimited"); // UC
        dataset.Set(DicomTag.URNCodeValue, "urn:x"); // UR
        dataset.Set(DicomTag.TextValue, "text"); // UT
        dataset.Set(DicomTag.Rows, 513); // US
        dataset.Set(DicomTag.AcquisitionDuration, 0.25); // FD
        dataset.Set(DicomTag.RecommendedDisplayFrameRateInFloat, 1.5); // FL
        dataset.Set(DicomTag.ReferencePixelX0, -70000); // SL
        dataset.Set(DicomTag.TagAngleSecondAxis, -7); // SS
        dataset.Set(DicomTag.SimpleFrameList, 70000); // UL
        dataset.SetBytes(DicomTag.FrameIncrementPointer, DicomVr.AT, new byte[] { 0x18, 0, 0x63, 0x10 });
        dataset.SetBytes(DicomTag.ExtendedOffsetTable, DicomVr.OV, new byte[] { 1, 2, 3, 4, 5, 6, 7, 8 });
        dataset.SetBytes(DicomTag.SelectorSVValue, DicomVr.SV, new byte[] { 1, 2, 3, 4, 5, 6, 7, 0xF8 });
        dataset.SetBytes(DicomTag.SelectorUVValue, DicomVr.UV, new byte[] { 1, 2, 3, 4, 5, 6, 7, 0xF8 });
        dataset.SetBytes(DicomTag.SelectorODValue, DicomVr.OD, new byte[] { 1, 2, 3, 4, 5, 6, 7, 8 });
        dataset.SetBytes(DicomTag.SelectorOFValue, DicomVr.OF, new byte[] { 1, 2, 3, 4 });
        dataset.SetBytes(DicomTag.SelectorOLValue, DicomVr.OL, new byte[] { 1, 2, 3, 4 });
        dataset.SetBytes(DicomTag.SelectorOBValue, DicomVr.OB, new byte[] { 1, 2, 3 });
        dataset.SetBytes(DicomTag.PixelData, DicomVr.OW, new byte[] { 1, 2, 3, 4 });
        dataset.Set(new DicomTag(0x0009, 0x0010), "BTD");
        dataset.SetBytes(new DicomTag(0x0009, 0x1001), DicomVr.UN, new byte[] { 1, 2 });
        var inner = new DicomDataset();
        inner.Set(DicomTag.CodeMeaning, "Nested");
        var item = new DicomDataset();
        item.SetSequence(DicomTag.ConceptCodeSequence, inner, new DicomDataset());
        dataset.SetSequence(DicomTag.ContentSequence, item);
        dataset.SetEmpty(DicomTag.ReferencedStudySequence);
        return dataset;
    }
}
