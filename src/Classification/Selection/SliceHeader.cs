using System.Collections.Immutable;

namespace BrainTumorDicom.Classification.Selection;

/// <summary>What the gate must know of one slice: a single-frame instance, or one frame of a multi-frame one. No patient attributes.</summary>
internal sealed record SliceHeader
{
    /// <summary>Index of the instance among the sources.</summary>
    public required int Source { get; init; }

    /// <summary>0-based frame.</summary>
    public int Frame { get; init; }

    /// <summary>Whether the instance is a multi-frame one.</summary>
    public bool IsMultiFrame { get; init; }

    public string SopClassUid { get; init; } = "";

    public string SopInstanceUid { get; init; } = "";

    public string SeriesInstanceUid { get; init; } = "";

    public string? FrameOfReferenceUid { get; init; }

    public int? SeriesNumber { get; init; }

    public int? InstanceNumber { get; init; }

    public string Modality { get; init; } = "";

    public string Manufacturer { get; init; } = "";

    public string ManufacturerModelName { get; init; } = "";

    /// <summary>Image Type or, of a frame that has one, Frame Type; upper case.</summary>
    public ImmutableArray<string> ImageType { get; init; } = [];

    public string SeriesDescription { get; init; } = "";

    public string ProtocolName { get; init; } = "";

    public string StudyDescription { get; init; } = "";

    /// <summary>Body Part Examined and the meaning of the Anatomic Region; of a frame that has one, that of its own Anatomic Region.</summary>
    public string BodyPart { get; init; } = "";

    public ImmutableArray<string> ScanningSequence { get; init; } = [];

    public string SequenceName { get; init; } = "";

    /// <summary>Number of Temporal Positions; 0 when absent.</summary>
    public int TemporalPositions { get; init; }

    /// <summary>Diffusion b-value in s/mm²; 0 when absent.</summary>
    public double DiffusionBValue { get; init; }

    public bool IsEchoPlanar { get; init; }

    public bool IsAngiography { get; init; }

    public bool IsPerfusion { get; init; }

    /// <summary>Whether the frame is said to be phase, real, imaginary or mixed.</summary>
    public bool IsPhase { get; init; }

    public bool HasContrastAgent { get; init; }

    /// <summary>Repetition time in ms, or <see langword="null"/>.</summary>
    public double? RepetitionTime { get; init; }

    /// <summary>Echo time in ms, or <see langword="null"/>.</summary>
    public double? EchoTime { get; init; }

    /// <summary>Inversion time in ms, or <see langword="null"/>.</summary>
    public double? InversionTime { get; init; }

    public int SamplesPerPixel { get; init; } = 1;

    public int Rows { get; init; }

    public int Columns { get; init; }

    /// <summary>Image Position (Patient) in mm, [3], or empty.</summary>
    public ImmutableArray<double> Position { get; init; } = [];

    /// <summary>Image Orientation (Patient), [6], or empty.</summary>
    public ImmutableArray<double> Orientation { get; init; } = [];

    /// <summary>What tells frames in the same place apart.</summary>
    public FrameKind Kind { get; init; }

    /// <summary>The part of a concatenation that the instance is, or <see langword="null"/>.</summary>
    public ConcatenationPart? Concatenation { get; init; }

    /// <summary>The image that the slice belongs to, put together where it was split.</summary>
    public string ImageUid => Concatenation?.SourceUid ?? SopInstanceUid;

    /// <summary>0-based frame of that image.</summary>
    public long ImageFrame => (Concatenation?.FrameOffset ?? 0L) + Frame;

    /// <summary>1-based frame as reports name it; <see langword="null"/> for a single-frame instance.</summary>
    public int? FrameNumber => IsMultiFrame ? Frame + 1 : null;
}
