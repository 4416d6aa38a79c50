using System.Text;
using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.Files;
using BrainTumorDicom.Support;

namespace BrainTumorDicom.Dicom.Tests.Data;

public class CharacterSetTests
{
    // PS3.5 annexes H to K print these bytes.
    private const string YamadaH31 = "Yamada^Tarou=\e$B;3ED\e(B^\e$BB@O:\e(B=\e$B$d$^$@\e(B^\e$B$?$m$&\e(B";

    [Theory]
    [InlineData("ISO_IR 100", "ÄneasÉ")]
    [InlineData("ISO_IR 101", "Łódź")]
    [InlineData("ISO_IR 109", "Ħaġar")]
    [InlineData("ISO_IR 110", "Ķēniņš")]
    [InlineData("ISO_IR 148", "Çağrı^Işık")]
    [InlineData("ISO_IR 144", "Люкceмбypг")]
    [InlineData("ISO_IR 127", "قباني^لنزار")]
    [InlineData("ISO_IR 126", "Διονυσιος")]
    [InlineData("ISO_IR 138", "שרון^דבורה")]
    [InlineData("ISO_IR 166", "สมชาย")]
    [InlineData("ISO_IR 203", "Œuvre€")]
    [InlineData("ISO_IR 13", "ﾔﾏﾀﾞ^ﾀﾛｳ")]
    [InlineData("ISO_IR 192", "Wang^XiaoDong=王^小东=ゐ😀")]
    [InlineData("GB18030", "Wang^XiaoDong=王^小东")]
    [InlineData("GBK", "Wang^XiaoDong=王^小东")]
    [InlineData("\\ISO 2022 IR 87", "Yamada^Tarou=山田^太郎=やまだ^たろう")]
    [InlineData("ISO 2022 IR 13\\ISO 2022 IR 87", "ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎=やまだ^たろう")]
    [InlineData("\\ISO 2022 IR 87\\ISO 2022 IR 159", "Tarou=丂^山")]
    [InlineData("\\ISO 2022 IR 149", "Hong^Gildong=洪^吉洞=홍^길동")]
    [InlineData("\\ISO 2022 IR 58", "Zhang^XiaoDong=张^小东")]
    [InlineData("ISO 2022 IR 100\\ISO 2022 IR 144\\ISO 2022 IR 126", "Buc^Jérôme=Люк^Διον")]
    public void Text_comes_back_from_every_character_set(string characterSet, string text)
    {
        var dataset = new DicomDataset();
        dataset.Set(DicomTag.SpecificCharacterSet, characterSet.Split('\\'));

        dataset.Set(DicomTag.PatientName, text);
        dataset.Set(DicomTag.OtherPatientNames, text, text);

        Assert.Equal(text, dataset.GetString(DicomTag.PatientName));
        Assert.Equal([text, text], dataset.GetStrings(DicomTag.OtherPatientNames));
        dataset.ConvertToUtf8();
        Assert.Equal(Encoding.UTF8.GetBytes(text), dataset.GetBytes(DicomTag.PatientName).ToArray().AsSpan().TrimEnd((byte)' ').ToArray());
        Assert.Equal("ISO_IR 192", dataset.GetString(DicomTag.SpecificCharacterSet));
    }

    [Fact]
    public void Japanese_is_written_as_annex_H_of_PS3_5_prints_it()
    {
        var dataset = new DicomDataset();
        dataset.Set(DicomTag.SpecificCharacterSet, "", "ISO 2022 IR 87");

        dataset.Set(DicomTag.PatientName, "Yamada^Tarou=山田^太郎=やまだ^たろう");

        Assert.Equal(YamadaH31, Encoding.ASCII.GetString(dataset.GetBytes(DicomTag.PatientName).Span).TrimEnd());
    }

    [Fact]
    public void Korean_is_written_as_annex_I_of_PS3_5_prints_it()
    {
        var dataset = new DicomDataset();
        dataset.Set(DicomTag.SpecificCharacterSet, "", "ISO 2022 IR 149");

        dataset.Set(DicomTag.PatientName, "Hong^Gildong=洪^吉洞=홍^길동");

        Assert.Equal(
            "486f6e675e47696c646f6e673d1b242943fbf35e1b242943d1ced4d73d1b242943c8ab5e1b242943b1e6b5bf",
            Convert.ToHexStringLower(dataset.GetBytes(DicomTag.PatientName).Span));
    }

    [Fact]
    public void A_backslash_within_a_two_byte_character_separates_nothing()
    {
        var dataset = new DicomDataset();
        dataset.Set(DicomTag.SpecificCharacterSet, "GB18030");

        // 81 5C in GB18030 is one character.
        dataset.SetBytes(DicomTag.PatientComments, DicomVr.LT, new byte[] { 0x81, 0x5C });
        dataset.SetBytes(DicomTag.OtherPatientNames, DicomVr.PN, new byte[] { 0x81, 0x5C, 0x5C, 0x41 });

        Assert.Equal(["乗", "A"], dataset.GetStrings(DicomTag.OtherPatientNames));
        Assert.Equal("乗", dataset.GetString(DicomTag.PatientComments));
    }

