using System.Collections.Immutable;
using BrainTumorDicom.Dicom.Data;

namespace BrainTumorDicom.Slices.Frames;

/// <summary>What the headers say of one frame: from its functional groups, else the shared ones, else the data set itself, as a single-frame image has it.</summary>
/// <remarks>Macros of PS3.3 §C.7.6.16.2 and §C.8.13.5; the Pixel Value Transformation is read with the pixels. A value that is no number counts as absent.</remarks>
public sealed record FrameAttributes
{
    /// <summary>Image Position (Patient) in mm, [3], or empty (Plane Position).</summary>
    public ImmutableArray<double> Position { get; private init; } = [];

    /// <summary>Image Orientation (Patient), [6], or empty (Plane Orientation).</summary>
    public ImmutableArray<double> Orientation { get; private init; } = [];

    /// <summary>Pixel Spacing in mm, between rows and between columns, or empty (Pixel Measures).</summary>
    public ImmutableArray<double> PixelSpacing { get; private init; } = [];

    /// <summary>Slice Thickness in mm (Pixel Measures).</summary>
    public double? SliceThickness { get; private init; }

    /// <summary>Stack ID (Frame Content); empty where there is none.</summary>
    public string StackId { get; private init; } = "";

    /// <summary>In-Stack Position Number, from 1 (Frame Content).</summary>
    public int? InStackPosition { get; private init; }

    /// <summary>Temporal Position Index, from 1 (Frame Content).</summary>
    public int? TemporalPosition { get; private init; }

    /// <summary>Dimension Index Values, in the order of the Dimension Index Sequence (Frame Content).</summary>
    public ImmutableArray<double> DimensionIndexValues { get; private init; } = [];

    /// <summary>Frame Acquisition Number (Frame Content).</summary>
    public int? AcquisitionNumber { get; private init; }

    /// <summary>Frame Type (MR Image Frame Type), else Image Type; upper case.</summary>
    public ImmutableArray<string> FrameType { get; private init; } = [];

    /// <summary>Complex Image Component, such as MAGNITUDE; empty where nothing is said.</summary>
    public string ComplexComponent { get; private init; } = "";

    /// <summary>Acquisition Contrast, such as T1; empty where nothing is said.</summary>
    public string AcquisitionContrast { get; private init; } = "";

    /// <summary>Window Center and Window Width, the first of each (Frame VOI LUT).</summary>
    public (double Center, double Width)? Window { get; private init; }

    /// <summary>Repetition Time in ms.</summary>
    public double? RepetitionTime { get; private init; }

    /// <summary>Effective Echo Time, or Echo Time, in ms.</summary>
    public double? EchoTime { get; private init; }

    /// <summary>The first of the Inversion Times, or Inversion Time, in ms.</summary>
    public double? InversionTime { get; private init; }

    /// <summary>Diffusion b-value in s/mm².</summary>
    public double? DiffusionBValue { get; private init; }

    /// <summary>Whether the frame was taken under arterial spin labelling.</summary>
    public bool IsSpinLabelled { get; private init; }

    /// <summary>Whether a contrast agent had been given when the frame was taken (Contrast/Bolus Usage); <see langword="null"/> where the frame does not say.</summary>
    public bool? AgentAdministered { get; private init; }

    /// <summary>Code Meaning of the Anatomic Region (Frame Anatomy); empty where there is none.</summary>
    public string Region { get; private init; } = "";

    /// <summary>Reads the attributes of one frame.</summary>
    /// <param name="dataset">The image.</param>
    /// <param name="groups">The frame's functional groups; empty for a single-frame image.</param>
    public static FrameAttributes Read(DicomDataset dataset, FunctionalGroups groups)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        var measures = Macro(DicomTag.PixelMeasuresSequence);
        var content = Macro(DicomTag.FrameContentSequence);
        var kind = Macro(DicomTag.MRImageFrameTypeSequence);
        var voi = Macro(DicomTag.FrameVOILUTSequence);
        return new FrameAttributes
        {
            Position = Macro(DicomTag.PlanePositionSequence).Vector(DicomTag.ImagePositionPatient, 3),
            Orientation = Macro(DicomTag.PlaneOrientationSequence).Vector(DicomTag.ImageOrientationPatient, 6),
            PixelSpacing = measures.Vector(DicomTag.PixelSpacing, 2),
            SliceThickness = measures.Number(DicomTag.SliceThickness),
            StackId = content.GetString(DicomTag.StackID) ?? "",
            InStackPosition = content.Whole(DicomTag.InStackPositionNumber),
            TemporalPosition = content.Whole(DicomTag.TemporalPositionIndex),
            DimensionIndexValues = content.Numbers(DicomTag.DimensionIndexValues),
            AcquisitionNumber = content.Whole(DicomTag.FrameAcquisitionNumber),
            FrameType = kind.Codes(DicomTag.FrameType) is { IsEmpty: false } type ? type : dataset.Codes(DicomTag.ImageType),
            ComplexComponent = First(kind, dataset, DicomTag.ComplexImageComponent),
            AcquisitionContrast = First(kind, dataset, DicomTag.AcquisitionContrast),
            Window = voi.Number(DicomTag.WindowCenter) is { } center && voi.Number(DicomTag.WindowWidth) is { } width ? (center, width) : null,
            RepetitionTime = Timing(DicomTag.MRTimingAndRelatedParametersSequence, DicomTag.RepetitionTime, DicomTag.RepetitionTime),
            EchoTime = Timing(DicomTag.MREchoSequence, DicomTag.EffectiveEchoTime, DicomTag.EchoTime),
            InversionTime = Timing(DicomTag.MRModifierSequence, DicomTag.InversionTimes, DicomTag.InversionTime),
            DiffusionBValue = Macro(DicomTag.MRDiffusionSequence).Number(DicomTag.DiffusionBValue),
            IsSpinLabelled = groups.Find(DicomTag.MRArterialSpinLabelingSequence) is not null,
            AgentAdministered = Administered(groups.FindAll(DicomTag.ContrastBolusUsageSequence)),
            Region = Macro(DicomTag.FrameAnatomySequence).GetSequence(DicomTag.AnatomicRegionSequence) is [var region, ..]
                ? region.GetString(DicomTag.CodeMeaning) ?? "" : "",
        };

        DicomDataset Macro(DicomTag macro) => groups.Find(macro) ?? dataset;

        // Legacy converted images keep what has no macro as it was (PS3.3 §C.7.6.16.2.25.1 and .2).
        double? Timing(DicomTag macro, DicomTag enhanced, DicomTag classic) =>
            groups.Find(macro)?.Number(enhanced)
            ?? groups.Find(DicomTag.UnassignedPerFrameConvertedAttributesSequence)?.Number(classic)
            ?? groups.Find(DicomTag.UnassignedSharedConvertedAttributesSequence)?.Number(classic)
            ?? dataset.Number(classic);
    }

    private static string First(DicomDataset kind, DicomDataset dataset, DicomTag tag) =>
        (kind.GetString(tag) ?? dataset.GetString(tag) ?? "").ToUpperInvariant();

    private static bool? Administered(IReadOnlyList<DicomDataset> agents) =>
        agents.Count == 0 ? null : agents.Any(agent => agent.GetString(DicomTag.ContrastBolusAgentAdministered) == "YES");
}
