using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Slices.Frames;

namespace BrainTumorDicom.Classification.Selection;

/// <summary>Reads the headers of an instance: one for a single-frame image, one for each frame of an enhanced one (PS3.3 §C.7.6.16).</summary>
internal static class SliceHeaderReader
{
    // A hostile Number of Frames must not make us allocate without bound; no MR instance has nearly as many.
    private const int MostFrames = 100_000;

    /// <summary>Reads the headers.</summary>
    /// <param name="source">Index of the instance among the sources.</param>
    /// <param name="dataset">The instance.</param>
    public static IReadOnlyList<SliceHeader> Read(int source, DicomDataset dataset)
    {
        var frames = dataset.Whole(DicomTag.NumberOfFrames) ?? 1;
        var whole = ReadWhole(source, dataset);
        if (frames <= 1 && FunctionalGroups.Of(dataset, 0).IsEmpty)
        {
            return [whole];
        }

        var headers = new SliceHeader[Math.Clamp(frames, 1, MostFrames)];
        for (var frame = 0; frame < headers.Length; frame++)
        {
            headers[frame] = ReadFrame(whole with { Frame = frame, IsMultiFrame = true }, FrameAttributes.Read(dataset, FunctionalGroups.Of(dataset, frame)));
        }

        return headers;
    }

    private static SliceHeader ReadWhole(int source, DicomDataset dataset)
    {
        var image = FrameAttributes.Read(dataset, default);
        var scanning = dataset.Codes(DicomTag.ScanningSequence);
        return new SliceHeader
        {
            Source = source,
            SopClassUid = dataset.GetString(DicomTag.SOPClassUID) ?? "",
            SopInstanceUid = dataset.GetString(DicomTag.SOPInstanceUID) ?? "",
            SeriesInstanceUid = dataset.GetString(DicomTag.SeriesInstanceUID) ?? "",
            FrameOfReferenceUid = dataset.GetString(DicomTag.FrameOfReferenceUID),
            SeriesNumber = dataset.Whole(DicomTag.SeriesNumber),
            InstanceNumber = dataset.Whole(DicomTag.InstanceNumber),
            Modality = dataset.GetString(DicomTag.Modality) ?? "",
            Manufacturer = dataset.GetString(DicomTag.Manufacturer) ?? "",
            ManufacturerModelName = dataset.GetString(DicomTag.ManufacturerModelName) ?? "",
            ImageType = image.FrameType,
            SeriesDescription = dataset.GetString(DicomTag.SeriesDescription) ?? "",
            ProtocolName = dataset.GetString(DicomTag.ProtocolName) ?? "",
            StudyDescription = dataset.GetString(DicomTag.StudyDescription) ?? "",
            BodyPart = $"{dataset.GetString(DicomTag.BodyPartExamined)} {image.Region}".Trim(),
            ScanningSequence = scanning,
            SequenceName = $"{dataset.GetString(DicomTag.SequenceName)} {dataset.GetString(DicomTag.PulseSequenceName)}".Trim(),
            TemporalPositions = dataset.Whole(DicomTag.NumberOfTemporalPositions) ?? 0,
            DiffusionBValue = image.DiffusionBValue ?? 0,
            IsEchoPlanar = scanning.Contains("EP") || dataset.GetString(DicomTag.EchoPlanarPulseSequence) == "YES",
            IsAngiography = dataset.GetString(DicomTag.AngioFlag) == "Y"
                || dataset.GetString(DicomTag.TimeOfFlightContrast) == "YES" || dataset.GetString(DicomTag.PhaseContrast) == "YES",
            IsPhase = IsPhase(image.ComplexComponent),
            HasContrastAgent = dataset.GetString(DicomTag.ContrastBolusAgent) is not null || dataset.GetSequence(DicomTag.ContrastBolusAgentSequence).Count > 0,
            RepetitionTime = image.RepetitionTime,
            EchoTime = image.EchoTime,
            InversionTime = image.InversionTime,
            SamplesPerPixel = dataset.Whole(DicomTag.SamplesPerPixel) ?? 1,
            Rows = dataset.Whole(DicomTag.Rows) ?? 0,
            Columns = dataset.Whole(DicomTag.Columns) ?? 0,
            Position = image.Position,
            Orientation = image.Orientation,
            Concatenation = ReadConcatenation(dataset),
        };
    }

    private static SliceHeader ReadFrame(SliceHeader whole, FrameAttributes frame) => whole with
    {
        ImageType = frame.FrameType,
        IsPhase = IsPhase(frame.ComplexComponent),
        IsPerfusion = frame.IsSpinLabelled,
        BodyPart = frame.Region.Length > 0 ? frame.Region : whole.BodyPart,
        HasContrastAgent = frame.AgentAdministered ?? whole.HasContrastAgent,
        DiffusionBValue = frame.DiffusionBValue ?? 0,
        RepetitionTime = frame.RepetitionTime,
        EchoTime = frame.EchoTime,
        InversionTime = frame.InversionTime,
        Position = frame.Position,
        Orientation = frame.Orientation,
        Kind = new FrameKind(
            frame.StackId, frame.TemporalPosition, frame.ComplexComponent, frame.AcquisitionContrast, frame.InversionTime, frame.AgentAdministered),
    };

    // Without the part's number and offset there is nothing to put together: the instance stands for itself.
    private static ConcatenationPart? ReadConcatenation(DicomDataset dataset) =>
        dataset.GetString(DicomTag.ConcatenationUID) is { } uid
        && dataset.Whole(DicomTag.InConcatenationNumber) is > 0 and { } number
        && dataset.Whole(DicomTag.ConcatenationFrameOffsetNumber) is >= 0 and { } offset
            ? new ConcatenationPart(
                uid, dataset.GetString(DicomTag.SOPInstanceUIDOfConcatenationSource) ?? uid, number, dataset.Whole(DicomTag.InConcatenationTotalNumber), offset)
            : null;

    private static bool IsPhase(string component) => component is "PHASE" or "REAL" or "IMAGINARY" or "MIXED";
}