    [Fact]
    public void Person_names_have_three_groups_of_five_components()
    {
        var name = PersonName.Parse("Yamada^Tarou^M^Dr^Jr=山田^太郎=やまだ^たろう");

        Assert.Equal(("Yamada", "Tarou", "M", "Dr", "Jr"), (name.FamilyName, name.GivenName, name.MiddleName, name.Prefix, name.Suffix));
        Assert.Equal(("山田^太郎", "やまだ^たろう"), (name.Ideographic, name.Phonetic));
        Assert.Equal("Yamada^Tarou^M^Dr^Jr=山田^太郎=やまだ^たろう", name.ToString());
        Assert.Equal("A", PersonName.Parse("A==").ToString());
    }

    [Fact]
    public void Text_put_in_without_a_character_set_is_written_as_UTF_8_and_says_so()
    {
        var dataset = new DicomDataset();
        var item = new DicomDataset();
        item.Set(DicomTag.CodeMeaning, "Größe");
        dataset.SetSequence(DicomTag.ConceptNameCodeSequence, item);

        var written = Written(dataset);

        Assert.Equal("ISO_IR 192", written.GetString(DicomTag.SpecificCharacterSet));
        Assert.Equal("Größe", written.GetSequence(DicomTag.ConceptNameCodeSequence)[0].GetString(DicomTag.CodeMeaning));
        Assert.False(dataset.Contains(DicomTag.SpecificCharacterSet));
    }

    [Fact]
    public void An_item_takes_over_the_character_set_around_it()
    {
        var dataset = new DicomDataset();
        dataset.Set(DicomTag.SpecificCharacterSet, "ISO_IR 100");
        var item = new DicomDataset();
        item.Set(DicomTag.CodeMeaning, "Größe");
        dataset.SetSequence(DicomTag.ConceptNameCodeSequence, item);

        var written = Written(dataset);
        var copy = written.GetSequence(DicomTag.ConceptNameCodeSequence)[0].Clone();

        Assert.Equal(6, copy.GetBytes(DicomTag.CodeMeaning).Length);
        Assert.Equal("Größe", copy.GetString(DicomTag.CodeMeaning));
        var other = new DicomDataset();
        other.Set(DicomTag.SpecificCharacterSet, "ISO_IR 192");
        other.SetSequence(DicomTag.ConceptNameCodeSequence, copy);
        Assert.Equal("Größe", Written(other).GetSequence(DicomTag.ConceptNameCodeSequence)[0].GetString(DicomTag.CodeMeaning));
    }

    [Fact]
    public void Text_that_the_character_set_has_not_is_refused()
    {
        var dataset = new DicomDataset();
        dataset.Set(DicomTag.SpecificCharacterSet, "ISO_IR 100");

        var error = Assert.Throws<ArgumentException>(() => dataset.Set(DicomTag.PatientName, "山田"));

        Assert.Contains("PatientName", error.Message, StringComparison.Ordinal);
    }

    [SharedDataFact("dicom/pydicom-test-files/charset_files", "/usr/bin/python3")]
    public async Task Names_are_decoded_as_pydicom_does()
    {
        const string script = """
            import sys, glob, warnings, pydicom
            warnings.simplefilter('ignore')
            for path in sorted(glob.glob(sys.argv[1] + '/*.dcm')):
                d = pydicom.dcmread(path)
                d.decode()
                names = [str(n) for e in d.iterall() if e.VR == 'PN' and e.value for n in ([e.value] if e.VM == 1 else e.value)]
                sys.stdout.buffer.write((path + '\t' + '\t'.join(names) + '\n').encode('utf-8'))
            """;
        var folder = SharedData.Find("dicom/pydicom-test-files/charset_files")!;

        var (exit, output, error) = await PeerTools.RunAsync("/usr/bin/python3", ["-c", script, folder], TestContext.Current.CancellationToken);

        Assert.True(exit == 0, error);
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.True(lines.Length >= 15);
        foreach (var line in lines)
        {
            var cells = line.Split('\t');
            var names = Names(DicomFile.Read(cells[0]).Dataset).ToArray();
            Assert.True(cells[1..].Select(name => name.TrimEnd('=')).SequenceEqual(names), $"{line}\nours: {string.Join('\t', names)}");
        }
    }

    private static IEnumerable<string> Names(DicomDataset dataset)
    {
        foreach (var element in dataset)
        {
            if (element is DicomSequence sequence)
            {
                foreach (var name in sequence.Items.SelectMany(Names))
                {
                    yield return name;
                }
            }
            else if (element.Vr == DicomVr.PN)
            {
                foreach (var name in dataset.GetStrings(element.Tag))
                {
                    yield return PersonName.Parse(name).ToString();
                }
            }
        }
    }

    private static DicomDataset Written(DicomDataset dataset)
    {
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        DicomDatasetWriter.Write(dataset, DicomTransferSyntax.ExplicitVrLittleEndian, output);
        return DicomDatasetReader.Read(output.WrittenMemory, DicomTransferSyntax.ExplicitVrLittleEndian);
    }
}
