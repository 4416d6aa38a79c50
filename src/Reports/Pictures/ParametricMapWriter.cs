using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using BrainTumorDicom.Classification.Findings;
using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.Files;
using BrainTumorDicom.Reports.Codes;
using BrainTumorDicom.Reports.Modules;
using BrainTumorDicom.Reports.Source;
using BrainTumorDicom.Reports.StructuredReport;
using BrainTumorDicom.Reports.Text;

namespace BrainTumorDicom.Reports.Pictures;

/// <summary>Writes the attention maps of the key slices as a Parametric Map (PS3.3 §A.75) of class activation: the network's own values, for software. A frame is a slice.</summary>
public static class ParametricMapWriter
{
    private static readonly string[] FrameType = ["DERIVED", "PRIMARY", "VOLUME", "NONE"];

    /// <summary>Writes it.</summary>
    /// <returns><see langword="null"/> when no key slice has both a map and a place in the patient.</returns>
    public static DicomFile? Write(ReportRequest request, ImmutableArray<KeyImage> images)
    {
        ArgumentNullException.ThrowIfNull(request);
        var finding = request.Finding;
        var placed = images.Where(image => image.Slice.Attention is not null && new PicturePlane(image, side: 1).HasPosition)
            .OrderBy(image => image.Slice.PositionMillimetres ?? 0).ToImmutableArray();
        if (placed.IsEmpty || !ValueRules.IsUid(finding.DecidingSeries?.FrameOfReferenceUid))
        {
            return null;
        }

        var source = SourceStudy.Read(request.SourceHeader);
        var uid = ReportIdentity.Instance(finding.StudyInstanceUid, finding.Model, ReportSeries.ParametricMap, request.Revision);
        var dataset = ReportModules.Begin(request, source, DicomUid.ParametricMapStorage, uid);
        ReportModules.WriteSeries(request, ReportSeries.ParametricMap, dataset);
        ReportModules.WriteRequestAttributes(source, dataset);
        ReportModules.WriteBodyPart(source, dataset);
        ReportModules.WriteContentTime(request, source, dataset);
        ReportModules.WritePrivateScheme(dataset);
        WriteEquipment(dataset);
        dataset.Set(DicomTag.InstanceNumber, request.Revision);
        dataset.Set(DicomTag.FrameOfReferenceUID, finding.DecidingSeries!.FrameOfReferenceUid!);
        dataset.SetEmpty(DicomTag.PositionReferenceIndicator);
        WriteImage(finding, placed, dataset);
        WriteDimension(uid, dataset);
        WriteReferences(finding, placed, dataset);
        WritePixels(placed, dataset);
        return new DicomFile(dataset, DicomTransferSyntax.ExplicitVrLittleEndian);
    }

    /// <summary>Enhanced General Equipment (PS3.3 §C.7.5.2) has no place for an unknown number.</summary>
    private static void WriteEquipment(DicomDataset dataset)
    {
        foreach (var tag in new[] { DicomTag.DeviceSerialNumber, DicomTag.SoftwareVersions })
        {
            if (!dataset.Contains(tag))
            {
                dataset.Set(tag, "UNKNOWN");
            }
        }
    }

    /// <summary>Parametric Map Image (PS3.3 §C.8.32.2), Acquisition Context (§C.7.6.14), Multi-frame Functional Groups (§C.7.6.16).</summary>
    private static void WriteImage(Finding finding, ImmutableArray<KeyImage> images, DicomDataset dataset)
    {
        dataset.Set(DicomTag.ImageType, FrameType);
        dataset.Set(DicomTag.ContentLabel, "AI_ATTENTION");
        dataset.Set(DicomTag.ContentDescription, "Attention map, not a tumor boundary; research use only");
        dataset.SetEmpty(DicomTag.ContentCreatorName);
        dataset.Set(DicomTag.ContentQualification, "RESEARCH");
        dataset.Set(DicomTag.ImageComments, SafetyText.Short);
        dataset.Set(DicomTag.BurnedInAnnotation, "NO");
        dataset.Set(DicomTag.RecognizableVisualFeatures, "NO");
        dataset.Set(DicomTag.LossyImageCompression, "00");
        LossyCompression.Copy(images[0].Header, dataset);
        dataset.Set(DicomTag.PresentationLUTShape, "IDENTITY");
        dataset.SetEmpty(DicomTag.AcquisitionContextSequence);
        var shared = new DicomDataset();
        shared.SetSequence(DicomTag.PlaneOrientationSequence, Item(DicomTag.ImageOrientationPatient, [.. images[0].Frame.Orientation]));
        shared.SetSequence(DicomTag.RealWorldValueMappingSequence, Mapping(images));
        var identity = Item(DicomTag.RescaleIntercept, 0);
        identity.Set(DicomTag.RescaleSlope, 1);
        identity.Set(DicomTag.RescaleType, "US");
        shared.SetSequence(DicomTag.PixelValueTransformationSequence, identity);
        var kind = new DicomDataset();
        kind.Set(DicomTag.FrameType, FrameType);
        shared.SetSequence(DicomTag.ParametricMapFrameTypeSequence, kind);
        dataset.SetSequence(DicomTag.SharedFunctionalGroupsSequence, shared);
        dataset.SetSequence(DicomTag.PerFrameFunctionalGroupsSequence, [.. images.Select((image, index) => Frame(finding, image, index + 1))]);
    }

