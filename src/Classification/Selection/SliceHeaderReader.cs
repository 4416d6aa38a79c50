using System.Collections.Immutable;
using BrainTumorDicom.Dicom.Data;

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
        var frames = dataset.GetInt32(DicomTag.NumberOfFrames) ?? 1;
        var perFrame = dataset.GetSequence(DicomTag.PerFrameFunctionalGroupsSequence);
        var shared = First(dataset, DicomTag.SharedFunctionalGroupsSequence);
        var whole = ReadWhole(source, dataset);
        if (perFrame.Count == 0 && shared is null && frames <= 1)
        {
            return [whole];
        }

        var headers = new SliceHeader[Math.Clamp(frames, 1, MostFrames)];
        for (var frame = 0; frame < headers.Length; frame++)
        {
            var groups = new FunctionalGroups(frame < perFrame.Count ? perFrame[frame] : null, shared);
            headers[frame] = ReadFrame(whole with { Frame = frame, IsMultiFrame = true }, groups);
        }

        return headers;
    }

    private static SliceHeader ReadWhole(int source, DicomDataset dataset) => new()
    {
        Source = source,
        SopClassUid = dataset.GetString(DicomTag.SOPClassUID) ?? "",
        SopInstanceUid = dataset.GetString(DicomTag.SOPInstanceUID) ?? "",
        SeriesInstanceUid = dataset.GetString(DicomTag.SeriesInstanceUID) ?? "",
        FrameOfReferenceUid = dataset.GetString(DicomTag.FrameOfReferenceUID),
        SeriesNumber = Whole(dataset, DicomTag.SeriesNumber),
        InstanceNumber = Whole(dataset, DicomTag.InstanceNumber),
        Modality = dataset.GetString(DicomTag.Modality) ?? "",
        Manufacturer = dataset.GetString(DicomTag.Manufacturer) ?? "",
        ImageType = Upper(dataset.GetStrings(DicomTag.ImageType)),
        SeriesDescription = dataset.GetString(DicomTag.SeriesDescription) ?? "",
        ProtocolName = dataset.GetString(DicomTag.ProtocolName) ?? "",
        StudyDescription = dataset.GetString(DicomTag.StudyDescription) ?? "",
        BodyPart = $"{dataset.GetString(DicomTag.BodyPartExamined)} {Region(dataset)}".Trim(),
        ScanningSequence = Upper(dataset.GetStrings(DicomTag.ScanningSequence)),
        SequenceName = $"{dataset.GetString(DicomTag.SequenceName)} {dataset.GetString(DicomTag.PulseSequenceName)}".Trim(),
        TemporalPositions = Whole(dataset, DicomTag.NumberOfTemporalPositions) ?? 0,
        DiffusionBValue = Number(dataset, DicomTag.DiffusionBValue) ?? 0,
        IsEchoPlanar = Upper(dataset.GetStrings(DicomTag.ScanningSequence)).Contains("EP") || dataset.GetString(DicomTag.EchoPlanarPulseSequence) == "YES",
        IsAngiography = dataset.GetString(DicomTag.AngioFlag) == "Y",
        IsPhase = IsPhase(dataset),
        HasContrastAgent = dataset.GetString(DicomTag.ContrastBolusAgent) is not null || dataset.GetSequence(DicomTag.ContrastBolusAgentSequence).Count > 0,
        RepetitionTime = Number(dataset, DicomTag.RepetitionTime),
        EchoTime = Number(dataset, DicomTag.EchoTime),
        InversionTime = Number(dataset, DicomTag.InversionTime),
        SamplesPerPixel = Whole(dataset, DicomTag.SamplesPerPixel) ?? 1,
        Rows = Whole(dataset, DicomTag.Rows) ?? 0,
        Columns = Whole(dataset, DicomTag.Columns) ?? 0,
        Position = Vector(dataset, DicomTag.ImagePositionPatient, 3),
        Orientation = Vector(dataset, DicomTag.ImageOrientationPatient, 6),
    };

    private static SliceHeader ReadFrame(SliceHeader whole, FunctionalGroups groups)
    {
        var frameType = groups.Macro(DicomTag.MRImageFrameTypeSequence);
        return whole with
        {
            ImageType = [.. whole.ImageType, .. frameType is null ? [] : Upper(frameType.GetStrings(DicomTag.FrameType))],
            IsPhase = whole.IsPhase || (frameType is not null && IsPhase(frameType)),
            BodyPart = groups.Macro(DicomTag.FrameAnatomySequence) is { } anatomy ? $"{whole.BodyPart} {Region(anatomy)}".Trim() : whole.BodyPart,
            DiffusionBValue = groups.Macro(DicomTag.MRDiffusionSequence) is { } diffusion ? Number(diffusion, DicomTag.DiffusionBValue) ?? 0 : whole.DiffusionBValue,
            EchoTime = groups.Macro(DicomTag.MREchoSequence) is { } echo ? Number(echo, DicomTag.EffectiveEchoTime) : whole.EchoTime,
            RepetitionTime = groups.Macro(DicomTag.MRTimingAndRelatedParametersSequence) is { } timing ? Number(timing, DicomTag.RepetitionTime) : whole.RepetitionTime,
            TemporalPositions = groups.Macro(DicomTag.FrameContentSequence) is { } content
                ? Math.Max(whole.TemporalPositions, Whole(content, DicomTag.TemporalPositionIndex) ?? 0) : whole.TemporalPositions,
            Position = groups.Macro(DicomTag.PlanePositionSequence) is { } position ? Vector(position, DicomTag.ImagePositionPatient, 3) : whole.Position,
            Orientation = groups.Macro(DicomTag.PlaneOrientationSequence) is { } orientation ? Vector(orientation, DicomTag.ImageOrientationPatient, 6) : whole.Orientation,
        };
    }

    private static bool IsPhase(DicomDataset dataset) =>
        dataset.GetString(DicomTag.ComplexImageComponent) is "PHASE" or "REAL" or "IMAGINARY" or "MIXED";

    private static DicomDataset? First(DicomDataset? dataset, DicomTag sequence) =>
        dataset?.GetSequence(sequence) is [var item, ..] ? item : null;

    private static string Region(DicomDataset dataset) =>
        First(dataset, DicomTag.AnatomicRegionSequence)?.GetString(DicomTag.CodeMeaning) ?? "";

    private static ImmutableArray<string> Upper(IReadOnlyList<string> values) => [.. values.Select(value => value.ToUpperInvariant())];

    // A value that is no number must not lose the slice: what depends on it treats it as absent.
    private static double? Number(DicomDataset dataset, DicomTag tag)
    {
        try
        {
            return dataset.GetDouble(tag) is { } value && double.IsFinite(value) ? value : null;
        }
        catch (Dicom.DicomFormatException)
        {
            return null;
        }
    }

    private static int? Whole(DicomDataset dataset, DicomTag tag) =>
        Number(dataset, tag) is { } value && Math.Abs(value) < int.MaxValue ? (int)value : null;

    private static ImmutableArray<double> Vector(DicomDataset dataset, DicomTag tag, int length)
    {
        try
        {
            var values = dataset.GetDoubles(tag);
            return values.Count == length && values.All(value => Math.Abs(value) < 1e6) ? [.. values] : [];
        }
        catch (Dicom.DicomFormatException)
        {
            return [];
        }
    }

    /// <summary>The functional groups that hold for one frame: its own, else the shared ones.</summary>
    private readonly record struct FunctionalGroups(DicomDataset? Own, DicomDataset? Shared)
    {
        public DicomDataset? Macro(DicomTag sequence) =>
            First(Own, sequence) ?? First(Shared, sequence);
    }
}
