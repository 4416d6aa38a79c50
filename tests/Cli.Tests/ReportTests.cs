using BrainTumorDicom.Classification.Tests.Analysis;
using BrainTumorDicom.Classification.Tests.Model;
using BrainTumorDicom.Cli.Tests.Serving;
using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.Files;

namespace BrainTumorDicom.Cli.Tests;

public sealed class ReportTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("btd-report-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_series_with_a_tumour_gives_every_file_of_a_report_and_its_pictures_are_of_the_carrying_slices()
    {
        var series = SyntheticSeries.Make(spot: i => i is >= 8 and < 12 ? 1200 : 700);

        var (files, output) = await Report(series);

        Assert.Equal(
            [
                "bundle.fhir.json", "finding.json", "heatmap/1.dcm", "heatmap/1.png", "heatmap/2.dcm", "heatmap/2.png", "heatmap/3.dcm", "heatmap/3.png",
                "heatmap/4.dcm", "heatmap/4.png", "ko/key-images.dcm", "pdf/report.dcm", "pm/attention.dcm", "report.hl7", "report.pdf", "report.sr.dcm",
            ],
            files);
        Assert.All(files, file => Assert.Contains(file, output, StringComparison.Ordinal));
        Assert.Equal(
            Enumerable.Range(8, 4).Select(i => DicomUid.FromName($"a/{i}").Value).Order(),
            Enumerable.Range(1, 4).Select(number => DicomFile.Read(Path.Combine(folder, "out", "heatmap", $"{number}.dcm")).Dataset
                .GetSequence(DicomTag.SourceImageSequence)[0].GetString(DicomTag.ReferencedSOPInstanceUID)!).Order());
    }

    [Fact]
    public async Task A_series_without_a_tumour_and_one_that_is_refused_have_a_page_too()
    {
        string[] expected = ["bundle.fhir.json", "finding.json", "pdf/report.dcm", "report.hl7", "report.pdf", "report.sr.dcm"];

        Assert.Equal(expected, (await Report(SyntheticSeries.Make(spot: _ => 700))).Files);
        Assert.Equal(expected, (await Report(SyntheticSeries.Make(3, change: (dataset, _) => dataset.Set(DicomTag.SeriesDescription, "localizer")))).Files);
    }

    private async Task<(string[] Files, string Output)> Report(DicomDataset[] series)
    {
        var (source, target, model) = (Path.Combine(folder, "in"), Path.Combine(folder, "out"), Path.Combine(folder, "model-1"));
        foreach (var old in new[] { source, target }.Where(Directory.Exists))
        {
            Directory.Delete(old, recursive: true);
        }

        Directory.CreateDirectory(source);
        for (var i = 0; i < series.Length; i++)
        {
            new DicomFile(series[i], DicomTransferSyntax.ExplicitVrLittleEndian).Write(Path.Combine(source, $"{i}.dcm"));
        }

        TinyModel.Write(model, gateThreshold: 1000);
        var (exitCode, output, error) = await CliProcess.RunAsync(["report", source, "--out", target, "--model", model]);
        Assert.True(exitCode == 0, error);
        return ([.. Directory.GetFiles(target, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(target, file).Replace('\\', '/')).Order(StringComparer.Ordinal)], output);
    }
}