    /// <summary>Real World Value Mapping (PS3.3 §C.7.6.16.2.11): the values are the quantity.</summary>
    private static DicomDataset Mapping(ImmutableArray<KeyImage> images)
    {
        var values = images.SelectMany(image => image.Slice.Attention!.Values);
        var quantity = new DicomDataset();
        ContentItemEncoder.Encode(new CodeItem("", ReportCodes.Quantity, ReportCodes.ClassActivation), quantity);
        var mapping = Item(DicomTag.DoubleFloatRealWorldValueFirstValueMapped, values.Min());
        mapping.Set(DicomTag.DoubleFloatRealWorldValueLastValueMapped, (double)values.Max());
        mapping.Set(DicomTag.RealWorldValueIntercept, 0.0);
        mapping.Set(DicomTag.RealWorldValueSlope, 1.0);
        mapping.Set(DicomTag.LUTLabel, "ATTENTION");
        mapping.Set(DicomTag.LUTExplanation, "Attention of the algorithm, unitless");
        mapping.SetSequence(DicomTag.MeasurementUnitsCodeSequence, ContentItemEncoder.Encode(ReportCodes.NoUnits));
        mapping.SetSequence(DicomTag.QuantityDefinitionSequence, quantity);
        return mapping;
    }

    private static DicomDataset Frame(Finding finding, KeyImage image, int index)
    {
        var (map, pixels) = (image.Slice.Attention!, image.Pixels);
        var measures = Item(DicomTag.PixelSpacing, map.Height * pixels.RowSpacing / map.Rows, map.Width * pixels.ColumnSpacing / map.Columns);
        measures.Set(DicomTag.SliceThickness, image.Frame.SliceThickness is > 0 and var thickness ? thickness : 1);

        // The middle of the map's first cell, from the middle of the slice's first pixel.
        var down = (map.Top + (map.Height / map.Rows / 2) - 0.5) * pixels.RowSpacing;
        var across = (map.Left + (map.Width / map.Columns / 2) - 0.5) * pixels.ColumnSpacing;
        var direction = image.Frame.Orientation;
        var frame = new DicomDataset();
        frame.SetSequence(DicomTag.PixelMeasuresSequence, measures);
        frame.SetSequence(DicomTag.PlanePositionSequence, Item(
            DicomTag.ImagePositionPatient,
            [.. image.Frame.Position.Select((start, axis) => start + (direction[axis] * across) + (direction[axis + 3] * down))]));
        frame.SetSequence(DicomTag.FrameContentSequence, Item(DicomTag.DimensionIndexValues, index));
        var derivation = new DicomDataset();
        derivation.Set(DicomTag.DerivationDescription, ValueRules.Description($"Attention of {finding.Model.Name} {finding.Model.Version} for {Narrative.Name(map.Class)}", 1024));
        derivation.SetSequence(DicomTag.DerivationCodeSequence, ContentItemEncoder.Encode(ReportCodes.AttentionMap));
        derivation.SetSequence(DicomTag.SourceImageSequence, SourceReference.Of(image.Slice, ReportCodes.SourceForProcessing));
        frame.SetSequence(DicomTag.DerivationImageSequence, derivation);
        return frame;
    }

    /// <summary>Multi-frame Dimension (PS3.3 §C.7.6.17): frames by their position.</summary>
    private static void WriteDimension(DicomUid uid, DicomDataset dataset)
    {
        var organization = DicomUid.FromName($"braintumordicom dimension\n{uid.Value}").Value;
        var named = new DicomDataset();
        named.Set(DicomTag.DimensionOrganizationUID, organization);
        dataset.SetSequence(DicomTag.DimensionOrganizationSequence, named);
        var index = new DicomDataset();
        index.Set(DicomTag.DimensionOrganizationUID, organization);
        index.SetBytes(DicomTag.DimensionIndexPointer, DicomVr.AT, Pointer(DicomTag.ImagePositionPatient));
        index.SetBytes(DicomTag.FunctionalGroupPointer, DicomVr.AT, Pointer(DicomTag.PlanePositionSequence));
        index.Set(DicomTag.DimensionDescriptionLabel, "Position");
        dataset.SetSequence(DicomTag.DimensionIndexSequence, index);
    }

    private static byte[] Pointer(DicomTag tag)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, tag.Group);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(2), tag.Element);
        return bytes;
    }

    /// <summary>Common Instance Reference (PS3.3 §C.12.2).</summary>
    private static void WriteReferences(Finding finding, ImmutableArray<KeyImage> images, DicomDataset dataset)
    {
        var series = new DicomDataset();
        series.Set(DicomTag.SeriesInstanceUID, ReportIdentity.Writable(finding.DecidingSeries!.SeriesInstanceUid));
        series.SetSequence(DicomTag.ReferencedInstanceSequence, [.. images.DistinctBy(image => image.Slice.SopInstanceUid).Select(image => SourceReference.Of(image.Slice))]);
        dataset.SetSequence(DicomTag.ReferencedSeriesSequence, series);
    }

    /// <summary>Floating Point Image Pixel (PS3.3 §C.7.6.24).</summary>
    private static void WritePixels(ImmutableArray<KeyImage> images, DicomDataset dataset)
    {
        var first = images[0].Slice.Attention!;
        dataset.Set(DicomTag.NumberOfFrames, images.Length);
        dataset.Set(DicomTag.SamplesPerPixel, 1);
        dataset.Set(DicomTag.PhotometricInterpretation, "MONOCHROME2");
        dataset.Set(DicomTag.Rows, first.Rows);
        dataset.Set(DicomTag.Columns, first.Columns);
        dataset.Set(DicomTag.BitsAllocated, 32);
        float[] values = [.. images.SelectMany(image => image.Slice.Attention!.Values)];
        dataset.SetBytes(DicomTag.FloatPixelData, DicomVr.OF, MemoryMarshal.AsBytes(values.AsSpan()).ToArray());
    }

    private static DicomDataset Item(DicomTag tag, params double[] values)
    {
        var item = new DicomDataset();
        item.Set(tag, values);
        return item;
    }
}
