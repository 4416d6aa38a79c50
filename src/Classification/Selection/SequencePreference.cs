using System.Collections.Frozen;
using BrainTumorDicom.Classification.Findings;

namespace BrainTumorDicom.Classification.Selection;

/// <summary>Which weighting a series has, as far as its headers tell; the smaller the better the model knows it.</summary>
internal enum SequencePreference
{
    /// <summary>T1 with contrast agent: most tumour slices of the training data.</summary>
    T1WithContrast,

    /// <summary>T1 without, or nothing said of, contrast agent.</summary>
    T1,

    /// <summary>FLAIR.</summary>
    Flair,

    /// <summary>T2.</summary>
    T2,

    /// <summary>Proton density, or timing like no other.</summary>
    Other,

    /// <summary>Neither words nor timing say anything.</summary>
    Unknown,
}

/// <summary>Reads the weighting from words, and where they say nothing from the timing.</summary>
internal static class SequencePreferences
{
    private static readonly FrozenSet<string> ContrastWords = FrozenSet.ToFrozenSet(
        ["post", "gd", "gad", "gado", "gadolinium", "contrast", "ce", "km", "postcontrast", "postgad", "t1c", "t1ce", "t1gd", "t1post", "c"]);

    private static readonly FrozenSet<string> T1Words = FrozenSet.ToFrozenSet(
        ["t1", "t1w", "t1c", "t1ce", "t1gd", "t1post", "mprage", "memprage", "spgr", "irspgr", "bravo", "fspgr", "tfl", "vibe", "mp2rage", "space_t1"]);

    private static readonly FrozenSet<string> T2Words = FrozenSet.ToFrozenSet(["t2", "t2w", "ciss", "fiesta"]);

    private static readonly FrozenSet<string> PdWords = FrozenSet.ToFrozenSet(["pd", "pdw", "proton", "dp"]);

    /// <summary>The weighting of a series, from one of its slices.</summary>
    public static SequencePreference Of(SliceHeader header)
    {
        var words = new HeaderWords(header.SeriesDescription, header.ProtocolName);
        if (words.FirstPart("flair") is not null)
        {
            return SequencePreference.Flair;
        }

        if (words.FirstOf(T1Words) is not null || words.FirstPart("mprage") is not null)
        {
            return T1(header, words);
        }

        if (words.FirstOf(T2Words) is not null)
        {
            return SequencePreference.T2;
        }

        return words.FirstOf(PdWords) is not null ? SequencePreference.Other : ByContrast(header) ?? ByTiming(header, words);
    }

    /// <summary>The weighting that a frame's Acquisition Contrast tells (PS3.3 §C.8.13.3.1); <see langword="null"/> where it tells none.</summary>
    public static SequencePreference? ByContrast(SliceHeader header) => header.Kind.AcquisitionContrast switch
    {
        "T1" => T1(header, new HeaderWords(header.SeriesDescription, header.ProtocolName)),
        "T2" => SequencePreference.T2,
        "FLUID_ATTENUATED" => SequencePreference.Flair,
        "PROTON_DENSITY" => SequencePreference.Other,
        _ => null,
    };

    /// <summary>The weighting in a model's manifest.</summary>
    public static string Code(this SequencePreference preference) => preference switch
    {
        SequencePreference.T1WithContrast => "t1-contrast",
        SequencePreference.T1 => "t1",
        SequencePreference.Flair => "flair",
        SequencePreference.T2 => "t2",
        SequencePreference.Other => "other",
        _ => "unknown",
    };

    /// <summary>The weighting in words, for reports.</summary>
    public static string Describe(this SequencePreference preference) => preference switch
    {
        SequencePreference.T1WithContrast => SeriesFinding.KnownWeighting,
        SequencePreference.T1 => "T1",
        SequencePreference.Flair => "FLAIR",
        SequencePreference.T2 => "T2",
        SequencePreference.Other => "proton density or another weighting",
        _ => "unknown",
    };

    private static SequencePreference T1(SliceHeader header, HeaderWords words) =>
        header.HasContrastAgent || words.FirstOf(ContrastWords) is not null ? SequencePreference.T1WithContrast : SequencePreference.T1;

    // The usual bounds in ms at 1.5 and 3 T: T1 has a short TR and TE, T2 a long TE, FLAIR an inversion time that nulls water.
    private static SequencePreference ByTiming(SliceHeader header, HeaderWords words) => header switch
    {
        { InversionTime: > 1500 } => SequencePreference.Flair,
        { EchoTime: > 60 } => SequencePreference.T2,
        { EchoTime: < 30, RepetitionTime: < 1000 } => T1(header, words),
        { EchoTime: < 10, InversionTime: > 0 and <= 1500 } => T1(header, words),
        { EchoTime: > 0 } => SequencePreference.Other,
        _ => SequencePreference.Unknown,
    };
}
