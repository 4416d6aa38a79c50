using System.Buffers;
using System.Text;

namespace BrainTumorDicom.Dicom.Data;

/// <summary>Code extension (PS3.5 §6.1.2.5): escape sequences call other sets into G0 and G1.</summary>
internal static class Iso2022
{
    private const byte Escape = 0x1B;

    /// <summary>Decodes a value field.</summary>
    internal static string Decode(ReadOnlySpan<byte> bytes, IReadOnlyList<CodedSet> sets, bool isPersonName)
    {
        var text = new StringBuilder(bytes.Length);
        var (g0, g1) = Initial(sets);
        var i = 0;
        while (i < bytes.Length)
        {
            var value = bytes[i];
            if (value == Escape)
            {
                if (Called(bytes[(i + 1)..]) is { } set)
                {
                    (g0, g1) = set.IsG1 ? (g0, set) : (set, g1);
                    i += 1 + set.Escape.Length;
                    continue;
                }

                text.Append('\uFFFD');
                i++;
                continue;
            }

            // In a two-byte G0 set 5CH, 3DH and 5EH are halves of characters, so only a one-byte set ends at a delimiter.
            var active = (value & 0x80) != 0 ? g1 : g0;
            if (value < 0x21 || (active.Width == 1 && IsDelimiter(value, isPersonName)))
            {
                text.Append((char)value);
                i++;
                if (value is not (byte)' ')
                {
                    (g0, g1) = Initial(sets);
                }

                continue;
            }

            var end = i + 1;
            while (end < bytes.Length && bytes[end] > 0x20 && (bytes[end] & 0x80) == (value & 0x80)
                && (active.Width > 1 || !IsDelimiter(bytes[end], isPersonName)))
            {
                end++;
            }

            text.Append(active.Decode(bytes[i..end]));
            i = end;
        }

        return text.ToString();
    }

    /// <summary>Encodes a text, with the escape sequences it needs; back to the first set before every delimiter.</summary>
    internal static byte[]? TryEncode(string text, IReadOnlyList<CodedSet> sets, bool isPersonName)
    {
        var output = new ArrayBufferWriter<byte>(text.Length * 2);
        var initialG0 = Initial(sets).G0;
        var initialG1 = sets[0].IsG1 ? sets[0] : null;
        var (g0, g1) = (initialG0, initialG1);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.IsAscii)
            {
                g0 = g0.Width > 1 ? Call(initialG0, output) : g0;
                output.Write([(byte)rune.Value]);
                if (rune.Value < 0x20 || IsDelimiter((byte)rune.Value, isPersonName))
                {
                    (g0, g1) = (initialG0, initialG1);
                }
            }
            else if (!TryWrite(rune.ToString(), sets, ref g0, ref g1, output))
            {
                return null;
            }
        }

        if (g0.Width > 1)
        {
            Call(initialG0, output);
        }

        return output.WrittenSpan.ToArray();
    }

    private static bool TryWrite(string character, IReadOnlyList<CodedSet> sets, ref CodedSet g0, ref CodedSet? g1, ArrayBufferWriter<byte> output)
    {
        foreach (var set in sets)
        {
            if (set.TryEncode(character) is not { } codes || (codes.Length == 1 && codes[0] < 0x80))
            {
                continue;
            }

            if (set.IsG1 && g1 != set)
            {
                g1 = Call(set, output);
            }
            else if (!set.IsG1 && g0 != set)
            {
                g0 = Call(set, output);
            }

            output.Write(codes);
            return true;
        }

        return false;
    }

    private static CodedSet Call(CodedSet set, ArrayBufferWriter<byte> output)
    {
        output.Write([Escape]);
        output.Write(Encoding.ASCII.GetBytes(set.Escape));
        return set;
    }

    private static (CodedSet G0, CodedSet G1) Initial(IReadOnlyList<CodedSet> sets)
    {
        var first = sets[0];
        var g0 = first.IsG1 ? (first == CodedSet.JisKatakana ? CodedSet.JisRoman : CodedSet.Ascii) : first;

        // Writers put Korean and Chinese bytes without the escape when it is the only set: take them as meant.
        var g1 = first.IsG1 ? first : sets.FirstOrDefault(set => set.IsG1) ?? CodedSet.All.First(set => set.Escape == "-A");
        return (g0, g1);
    }

    private static CodedSet? Called(ReadOnlySpan<byte> bytes)
    {
        foreach (var set in CodedSet.All)
        {
            if (bytes.Length >= set.Escape.Length && Encoding.ASCII.GetString(bytes[..set.Escape.Length]) == set.Escape)
            {
                return set;
            }
        }

        return null;
    }

    private static bool IsDelimiter(byte value, bool isPersonName) =>
        value == (byte)'\\' || (isPersonName && value is (byte)'^' or (byte)'=');
}
