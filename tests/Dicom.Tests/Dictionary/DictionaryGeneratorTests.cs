using System.Reflection;
using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.Dictionary;
using BrainTumorDicom.Support;

namespace BrainTumorDicom.Dicom.Tests.Dictionary;

public class DictionaryGeneratorTests
{
    private static string Folder => Path.Combine(SharedData.ProjectRoot, "src", "Dicom", "Dictionary");

    /// <summary>BTD_UPDATE_GENERATED=1 writes the files instead.</summary>
    [Fact]
    public void What_is_checked_in_is_what_the_tables_give()
    {
        foreach (var (name, text) in DictionaryGenerator.Generate(Folder))
        {
            var path = Path.Combine(Folder, name);
            if (Environment.GetEnvironmentVariable("BTD_UPDATE_GENERATED") == "1")
            {
                File.WriteAllText(path, text);
            }

            Assert.True(File.ReadAllText(path) == text, $"{name} is stale: run this test with BTD_UPDATE_GENERATED=1");
        }
    }

    [Fact]
    public void Every_keyword_finds_its_tag_and_every_tag_its_keyword()
    {
        var constants = typeof(DicomTag).GetProperties(BindingFlags.Public | BindingFlags.Static).Where(p => p.PropertyType == typeof(DicomTag)).ToArray();

        Assert.True(constants.Length > 4800);
        foreach (var constant in constants)
        {
            var tag = (DicomTag)constant.GetValue(null)!;
            Assert.True(DicomDictionary.TryFindKeyword(constant.Name, out var found));
            Assert.Equal(tag, found);
            Assert.Equal(constant.Name, tag.Keyword);
        }
    }

    [Fact]
    public void Constants_of_uids_are_what_the_registry_names()
    {
        var constants = typeof(DicomUid).GetProperties(BindingFlags.Public | BindingFlags.Static).Where(p => p.PropertyType == typeof(DicomUid)).ToArray();

        Assert.True(constants.Length > 440);
        Assert.All(constants, constant => Assert.Equal(constant.Name, DicomUidDictionary.Find(((DicomUid)constant.GetValue(null)!).Value)?.Keyword));
        Assert.Equal("1.2.840.10008.5.1.4.1.1.4", DicomUid.MRImageStorage.Value);
    }

    [Theory]
    [InlineData("6002,3000", "OverlayData", "OW")]
    [InlineData("60FE,0010", "OverlayRows", "US")]
    [InlineData("5004,3000", "CurveData", "OW")]
    [InlineData("0028,0106", "SmallestImagePixelValue", "US")]
    [InlineData("0028,3006", "LUTData", "OW")]
    [InlineData("0010,0010", "PatientName", "PN")]
    [InlineData("0009,0010", "", "LO")]
    [InlineData("0009,1001", "", "UN")]
    [InlineData("6001,3000", "", "UN")]
    [InlineData("0008,0000", "", "UL")]
    public void Tags_repeating_groups_and_private_tags_have_their_vr(string tag, string keyword, string vr)
    {
        var parsed = DicomTag.Parse(tag);

        Assert.Equal(keyword, parsed.Keyword);
        Assert.Equal(vr, DicomDictionary.VrOf(parsed).ToString());
    }

    [Fact]
    public void Pixel_representation_decides_between_US_and_SS()
    {
        Assert.Equal(DicomVr.SS, DicomDictionary.VrOf(DicomTag.SmallestImagePixelValue, signed: true));
        Assert.Equal(DicomVr.US, DicomDictionary.VrOf(DicomTag.Rows, signed: true));
        Assert.Equal("US or SS", DicomDictionary.Find(DicomTag.SmallestImagePixelValue)!.Value.VrText);
        Assert.Equal("Patient's Name", DicomDictionary.Find(DicomTag.PatientName)!.Value.Name);
        Assert.Equal("1-n", DicomDictionary.Find(DicomTag.OtherPatientNames)!.Value.Vm);
        Assert.True(DicomDictionary.Find(DicomTag.CommandLengthToEnd)!.Value.IsRetired);
    }
}
