using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.Files;

namespace BrainTumorDicom.Reports;

public sealed class ReportFilesTests
{
    private static readonly ReportOptions Everything = new() { KeyObjects = true, ParametricMap = true };

    [Fact]
    public void A_report_with_key_slices_has_pictures_a_page_and_what_else_is_asked_for()
    {
        var request = Samples.All["multi-frame"];

        var files = ReportFiles.Write(request, SourceFiles.HeatMapsOf(request.Finding), Everything);

        Assert.Equal(
            [
                "heatmap/1.dcm", "heatmap/1.png", "heatmap/2.dcm", "heatmap/2.png", "heatmap/3.dcm", "heatmap/3.png",
                "pdf/report.dcm", "report.pdf", "ko/key-images.dcm", "pm/attention.dcm",
            ],
            files.Select(file => file.Path));
        Assert.Equal(
            ["heatmap-1", "heatmap-1-png", "heatmap-2", "heatmap-2-png", "heatmap-3", "heatmap-3-png", "pdf", "pdf-page", "ko", "pm"],
            files.Select(file => file.Kind));
        Assert.All(files.Where(file => file.Path.EndsWith(".dcm", StringComparison.Ordinal)), file =>
            Assert.Equal(file.Uid, DicomFile.Read(file.Bytes).Dataset.GetString(DicomTag.SOPInstanceUID)));
    }

    [Fact]
    public void A_report_without_an_answer_has_its_page_all_the_same_and_nothing_is_written_that_is_not_asked_for()
    {
        Assert.Equal(["pdf/report.dcm", "report.pdf"], ReportFiles.Write(Samples.All["refused"], [], Everything).Select(file => file.Path));
        Assert.Empty(ReportFiles.Write(Samples.All["refused"], [], new ReportOptions { Pdf = false }));
    }
}
