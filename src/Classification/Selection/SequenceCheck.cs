using System.Collections.Frozen;
using BrainTumorDicom.Classification.Findings;

namespace BrainTumorDicom.Classification.Selection;

/// <summary>Whether the headers of a slice say that it is of a kind that the model was not made for: a localizer, a map, a time series ...</summary>
/// <remarks>
/// Image Type alone refuses nothing that is only DERIVED or SECONDARY: converted and distortion-corrected series say so too, and GE
/// writes ORIGINAL\PRIMARY\MPR on plain slices. It takes a word for the kind, and DERIVED where originals use the same word.
/// </remarks>
internal static class SequenceCheck
{
    private static readonly FrozenSet<string> LocalizerWords = FrozenSet.ToFrozenSet(
        ["localizer", "localiser", "localizador", "loc", "locs", "scout", "scouts", "survey", "pilot", "aahscout", "aahead", "3plane", "topogram", "reperage", "planscan"]);

    // Values of Image Type from the third on, on images that are DERIVED.
    private static readonly FrozenSet<string> DerivedKinds = FrozenSet.ToFrozenSet(
    [
        "MPR", "CSA MPR", "MIP", "MINIP", "MNIP", "PROJECTION", "PROJECTION IMAGE", "CURVED", "REFORMATTED", "VOLREN", "VOLUME RENDERING", "SCREEN SAVE",
        "SCREENSAVE", "SUB", "SUBTRACT", "SUBTRACTION", "T1 MAP", "T2 MAP", "T2_STAR_MAP", "T2 STAR MAP", "R2_MAP", "R2STAR MAP", "PROTON_DENSITY_MAP", "TTEST",
    ]);

    private static readonly FrozenSet<string> DerivedWords = FrozenSet.ToFrozenSet(
        ["mpr", "mip", "minip", "mnip", "projection", "reformat", "reformatted", "subtraction", "screenshot", "screensave", "vrt"]);

    private static readonly FrozenSet<string> DiffusionKinds = FrozenSet.ToFrozenSet(
        ["DIFFUSION", "ADC", "FA", "TRACEW", "TRACE", "TENSOR", "TENSOR_B0", "ISOTROPIC", "EADC", "EXP", "CALC_BVALUE"]);

    private static readonly FrozenSet<string> DiffusionWords = FrozenSet.ToFrozenSet(
        ["dwi", "dti", "diff", "diffusion", "adc", "eadc", "trace", "tracew", "tensor", "dki", "noddi"]);

    private static readonly FrozenSet<string> PerfusionKinds = FrozenSet.ToFrozenSet(
        ["PERFUSION", "ASL", "RCBV", "RCBF", "CBF", "CBV", "MTT", "TTP", "TMAX", "RELCBF", "RELCBV", "RELMTT", "GBP"]);

    private static readonly FrozenSet<string> PerfusionWords = FrozenSet.ToFrozenSet(
        ["perfusion", "perf", "asl", "pcasl", "pasl", "dsc", "dce", "cbf", "cbv", "rcbf", "rcbv", "mtt", "ttp", "tmax", "pwi"]);

    private static readonly FrozenSet<string> FunctionalWords = FrozenSet.ToFrozenSet(
        ["fmri", "bold", "rest", "resting", "rsfmri", "restingstate", "fcmri", "mosaic"]);

    private static readonly FrozenSet<string> PhaseKinds = FrozenSet.ToFrozenSet(
        ["P", "PHASE", "PHASE MAP", "R", "REAL", "I", "IMAGINARY", "B0 MAP", "FIELD MAP", "FIELD_MAP", "VELOCITY", "VELOCITY MAP"]);

    private static readonly FrozenSet<string> PhaseWords = FrozenSet.ToFrozenSet(["fieldmap", "fieldmapping", "b0map", "b1map", "b0"]);

    private static readonly FrozenSet<string> AngiographyKinds = FrozenSet.ToFrozenSet(["ANGIO", "ANGIO_TIME", "TOF"]);

    private static readonly FrozenSet<string> AngiographyWords = FrozenSet.ToFrozenSet(
        ["tof", "mra", "mrv", "angio", "angiography", "angiographie", "venogram", "venography", "twist", "tricks", "arteries", "willis"]);

    private static readonly FrozenSet<string> OtherWords = FrozenSet.ToFrozenSet(
        ["swi", "swan", "venobold", "qsm", "elastography", "mre", "spectroscopy", "mrs", "csi", "calibration", "asset", "shim"]);

    /// <summary>Why a slice is refused by its headers, or <see langword="null"/>.</summary>
    public static FindingReason? Refusal(SliceHeader header)
    {
        var words = new HeaderWords(header.SeriesDescription, header.ProtocolName, header.SequenceName);
        return Localizer(header) ?? Diffusion(header, words) ?? Perfusion(header, words) ?? Functional(header, words) ?? Phase(header, words)
            ?? Angiography(header, words) ?? Derived(header, words) ?? Other(header, words);
    }

