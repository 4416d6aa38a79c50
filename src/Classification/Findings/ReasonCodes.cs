using System.Collections.Immutable;

namespace BrainTumorDicom.Classification.Findings;

/// <summary>Every coded reason of the private scheme 99BTD. The table is the contract: the same codes stand in log, ledger and report.</summary>
public static class ReasonCodes
{
    // Refused: the series is not what the model was made for.

    /// <summary>Another SOP Class than MR or Enhanced MR Image Storage, or another modality.</summary>
    public static FindingReason NotMr { get; } = new("NOT-MR", "Not MR images");

    /// <summary>A report or picture of our own that a destination sent back.</summary>
    public static FindingReason OwnResult { get; } = new("OWN-RESULT", "A result of this software, sent back to it");

    /// <summary>A localizer.</summary>
    public static FindingReason Localizer { get; } = new("LOCALIZER", "Localizer");

    /// <summary>Reformats, projections, maps and other images computed from images.</summary>
    public static FindingReason Derived { get; } = new("DERIVED", "Derived images: reformat, projection, map or screen");

    /// <summary>Functional imaging, or another series over time.</summary>
    public static FindingReason Functional { get; } = new("FUNCTIONAL", "Functional or time series");

    /// <summary>Diffusion weighting.</summary>
    public static FindingReason Diffusion { get; } = new("DIFFUSION", "Diffusion-weighted series");

    /// <summary>Perfusion.</summary>
    public static FindingReason Perfusion { get; } = new("PERFUSION", "Perfusion series");

    /// <summary>Phase, real or imaginary images, field maps.</summary>
    public static FindingReason Phase { get; } = new("PHASE", "Phase images or a field map, not magnitude");

    /// <summary>Angiography.</summary>
    public static FindingReason Angiography { get; } = new("ANGIOGRAPHY", "MR angiography");

    /// <summary>Another kind of sequence that the model was not made for.</summary>
    public static FindingReason Sequence { get; } = new("SEQUENCE", "Kind of sequence that the model was not made for");

    /// <summary>Another body part.</summary>
    public static FindingReason BodyPart { get; } = new("BODY-PART", "Not a head");

    /// <summary>Colour pixels.</summary>
    public static FindingReason Color { get; } = new("COLOR", "Color pixels, not monochrome");

    /// <summary>Too few slices to look for evidence that hangs together in three dimensions.</summary>
    public static FindingReason TooFewSlices { get; } = new("TOO-FEW-SLICES", "Too few slices");

    /// <summary>Positions and orientations are missing, or make no stack.</summary>
    public static FindingReason Geometry { get; } = new("GEOMETRY", "Slices do not form one stack");

    /// <summary>Nothing that this version can read.</summary>
    public static FindingReason Unreadable { get; } = new("UNREADABLE", "The instance or its pixels cannot be read");

    /// <summary>A blank volume, or one whose object has not the size of a head.</summary>
    public static FindingReason NotAHead { get; } = new("NOT-A-HEAD", "Pixels do not show a head");

    // Abstained: analysed, but the evidence does not carry an answer.

    /// <summary>Too many slices lie outside what the model was trained on.</summary>
    public static FindingReason UnlikeTraining { get; } = new("UNLIKE-TRAINING", "Images are unlike those the model was trained on");

    /// <summary>Some evidence of a tumour, but below the threshold.</summary>
    public static FindingReason LowConfidence { get; } = new("LOW-CONFIDENCE", "Evidence is below the threshold");

    /// <summary>Evidence for two kinds of tumour.</summary>
    public static FindingReason Contradicting { get; } = new("CONTRADICTING", "Evidence for more than one class");

    /// <summary>Evidence in places far apart.</summary>
    public static FindingReason Scattered { get; } = new("SCATTERED", "Evidence in places far apart");

    /// <summary>Evidence that is too long for a tumour of its kind.</summary>
    public static FindingReason Implausible { get; } = new("IMPLAUSIBLE", "Evidence has not the extent of such a tumor");

    /// <summary>No evidence, in a weighting in which the model misses tumours.</summary>
    public static FindingReason Weighting { get; } = new("WEIGHTING", "No evidence, but the model misses tumors in this weighting");

    // Error.

    /// <summary>The analysis failed.</summary>
    public static FindingReason Failed { get; } = new("FAILED", "The analysis failed");

    // Why one slice took no part.

    /// <summary>The slice shows little of the head.</summary>
    public static FindingReason EdgeOfHead { get; } = new("EDGE-OF-HEAD", "Slice near the edge of the head");

    /// <summary>The same instance or position once more.</summary>
    public static FindingReason Duplicate { get; } = new("DUPLICATE", "Position or instance already there");

    /// <summary>Another orientation, echo or matrix than the stack that was analysed.</summary>
    public static FindingReason NotInStack { get; } = new("NOT-IN-STACK", "Not part of the stack that was analysed");

    // The study as a whole.

    /// <summary>No series of the study could be analysed; each has its own reason.</summary>
    public static FindingReason NoEligibleSeries { get; } = new("NO-SERIES", "No series that can be analysed");

    /// <summary>All of them.</summary>
    public static ImmutableArray<FindingReason> All { get; } =
    [
        NotMr, OwnResult, Localizer, Derived, Functional, Diffusion, Perfusion, Phase, Angiography, Sequence, BodyPart, Color, TooFewSlices,
        Geometry, Unreadable, NotAHead, UnlikeTraining, LowConfidence, Contradicting, Scattered, Implausible, Weighting, Failed, EdgeOfHead, Duplicate, NotInStack,
        NoEligibleSeries,
    ];

    /// <summary>The same reason with what was seen in this case.</summary>
    public static FindingReason With(this FindingReason reason, string detail)
    {
        ArgumentNullException.ThrowIfNull(reason);
        return reason with { Detail = detail };
    }
}
