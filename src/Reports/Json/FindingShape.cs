using System.Collections.Immutable;
using System.Text.Json.Serialization;
using BrainTumorDicom.Classification.Findings;

namespace BrainTumorDicom.Reports.Json;

/// <summary>The fields of a series line and, with the last four, of finding.json. The names are part of the command line's contract.</summary>
internal sealed record FindingShape
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Path { get; init; }

    public required string Study { get; init; }

    /// <summary>Series Instance UID; in finding.json that of the deciding series.</summary>
    public string? Series { get; init; }

    public required string Disposition { get; init; }

    public string? Reason { get; init; }

    public string? ReasonMeaning { get; init; }

    public string? ReasonDetail { get; init; }

    public string? Class { get; init; }

    public ProbabilitiesShape? Probabilities { get; init; }

    public int SliceCount { get; init; }

    public int AnalysedSliceCount { get; init; }

    public ImmutableArray<string> CarryingSlices { get; init; }

    /// <summary>The same slices by frame, strongest first; absent where none is a frame of a multi-frame image.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<FrameShape>? CarryingFrames { get; init; }

    public int? SeriesNumber { get; init; }

    public string? Modality { get; init; }

    public bool Complete { get; init; }

    public string? IncompleteReason { get; init; }

    public required string AnalysisStarted { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ModelIdentity? Model { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Revision { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<SliceShape>? Slices { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<FindingShape>? SeriesFindings { get; init; }
}

/// <summary>The fields of an image or slice line.</summary>
internal sealed record ImageShape(
    string File,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Instance,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Frame,
    string? Class,
    ProbabilitiesShape? Probabilities,
    string Disposition,
    string? Reason,
    string? ReasonMeaning,
    string? ReasonDetail);

/// <summary>One frame of a multi-frame image: its SOP Instance UID and 1-based frame number.</summary>
internal sealed record FrameShape(string Instance, int Frame);

/// <summary>One slice in finding.json. <paramref name="LeftOut"/> is the code of the reason why it took no part.</summary>
internal sealed record SliceShape(string Instance, int? Frame, int? InstanceNumber, double? Position, ProbabilitiesShape? Probabilities, string? LeftOut);

/// <summary>Calibrated probabilities by class label, each in [0, 1].</summary>
internal sealed record ProbabilitiesShape(
    double Glioma,
    double Meningioma,
    [property: JsonPropertyName("notumor")] double NoTumor,
    double Pituitary);