    /// <summary>Why one frame of a multi-frame image is left out of it, or <see langword="null"/>: one image can hold phase frames and maps beside the frames they were computed from.</summary>
    public static FindingReason? OfFrame(SliceHeader header)
    {
        if (!header.IsMultiFrame)
        {
            return null;
        }

        return PhaseImage(header)
            ?? (header.ImageType is ["DERIVED", ..] ? ByKind(header, DerivedKinds, ReasonCodes.Derived) : null)
            ?? (BodyPartCheck.OtherPart(header) is { } part ? ReasonCodes.BodyPart.With(part) : null);
    }

    private static FindingReason? Localizer(SliceHeader header)
    {
        if (header.ImageType.Contains("LOCALIZER"))
        {
            return ReasonCodes.Localizer.With("Image Type says LOCALIZER");
        }

        // Not the protocol name: a scanner may keep that of the localizer for all series planned from it.
        var words = new HeaderWords(header.SeriesDescription);
        return words.FirstOf(LocalizerWords) is { } word ? ReasonCodes.Localizer.With($"Series Description says {word}") : null;
    }

    private static FindingReason? Diffusion(SliceHeader header, HeaderWords words)
    {
        // Philips writes a b-value of 0 on everything.
        if (header.DiffusionBValue > 0)
        {
            return ReasonCodes.Diffusion.With(FormattableString.Invariant($"b-value {header.DiffusionBValue}"));
        }

        return ByContrast(header, ReasonCodes.Diffusion, "DIFFUSION") ?? ByKind(header, DiffusionKinds, ReasonCodes.Diffusion) ?? ByWord(words, DiffusionWords, ReasonCodes.Diffusion)
            ?? (words.FirstPart("ep2d_diff", "ep_b") is { } part ? ReasonCodes.Diffusion.With($"named {part}") : null);
    }

    private static FindingReason? Perfusion(SliceHeader header, HeaderWords words) =>
        (header.IsPerfusion ? ReasonCodes.Perfusion.With("arterial spin labeling") : null) ?? ByContrast(header, ReasonCodes.Perfusion, "PERFUSION")
        ?? ByKind(header, PerfusionKinds, ReasonCodes.Perfusion) ?? ByWord(words, PerfusionWords, ReasonCodes.Perfusion);

    private static FindingReason? Functional(SliceHeader header, HeaderWords words)
    {
        if (header.ImageType.Contains("MOSAIC"))
        {
            return ReasonCodes.Functional.With("Image Type says MOSAIC");
        }

        if (header.TemporalPositions > 1)
        {
            return ReasonCodes.Functional.With(FormattableString.Invariant($"{header.TemporalPositions} temporal positions"));
        }

        return ByWord(words, FunctionalWords, ReasonCodes.Functional)
            ?? (words.FirstPart("epfid", "ep2d_bold") is { } part ? ReasonCodes.Functional.With($"named {part}") : null);
    }

    private static FindingReason? Phase(SliceHeader header, HeaderWords words) =>
        PhaseImage(header) ?? ByWord(words, PhaseWords, ReasonCodes.Phase)
            ?? (words.FirstPart("field map", "field_map", "phase map", "field mapping", "field_mapping") is { } part ? ReasonCodes.Phase.With($"named {part}") : null);

    private static FindingReason? PhaseImage(SliceHeader header) =>
        header.IsPhase ? ReasonCodes.Phase.With("Complex Image Component is not MAGNITUDE") : ByKind(header, PhaseKinds, ReasonCodes.Phase);

    private static FindingReason? Angiography(SliceHeader header, HeaderWords words)
    {
        if (header.IsAngiography)
        {
            return ReasonCodes.Angiography.With("flow contrast");
        }

        return ByContrast(header, ReasonCodes.Angiography, "TOF", "FLOW_ENCODED") ?? ByKind(header, AngiographyKinds, ReasonCodes.Angiography) ?? ByWord(words, AngiographyWords, ReasonCodes.Angiography);
    }

    private static FindingReason? Derived(SliceHeader header, HeaderWords words)
    {
        var derived = header.ImageType is ["DERIVED", ..];
        return derived ? ByKind(header, DerivedKinds, ReasonCodes.Derived) ?? ByWord(words, DerivedWords, ReasonCodes.Derived) : null;
    }

    private static FindingReason? Other(SliceHeader header, HeaderWords words) =>
        ByContrast(header, ReasonCodes.Sequence, "TAGGING") ?? ByWord(words, OtherWords, ReasonCodes.Sequence) ?? (header.IsEchoPlanar ? ReasonCodes.Sequence.With("echo planar") : null);

    private static FindingReason? ByContrast(SliceHeader header, FindingReason reason, params ReadOnlySpan<string> contrasts) =>
        header.Kind.AcquisitionContrast is { } contrast && contrasts.Contains(contrast) ? reason.With($"Acquisition Contrast is {contrast}") : null;

    // The first two values say original or derived, primary or secondary (PS3.3 §C.7.6.1.1.2), not the kind.
    private static FindingReason? ByKind(SliceHeader header, FrozenSet<string> kinds, FindingReason reason)
    {
        var kind = header.ImageType.Skip(2).FirstOrDefault(kinds.Contains);
        return kind is null ? null : reason.With($"Image Type says {kind}");
    }

    private static FindingReason? ByWord(HeaderWords words, FrozenSet<string> wanted, FindingReason reason)
    {
        var word = words.FirstOf(wanted);
        return word is null ? null : reason.With($"named {word}");
    }
}
