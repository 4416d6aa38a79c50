using System.Runtime.InteropServices;
using BrainTumorDicom.Classification.Findings;
using BrainTumorDicom.Dicom.Data;

namespace BrainTumorDicom.Reports.Pictures;

public sealed class ParametricMapWriterTests
{
    private static readonly ReportRequest Request = Samples.All["glioma"];

    [Fact]
    public void Each_key_slice_is_a_frame_with_the_networks_own_values_and_its_source()
    {
        var images = SourceFiles.KeyImagesOf(Request.Finding);

        var dataset = ParametricMapWriter.Write(Request, images)!.Dataset;

        var values = MemoryMarshal.Cast<byte, float>(dataset.GetBytes(DicomTag.FloatPixelData).Span).ToArray();
        Assert.Equal(images.OrderBy(image => image.Slice.PositionMillimetres).SelectMany(image => image.Slice.Attention!.Values), values);
        var frames = dataset.GetSequence(DicomTag.PerFrameFunctionalGroupsSequence);
        Assert.Equal(5, frames.Count);
        Assert.Equal(
            images.Select(image => image.Slice.SopInstanceUid).Order(StringComparer.Ordinal),
            frames.Select(frame => frame.GetSequence(DicomTag.DerivationImageSequence)[0].GetSequence(DicomTag.SourceImageSequence)[0].GetString(DicomTag.ReferencedSOPInstanceUID)!).Order(StringComparer.Ordinal));
        Assert.Equal("RESEARCH", dataset.GetString(DicomTag.ContentQualification));
    }

    [Fact]
    public void The_first_value_lies_in_the_middle_of_the_maps_first_cell()
    {
        var frame = ParametricMapWriter.Write(Request, SourceFiles.KeyImagesOf(Request.Finding))!.Dataset.GetSequence(DicomTag.PerFrameFunctionalGroupsSequence)[0];

        // Four cells over 40 pixels from row 4, column 0: the first one's middle is at row 9, column 5, in pixel edges.
        Assert.Equal([20, 30], frame.GetSequence(DicomTag.PixelMeasuresSequence)[0].GetDoubles(DicomTag.PixelSpacing));
        double[] expected =
        [
            SourceFiles.Position[0] + (4.5 * 3),
            SourceFiles.Position[1] + (8.5 * 2 * 0.8),
            SourceFiles.Position[2] + (8.5 * 2 * -0.6),
        ];
        Assert.Equal(expected, frame.GetSequence(DicomTag.PlanePositionSequence)[0].GetDoubles(DicomTag.ImagePositionPatient).Select(value => Math.Round(value, 6)));
    }

    [Fact]
    public void Without_a_place_in_the_patient_there_is_no_map()
    {
        var unplaced = KeyImages.Read(Request.Finding, uid => SourceFiles.Open(uid, change: dataset => dataset.Remove(DicomTag.ImagePositionPatient)));

        Assert.Null(ParametricMapWriter.Write(Request, unplaced));
        Assert.Null(ParametricMapWriter.Write(Samples.Request(Findings.Of(TumorClass.NoTumor)), []));
    }
}
