using System.Collections.Immutable;

namespace BrainTumorDicom.Reports.Documents;

/// <summary>
/// A character collection for Chinese, Japanese or Korean, with a font that viewers know to replace (ISO 32000-1 §9.7.5.2). Nothing is
/// embedded: this program has no font file. The text is always right; whether its shapes are seen depends on the viewer's fonts.
/// </summary>
/// <param name="Ordering">Name of the collection at Adobe.</param>
/// <param name="Supplement">The supplement that the character map needs.</param>
/// <param name="Font">A font of the collection.</param>
/// <param name="Map">Predefined character map from UTF-16.</param>
internal sealed record CjkCollection(string Ordering, int Supplement, string Font, string Map)
{
    public static readonly CjkCollection Japanese = new("Japan1", 6, "HeiseiKakuGo-W5", "UniJIS-UTF16-H");
    public static readonly CjkCollection Korean = new("Korea1", 2, "HYGoThic-Medium", "UniKS-UTF16-H");
    public static readonly CjkCollection Chinese = new("GB1", 5, "STSong-Light", "UniGB-UTF16-H");

    /// <summary>Whether a character belongs to these scripts: radicals, kana, ideographs, hangul, and their punctuation and wide forms.</summary>
    public static bool Has(int character) => character is (>= 0x1100 and <= 0x11FF) or (>= 0x2E80 and <= 0x9FFF) or (>= 0xAC00 and <= 0xD7A3)
        or (>= 0xF900 and <= 0xFAFF) or (>= 0xFE30 and <= 0xFE4F) or (>= 0xFF00 and <= 0xFFEF) or (>= 0x20000 and <= 0x2FFFF);

    /// <summary>The collection of a text. Ideographs are drawn differently in each country: kana and hangul tell, else the character sets of the source.</summary>
    /// <param name="text">The text.</param>
    /// <param name="characterSets">Specific Character Set of the source.</param>
    public static CjkCollection Of(string text, ImmutableArray<string> characterSets) =>
        text.Any(character => character is (>= '\u1100' and <= '\u11FF') or (>= '\u3130' and <= '\u318F') or (>= '\uAC00' and <= '\uD7A3')) ? Korean
        : text.Any(character => character is (>= '\u3040' and <= '\u30FF') or (>= '\uFF66' and <= '\uFF9F')) ? Japanese
        : characterSets.Contains("ISO 2022 IR 149") ? Korean
        : characterSets.Any(set => set is "ISO 2022 IR 87" or "ISO 2022 IR 159" or "ISO 2022 IR 13" or "ISO_IR 13") ? Japanese
        : Chinese;
}
