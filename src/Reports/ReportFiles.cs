using System.Collections.Immutable;
using System.Globalization;
using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.Files;
using BrainTumorDicom.Reports.Documents;
using BrainTumorDicom.Reports.Fhir;
using BrainTumorDicom.Reports.KeyObjects;
using BrainTumorDicom.Reports.Pictures;

namespace BrainTumorDicom.Reports;

/// <summary>The files beside structured report, FHIR bundle and finding: the same for service and command line.</summary>
public static class ReportFiles
{
    private const string Document = "pdf-page";

    /// <summary>Writes those that are asked for and that the finding has. The same arguments give the same bytes.</summary>
    /// <param name="request">What is reported.</param>
    /// <param name="maps">The pictures of its key slices, strongest first.</param>
    /// <param name="options">What is asked for.</param>
    public static ImmutableArray<ReportFile> Write(ReportRequest request, ImmutableArray<HeatMap> maps, ReportOptions options)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(options);
        var files = ImmutableArray.CreateBuilder<ReportFile>();
        foreach (var map in options.HeatMaps ? maps : [])
        {
            var number = map.Number.ToString(CultureInfo.InvariantCulture);
            var file = Dicom($"heatmap-{number}", $"heatmap/{number}.dcm", HeatMapWriter.Write(request, map));
            files.Add(file);
            files.Add(new ReportFile(Picture(map), file.Uid, $"heatmap/{number}.png", map.Png));
        }

        if (options.Pdf)
        {
            var page = ReportDocument.Write(request, maps);
            var file = Dicom("pdf", "pdf/report.dcm", EncapsulatedDocumentWriter.Write(request, page));
            files.Add(file);
            files.Add(new ReportFile(Document, file.Uid, "report.pdf", page));
        }

        if (options.KeyObjects && KeyObjectWriter.Write(request) is { } selection)
        {
            files.Add(Dicom("ko", "ko/key-images.dcm", selection));
        }

        if (options.ParametricMap && ParametricMapWriter.Write(request, [.. maps.Select(map => map.Image)]) is { } attention)
        {
            files.Add(Dicom("pm", "pm/attention.dcm", attention));
        }

        return files.ToImmutable();
    }

    /// <summary>What the FHIR bundle and the HL7 message carry of the files.</summary>
    /// <param name="files">As <see cref="Write"/> gave them.</param>
    /// <param name="maps">The pictures that they were written from.</param>
    public static FhirAttachments Attachments(ImmutableArray<ReportFile> files, ImmutableArray<HeatMap> maps) => new(
        files.FirstOrDefault(file => file.Kind == Document)?.Bytes ?? ReadOnlyMemory<byte>.Empty,
        [
            .. maps.Where(map => files.Any(file => file.Kind == Picture(map)))
                .Select(map => new FhirPicture(map.Png, $"{map.Label}. {HeatMapPainter.Legend}", map.Image.Slice.SopInstanceUid)),
        ]);

    private static string Picture(HeatMap map) => string.Create(CultureInfo.InvariantCulture, $"heatmap-{map.Number}-png");

    private static ReportFile Dicom(string kind, string path, DicomFile file) =>
        new(kind, file.Dataset.GetString(DicomTag.SOPInstanceUID) ?? "", path, file.ToArray());
}
