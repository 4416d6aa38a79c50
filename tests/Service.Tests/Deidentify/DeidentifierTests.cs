using System.Text;
using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.Files;
using BrainTumorDicom.Service.Deidentify;
using BrainTumorDicom.Slices.Phantoms;

namespace BrainTumorDicom.Service.Tests.Deidentify;

public sealed class DeidentifierTests
{
    private readonly Deidentifier deidentifier = new(new PseudonymKey([.. Enumerable.Range(0, 32).Select(i => (byte)i)]));

    [Fact]
    public void No_identifying_value_survives_anywhere_in_the_bytes()
    {
        var image = new PlantedImage();
        var before = Encoding.Latin1.GetString(image.File.ToArray());
        Assert.All(image.Values, value => Assert.Contains(value.Value, before, StringComparison.Ordinal));

        var after = Encoding.Latin1.GetString(deidentifier.Apply(image.File).ToArray());

        Assert.Empty(image.Values.Where(value => after.Contains(value.Value, StringComparison.Ordinal)).Select(value => $"{value.Tag} {value.Tag.Keyword} {value.Value}"));
        Assert.True(image.Values.Count > 900, "the table is planted at the top and in items");
    }

    [Fact]
    public void The_profile_is_named_as_the_standard_asks()
    {
        var clean = deidentifier.Apply(new PlantedImage().File).Dataset;

        Assert.Equal(("YES", "REMOVED"), (clean.GetString(DicomTag.PatientIdentityRemoved), clean.GetString(DicomTag.LongitudinalTemporalInformationModified)));
        Assert.NotEmpty(clean.GetString(DicomTag.DeidentificationMethod)!);
        var code = Assert.Single(clean.GetSequence(DicomTag.DeidentificationMethodCodeSequence));
        Assert.Equal(("113100", "DCM"), (code.GetString(DicomTag.CodeValue), code.GetString(DicomTag.CodingSchemeDesignator)));
    }

    [Fact]
    public void Pixels_geometry_and_contrast_stay()
    {
        var image = Slices()[0];

        var clean = deidentifier.Apply(image).Dataset;

        foreach (var tag in (ReadOnlySpan<DicomTag>)
            [DicomTag.PixelData, DicomTag.Rows, DicomTag.ImagePositionPatient, DicomTag.ImageOrientationPatient, DicomTag.PixelSpacing, DicomTag.ImageType, DicomTag.EchoTime, DicomTag.Modality])
        {
            Assert.True(image.Dataset.TryGet(tag, out var was) && clean.TryGet(tag, out var now) && was.ContentEquals(now), tag.ToString());
        }
    }

    [Fact]
    public void One_uid_becomes_one_other_in_every_image_and_reference_and_another_with_another_key()
    {
        var (first, second) = (Slices()[0], Slices()[1]);
        var reference = new DicomDataset();
        reference.Set(DicomTag.ReferencedSOPClassUID, DicomUid.MRImageStorage.Value);
        reference.Set(DicomTag.ReferencedSOPInstanceUID, first.Dataset.GetString(DicomTag.SOPInstanceUID)!);
        second.Dataset.SetSequence(DicomTag.SourceImageSequence, reference);

        var (one, two) = (deidentifier.Apply(first), deidentifier.Apply(second).Dataset);
        var other = new Deidentifier(new PseudonymKey(new byte[32])).Apply(first).Dataset;

        Assert.Equal(one.Dataset.GetString(DicomTag.StudyInstanceUID), two.GetString(DicomTag.StudyInstanceUID));
        Assert.Equal(one.Dataset.GetString(DicomTag.PatientID), two.GetString(DicomTag.PatientID));
        Assert.Equal(one.Dataset.GetString(DicomTag.SOPInstanceUID), one.MetaInformation.GetString(DicomTag.MediaStorageSOPInstanceUID));
        var item = Assert.Single(two.GetSequence(DicomTag.SourceImageSequence));
        Assert.Equal(one.Dataset.GetString(DicomTag.SOPInstanceUID), item.GetString(DicomTag.ReferencedSOPInstanceUID));
        Assert.Equal(DicomUid.MRImageStorage.Value, item.GetString(DicomTag.ReferencedSOPClassUID));
        Assert.NotEqual(first.Dataset.GetString(DicomTag.StudyInstanceUID), one.Dataset.GetString(DicomTag.StudyInstanceUID));
        Assert.NotEqual(one.Dataset.GetString(DicomTag.StudyInstanceUID), other.GetString(DicomTag.StudyInstanceUID));
        Assert.True(new DicomUid(one.Dataset.GetString(DicomTag.StudyInstanceUID)!).IsValid);
    }

    [Fact]
    public void What_has_annotations_burned_in_or_is_no_MR_image_is_refused()
    {
        var burned = Slices()[0];
        burned.Dataset.Set(DicomTag.BurnedInAnnotation, "YES");
        var capture = Slices()[0];
        capture.Dataset.Set(DicomTag.SOPClassUID, DicomUid.SecondaryCaptureImageStorage.Value);

        Assert.Contains("Burned In", Assert.Throws<InvalidOperationException>(() => deidentifier.Apply(burned)).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => deidentifier.Apply(capture));
    }

    [Fact]
    public void The_original_is_left_as_it_is()
    {
        var image = new PlantedImage().File;
        var before = image.ToArray();

        deidentifier.Apply(image);

        Assert.Equal(before, image.ToArray());
    }

    private static IReadOnlyList<DicomFile> Slices() => PhantomSeries.Create(HeadPhantom.Create(PhantomClass.Glioma, 5, new PhantomOptions(Slices: 12)));
}
