using BrainTumorDicom.Dicom.Data;

namespace BrainTumorDicom.Reports.KeyObjects;

public sealed class KeyObjectWriterTests
{
    [Fact]
    public void The_selection_refers_to_the_key_slices_and_says_that_it_is_for_research()
    {
        var request = Samples.All["glioma"];

        var dataset = KeyObjectWriter.Write(request)!.Dataset;

        Assert.Equal("KO", dataset.GetString(DicomTag.Modality));
        Assert.Equal("113009", dataset.GetSequence(DicomTag.ConceptNameCodeSequence)[0].GetString(DicomTag.CodeValue));
        var items = dataset.GetSequence(DicomTag.ContentSequence);
        Assert.Equal(
            KeySlices.Of(request.Finding).Select(slice => slice.SopInstanceUid),
            items.Where(item => item.GetString(DicomTag.ValueType) == "IMAGE")
                .Select(item => item.GetSequence(DicomTag.ReferencedSOPSequence)[0].GetString(DicomTag.ReferencedSOPInstanceUID)));
        Assert.Contains(items, item => item.GetString(DicomTag.TextValue)?.StartsWith("AI-selected, research use only.", StringComparison.Ordinal) == true);
        Assert.Equal(5, dataset.GetSequence(DicomTag.CurrentRequestedProcedureEvidenceSequence)[0]
            .GetSequence(DicomTag.ReferencedSeriesSequence)[0].GetSequence(DicomTag.ReferencedSOPSequence).Count);
    }

    [Fact]
    public void Frames_of_one_image_are_named_and_the_image_is_evidence_once()
    {
        var dataset = KeyObjectWriter.Write(Samples.All["multi-frame"])!.Dataset;

        var frames = dataset.GetSequence(DicomTag.ContentSequence).SelectMany(item => item.GetSequence(DicomTag.ReferencedSOPSequence))
            .Select(reference => reference.GetInt32(DicomTag.ReferencedFrameNumber));
        Assert.Equal([13, 14, 15], frames);
        Assert.Single(dataset.GetSequence(DicomTag.CurrentRequestedProcedureEvidenceSequence)[0]
            .GetSequence(DicomTag.ReferencedSeriesSequence)[0].GetSequence(DicomTag.ReferencedSOPSequence));
    }

    [Theory]
    [InlineData("notumor")]
    [InlineData("abstained")]
    [InlineData("refused")]
    public void Without_key_slices_there_is_no_selection(string sample) => Assert.Null(KeyObjectWriter.Write(Samples.All[sample]));
}
