using BrainTumorDicom.Dicom.Data;

namespace BrainTumorDicom.Dicom.Tests.Data;

public class DicomDatasetTests
{
    [Fact]
    public void A_sequence_whose_writer_called_it_unknown_has_no_values()
    {
        var dataset = new DicomDataset();
        dataset.SetBytes(DicomTag.ContentSequence, DicomVr.UN, new byte[16]);

        Assert.Empty(dataset.GetStrings(DicomTag.ContentSequence));
        Assert.Null(dataset.GetInt32(DicomTag.ContentSequence));
    }

    [Fact]
    public void Elements_stand_in_the_order_of_their_tags_however_they_came()
    {
        var dataset = new DicomDataset();
        dataset.Set(DicomTag.Rows, 5);
        dataset.Set(DicomTag.PatientID, "7");
        dataset.Set(DicomTag.Modality, "MR");
        dataset.Set(DicomTag.PatientID, "8");

        Assert.Equal([DicomTag.Modality, DicomTag.PatientID, DicomTag.Rows], dataset.Select(element => element.Tag));
        Assert.Equal("8", dataset.GetString(DicomTag.PatientID));
        Assert.True(dataset.Remove(DicomTag.PatientID));
        Assert.False(dataset.Remove(DicomTag.PatientID));
        Assert.Equal(2, dataset.Count);
    }

    [Fact]
    public void Numbers_are_read_from_text_and_from_binary()
    {
        var dataset = new DicomDataset();
        dataset.Set(DicomTag.PixelSpacing, 0.9375, 1);
        dataset.Set(DicomTag.InstanceNumber, -12);
        dataset.Set(DicomTag.Rows, 65535);
        dataset.Set(DicomTag.SmallestImagePixelValue, -5);
        dataset.Set(DicomTag.RealWorldValueSlope, 0.1);

        Assert.Equal([0.9375, 1], dataset.GetDoubles(DicomTag.PixelSpacing));
        Assert.Equal(["0.9375", "1"], dataset.GetStrings(DicomTag.PixelSpacing));
        Assert.Equal(-12, dataset.GetInt32(DicomTag.InstanceNumber));
        Assert.Equal(65535, dataset.GetInt32(DicomTag.Rows));
        Assert.Equal(-5, dataset.GetInt32(DicomTag.SmallestImagePixelValue));
        Assert.Equal(0.1, dataset.GetDouble(DicomTag.RealWorldValueSlope));
        Assert.Null(dataset.GetInt32(DicomTag.Columns));
        Assert.Empty(dataset.GetDoubles(DicomTag.ImageOrientationPatient));
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(-1.0 / 3)]
    [InlineData(1e-300 / 7)]
    [InlineData(-12345678.123456789)]
    [InlineData(1e22)]
    public void A_decimal_string_has_at_most_16_characters(double value)
    {
        var dataset = new DicomDataset();
        dataset.Set(DicomTag.RescaleSlope, value);

        var text = dataset.GetString(DicomTag.RescaleSlope)!;

        Assert.InRange(text.Length, 1, 16);
        Assert.Equal(value, dataset.GetDouble(DicomTag.RescaleSlope)!.Value, Math.Abs(value) * 1e-8);
    }

    [Fact]
    public void Values_that_do_not_fit_are_refused()
    {
        var dataset = new DicomDataset();

        Assert.Throws<ArgumentException>(() => dataset.Set(DicomTag.Rows, 65536));
        Assert.Throws<ArgumentException>(() => dataset.Set(DicomTag.Rows, -1));
        Assert.Throws<ArgumentException>(() => dataset.Set(DicomTag.Rows, "5"));
        Assert.Throws<ArgumentException>(() => dataset.Set(DicomTag.RescaleSlope, double.NaN));
        Assert.Throws<ArgumentException>(() => new DicomUid("1.2.x"));
    }

    [Fact]
    public void A_number_that_is_none_is_an_error_that_names_the_element()
    {
        var dataset = new DicomDataset();
        dataset.SetBytes(DicomTag.RescaleSlope, DicomVr.DS, "abc "u8.ToArray());

        var error = Assert.Throws<DicomFormatException>(() => dataset.GetDouble(DicomTag.RescaleSlope));

        Assert.Equal(DicomTag.RescaleSlope, error.Tag);
    }

