using BrainTumorDicom.Classification.Findings;
using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.Files;
using BrainTumorDicom.Reports.Codes;
using BrainTumorDicom.Reports.Modules;
using BrainTumorDicom.Reports.Source;
using BrainTumorDicom.Reports.Text;

namespace BrainTumorDicom.Reports.Pictures;

/// <summary>Writes a heat map as a Secondary Capture Image (PS3.3 §A.8): what practically every viewer shows.</summary>
public static class HeatMapWriter
{
    /// <summary>Writes it. The same picture gives the same bytes.</summary>
    public static DicomFile Write(ReportRequest request, HeatMap map)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(map);
        var finding = request.Finding;
        var source = SourceStudy.Read(request.SourceHeader);
        var uid = ReportIdentity.Instance(finding.StudyInstanceUid, finding.Model, ReportSeries.HeatMap, request.Revision, map.Image.Rank);
        var dataset = ReportModules.Begin(request, source, DicomUid.SecondaryCaptureImageStorage, uid);
        ReportModules.WriteSeries(request, ReportSeries.HeatMap, dataset);
        ReportModules.WriteRequestAttributes(source, dataset);
        ReportModules.WriteBodyPart(source, dataset);
        ReportModules.WriteContentTime(request, source, dataset);

        // Revisions share the series: numbers go on.
        dataset.Set(DicomTag.InstanceNumber, ((request.Revision - 1) * KeySlices.Most) + map.Image.Rank);
        WriteImage(finding, map, dataset);
        WritePlace(finding, map, dataset);
        WritePixels(map, dataset);
        return new DicomFile(dataset, DicomTransferSyntax.ExplicitVrLittleEndian);
    }

    /// <summary>General Image (PS3.3 §C.7.6.1), SC Equipment (§C.8.6.1), Common Instance Reference (§C.12.2).</summary>
    private static void WriteImage(Finding finding, HeatMap map, DicomDataset dataset)
    {
        dataset.Set(DicomTag.ConversionType, "WSD");
        dataset.Set(DicomTag.ImageType, "DERIVED", "SECONDARY", "OTHER");
        dataset.Set(DicomTag.DerivationDescription, ValueRules.Description(
            $"Attention map of {finding.Model.Name} {finding.Model.Version} for {Narrative.Name(map.Image.Slice.Attention!.Class)}, in color over the slice; not a tumor boundary. {SafetyText.Opening}", 1024));
        dataset.Set(DicomTag.ImageComments, ValueRules.Description($"{SafetyText.Short}. {map.Label}. {HeatMapPainter.Legend}", 10240));

        // Nothing in the pixels says whose they are (PS3.3 §C.7.6.1.1.6), and one slice shows no face.
        dataset.Set(DicomTag.BurnedInAnnotation, "NO");
        dataset.Set(DicomTag.RecognizableVisualFeatures, "NO");
        LossyCompression.Copy(map.Image.Header, dataset);
        dataset.SetSequence(DicomTag.SourceImageSequence, SourceReference.Of(map.Image.Slice, ReportCodes.SourceForProcessing));
        var series = new DicomDataset();
        series.Set(DicomTag.SeriesInstanceUID, ReportIdentity.Writable(finding.DecidingSeries!.SeriesInstanceUid));
        series.SetSequence(DicomTag.ReferencedInstanceSequence, SourceReference.Of(map.Image.Slice));
        dataset.SetSequence(DicomTag.ReferencedSeriesSequence, series);
    }

    /// <summary>Frame of Reference (PS3.3 §C.7.4.1) and Image Plane (§C.7.6.2), so that viewers scroll the picture with its source.</summary>
    private static void WritePlace(Finding finding, HeatMap map, DicomDataset dataset)
    {
        if (map.Spacing is { } spacing)
        {
            dataset.Set(DicomTag.PixelSpacing, spacing, spacing);
        }

        // The panels are oriented alike, the labels are not anatomy.
        dataset.SetEmpty(DicomTag.PatientOrientation);
        if (map.Position.IsEmpty || !ValueRules.IsUid(finding.DecidingSeries!.FrameOfReferenceUid))
        {
            return;
        }

        dataset.Set(DicomTag.FrameOfReferenceUID, finding.DecidingSeries.FrameOfReferenceUid!);
        dataset.SetEmpty(DicomTag.PositionReferenceIndicator);
        dataset.Set(DicomTag.ImagePositionPatient, [.. map.Position]);
        dataset.Set(DicomTag.ImageOrientationPatient, [.. map.Image.Frame.Orientation]);
        if (map.Image.Frame.SliceThickness is > 0 and var thickness)
        {
            dataset.Set(DicomTag.SliceThickness, thickness);
        }
        else
        {
            dataset.SetEmpty(DicomTag.SliceThickness);
        }
    }

    /// <summary>Image Pixel (PS3.3 §C.7.6.3).</summary>
    private static void WritePixels(HeatMap map, DicomDataset dataset)
    {
        dataset.Set(DicomTag.SamplesPerPixel, 3);
        dataset.Set(DicomTag.PhotometricInterpretation, "RGB");
        dataset.Set(DicomTag.PlanarConfiguration, 0);
        dataset.Set(DicomTag.Rows, map.Height);
        dataset.Set(DicomTag.Columns, map.Width);
        dataset.Set(DicomTag.BitsAllocated, 8);
        dataset.Set(DicomTag.BitsStored, 8);
        dataset.Set(DicomTag.HighBit, 7);
        dataset.Set(DicomTag.PixelRepresentation, 0);

        // 1040 × 698 × 3: an even number of bytes.
        dataset.SetBytes(DicomTag.PixelData, DicomVr.OB, map.Pixels);
    }
}
