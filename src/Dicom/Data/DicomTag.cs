using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using BrainTumorDicom.Dicom.Dictionary;

namespace BrainTumorDicom.Dicom.Data;

/// <summary>The tag of a data element (PS3.5 §7.1).</summary>
/// <param name="Group">Group number.</param>
/// <param name="Element">Element number.</param>
public readonly partial record struct DicomTag(ushort Group, ushort Element) : IComparable<DicomTag>
{
    /// <summary>Group and element as one number, in the order of a data set.</summary>
    public uint Key => ((uint)Group << 16) | Element;

    /// <summary>Whether the group is odd (PS3.5 §7.8).</summary>
    public bool IsPrivate => (Group & 1) != 0;

    /// <summary>Whether this reserves a block of private elements (PS3.5 §7.8.1): (gggg,0010-00FF), g odd.</summary>
    public bool IsPrivateCreator => IsPrivate && Element is >= 0x0010 and <= 0x00FF;

    /// <summary>The keyword of PS3.6, or an empty string where the tag is not in it.</summary>
    public string Keyword => DicomDictionary.Find(this)?.Keyword ?? "";

    /// <summary>Makes a tag of group and element as one number.</summary>
    public static DicomTag FromKey(uint key) => new((ushort)(key >> 16), (ushort)key);

    /// <summary>Reads <c>0010,0010</c>, <c>(0010,0010)</c>, <c>00100010</c> or a keyword of PS3.6.</summary>
    /// <exception cref="FormatException"><paramref name="text"/> is none of these.</exception>
    public static DicomTag Parse(string text) =>
        TryParse(text, out var tag) ? tag : throw new FormatException($"\"{text}\" is not a tag: give gggg,eeee in hexadecimal or a keyword of PS3.6.");

    /// <summary>As <see cref="Parse"/>, without an exception.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out DicomTag tag)
    {
        tag = default;
        if (text is null)
        {
            return false;
        }

        var digits = text.AsSpan().Trim();
        if (digits.Length == 11 && digits[0] == '(' && digits[^1] == ')')
        {
            digits = digits[1..^1];
        }

        if (digits.Length == 9 && digits[4] == ','
            && ushort.TryParse(digits[..4], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var group)
            && ushort.TryParse(digits[5..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var element))
        {
            tag = new DicomTag(group, element);
            return true;
        }

        if (digits.Length == 8 && uint.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var key))
        {
            tag = FromKey(key);
            return true;
        }

        return DicomDictionary.TryFindKeyword(text.Trim(), out tag);
    }

    /// <inheritdoc/>
    public int CompareTo(DicomTag other) => Key.CompareTo(other.Key);

    /// <summary>Order of a data set.</summary>
    public static bool operator <(DicomTag left, DicomTag right) => left.Key < right.Key;

    /// <summary>Order of a data set.</summary>
    public static bool operator >(DicomTag left, DicomTag right) => left.Key > right.Key;

    /// <summary>Order of a data set.</summary>
    public static bool operator <=(DicomTag left, DicomTag right) => left.Key <= right.Key;

    /// <summary>Order of a data set.</summary>
    public static bool operator >=(DicomTag left, DicomTag right) => left.Key >= right.Key;

    /// <summary>The tag as <c>(0010,0010)</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"({Group:X4},{Element:X4})");
}
