using System.Text;

namespace BrainTumorDicom.Dicom.Data;

/// <summary>The meaning of Specific Character Set (0008,0005), PS3.3 §C.12.1.1.2.</summary>
internal sealed class DicomCharacterSet
{
    private static readonly (string Term, CodedSet Set)[] Terms =
    [
        ("6", CodedSet.Ascii), ("100", Of("-A")), ("101", Of("-B")), ("109", Of("-C")), ("110", Of("-D")), ("148", Of("-M")),
        ("203", Of("-b")), ("144", Of("-L")), ("127", Of("-G")), ("126", Of("-F")), ("138", Of("-H")), ("166", Of("-T")),
        ("13", CodedSet.JisKatakana), ("87", CodedSet.JisX0208), ("159", CodedSet.JisX0212),
        ("149", CodedSet.Korean), ("58", CodedSet.Chinese),
    ];

    private readonly int page;
    private readonly bool isUndeclared;

    private DicomCharacterSet(string name, int page, bool isUndeclared = false)
    {
        Name = name;
        this.page = page;
        this.isUndeclared = isUndeclared;
    }

    private DicomCharacterSet(string name, IReadOnlyList<CodedSet> sets)
    {
        Name = name;
        Sets = sets;
    }

    /// <summary>ISO 646 alone: what holds where nothing is said. Reads stray high bytes as Latin-1, which most of their writers meant.</summary>
    internal static DicomCharacterSet Default { get; } = new("", 28591, isUndeclared: true);

    /// <summary>ISO_IR 192.</summary>
    internal static DicomCharacterSet Utf8 { get; } = new("ISO_IR 192", 65001);

    /// <summary>The value of (0008,0005) that says this.</summary>
    internal string Name { get; }

    /// <summary>The code elements where ISO 2022 is used, the first active at the start; else empty.</summary>
    internal IReadOnlyList<CodedSet> Sets { get; } = [];

    /// <summary>The character set that the values of (0008,0005) name. A term that is not known counts as Latin-1, with the ASCII part right.</summary>
    internal static DicomCharacterSet Parse(IReadOnlyList<string> values)
    {
        var name = string.Join('\\', values);
        var first = values.Count > 0 ? values[0] : "";
        if (values.Count <= 1)
        {
            switch (first)
            {
                case "":
                case "ISO_IR 6":
                    return Default;
                case "ISO_IR 192":
                    return Utf8;
                case "GB18030":
                    return new DicomCharacterSet(name, 54936);
                case "GBK":
                    return new DicomCharacterSet(name, 936);
            }
        }

        var sets = new List<CodedSet>(values.Count);
        foreach (var value in values)
        {
            var number = value.Replace('_', ' ').Replace('-', ' ');
            number = number[(number.LastIndexOf(' ') + 1)..];
            sets.Add(Array.Find(Terms, term => term.Term == number).Set ?? (value.Length == 0 ? CodedSet.Ascii : Of("-A")));
        }

        return new DicomCharacterSet(name, sets);
    }

    /// <summary>The text of a value, padding and all; backslashes still separate the values.</summary>
    /// <param name="bytes">The whole value field.</param>
    /// <param name="isPersonName">Whether '^' and '=' return to the first set as well (PS3.5 §6.1.2.5.3).</param>
    internal string Decode(ReadOnlySpan<byte> bytes, bool isPersonName)
    {
        if (Ascii.IsValid(bytes) && !bytes.Contains((byte)0x1B))
        {
            return Encoding.ASCII.GetString(bytes);
        }

        return Sets.Count > 0 ? Iso2022.Decode(bytes, Sets, isPersonName) : Pages.Decoding(page).GetString(bytes);
    }

    /// <summary>The bytes of a text.</summary>
    /// <returns><see langword="null"/> where the set has not all its characters.</returns>
    internal byte[]? TryEncode(string text, bool isPersonName)
    {
        if (Ascii.IsValid(text))
        {
            return Encoding.ASCII.GetBytes(text);
        }

        if (isUndeclared)
        {
            return null;
        }

        if (Sets.Count > 0)
        {
            return Iso2022.TryEncode(text, Sets, isPersonName);
        }

        try
        {
            return Pages.Encoding(page).GetBytes(text);
        }
        catch (EncoderFallbackException)
        {
            return null;
        }
    }

    private static CodedSet Of(string escape) => Array.Find(CodedSet.All, set => set.Escape == escape)!;
}