    [Fact]
    public void Text_is_split_and_trimmed_as_its_vr_says()
    {
        var dataset = new DicomDataset();
        dataset.SetBytes(DicomTag.ImageType, DicomVr.CS, "ORIGINAL \\ PRIMARY\\".PadRight(20).Select(c => (byte)c).ToArray());
        dataset.SetBytes(DicomTag.PatientComments, DicomVr.LT, " a\\b  "u8.ToArray());
        dataset.SetBytes(DicomTag.SOPInstanceUID, DicomVr.UI, "1.2.3\0"u8.ToArray());
        dataset.SetEmpty(DicomTag.StudyDate);
        dataset.SetBytes(DicomTag.PatientID, DicomVr.LO, "  "u8.ToArray());

        Assert.Equal(["ORIGINAL", "PRIMARY", ""], dataset.GetStrings(DicomTag.ImageType));
        Assert.Equal(" a\\b", dataset.GetString(DicomTag.PatientComments));
        Assert.Equal(new DicomUid("1.2.3"), dataset.GetUid(DicomTag.SOPInstanceUID));
        Assert.Null(dataset.GetString(DicomTag.StudyDate));
        Assert.Null(dataset.GetString(DicomTag.PatientID));
        Assert.True(dataset.Contains(DicomTag.StudyDate));
    }

    [Fact]
    public void Private_elements_are_found_by_their_creator()
    {
        var dataset = new DicomDataset();
        dataset.Set(new DicomTag(0x0009, 0x0011), "BTD");
        dataset.SetBytes(new DicomTag(0x0009, 0x1102), DicomVr.LO, "x "u8.ToArray());

        var tag = dataset.FindPrivate(0x0009, "BTD", 0x02);

        Assert.Equal(new DicomTag(0x0009, 0x1102), tag);
        Assert.Equal("BTD", dataset.GetPrivateCreator(tag!.Value));
        Assert.Null(dataset.FindPrivate(0x0009, "OTHER", 0x02));
    }

    [Fact]
    public void A_value_of_an_unknown_vr_is_read_by_the_dictionary()
    {
        var dataset = new DicomDataset();
        dataset.SetBytes(DicomTag.PatientName, DicomVr.UN, "A^B "u8.ToArray());
        dataset.SetBytes(DicomTag.Rows, DicomVr.UN, new byte[] { 2, 1 });

        Assert.Equal("A^B", dataset.GetString(DicomTag.PatientName));
        Assert.Equal(258, dataset.GetInt32(DicomTag.Rows));
    }

    [Fact]
    public void A_clone_changes_nothing_in_the_original()
    {
        var item = new DicomDataset();
        item.Set(DicomTag.CodeValue, "1");
        var dataset = new DicomDataset();
        dataset.SetSequence(DicomTag.ConceptNameCodeSequence, item);

        var clone = dataset.Clone();
        clone.GetSequence(DicomTag.ConceptNameCodeSequence)[0].Set(DicomTag.CodeValue, "2");

        Assert.Equal("1", item.GetString(DicomTag.CodeValue));
        Assert.False(clone.ContentEquals(dataset));
        Assert.True(dataset.Clone().ContentEquals(dataset));
    }

    [Fact]
    public void Uids_of_a_name_are_the_same_each_time_and_valid()
    {
        // uuid.uuid5(uuid.NAMESPACE_OID, 'x').int in Python.
        Assert.Equal("2.25.177248531079796394830031107653319594218", DicomUid.FromName("x").Value);
        Assert.True(DicomUid.Generate().IsValid);
        Assert.NotEqual(DicomUid.Generate(), DicomUid.Generate());
        Assert.False(new DicomUid("1.02").IsValid);
        Assert.Equal("MR Image Storage", DicomUid.MRImageStorage.Name);
    }

    [Theory]
    [InlineData("(0010,0010)")]
    [InlineData("0010,0010")]
    [InlineData("00100010")]
    [InlineData("PatientName")]
    public void Tags_are_read_from_numbers_and_keywords(string text)
    {
        Assert.Equal(DicomTag.PatientName, DicomTag.Parse(text));
        Assert.False(DicomTag.TryParse("Patientname", out _));
    }
}
