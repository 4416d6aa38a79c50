using System.Collections.Immutable;
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
            var file = Dicom(ReportKinds.Numbered(ReportKinds.HeatMap, map.Number), HeatMapWriter.Write(request, map));
            files.Add(file);
            files.Add(File(ReportKinds.Numbered(ReportKinds.Picture, map.Number), file.Uid, map.Png));
        }

        if (options.Pdf)
        {
            var page = ReportDocument.Write(request, maps);
            var file = Dicom(ReportKinds.EncapsulatedPdf, EncapsulatedDocumentWriter.Write(request, page));
            files.Add(file);
            files.Add(File(ReportKinds.Document, file.Uid, page));
        }

        if (options.KeyObjects && KeyObjectWriter.Write(request) is { } selection)
        {
            files.Add(Dicom(ReportKinds.KeyObjects, selection));
        }

        if (options.ParametricMap && ParametricMapWriter.Write(request, [.. maps.Select(map => map.Image)]) is { } attention)
        {
            files.Add(Dicom(ReportKinds.ParametricMap, attention));
        }

        return files.ToImmutable();
    }

    /// <summary>What the FHIR bundle and the HL7 message carry of the files.</summary>
    /// <param name="files">As <see cref="Write"/> gave them.</param>
    /// <param name="maps">The pictures that they were written from.</param>
    public static FhirAttachments Attachments(ImmutableArray<ReportFile> files, ImmutableArray<HeatMap> maps) => new(
        files.FirstOrDefault(file => file.Kind == ReportKinds.Document)?.Bytes ?? ReadOnlyMemory<byte>.Empty,
        [
            .. maps.Where(map => files.Any(file => file.Kind == ReportKinds.Numbered(ReportKinds.Picture, map.Number)))
                .Select(map => new FhirPicture(map.Png, $"{map.Label}. {HeatMapPainter.Legend}", map.Image.Slice.SopInstanceUid)),
        ]);

    private static ReportFile Dicom(string kind, DicomFile file) => File(kind, file.Dataset.GetString(DicomTag.SOPInstanceUID) ?? "", file.ToArray());

    private static ReportFile File(string kind, string uid, ReadOnlyMemory<byte> bytes) => new(kind, uid, ReportKinds.File(kind), bytes);
}
