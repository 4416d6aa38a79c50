using System.Text;

namespace BrainTumorDicom.Dicom.Data;

/// <summary>One code element of ISO 2022 (PS3.3 §C.12.1.1.2): the characters, the escape sequence that calls them, and where they go.</summary>
/// <param name="Escape">The bytes after ESC.</param>
/// <param name="IsG1">Whether the codes have the high bit (G1) or not (G0).</param>
/// <param name="Width">Bytes a character.</param>
/// <param name="CodePage">The code page that holds the characters.</param>
internal sealed record CodedSet(string Escape, bool IsG1, int Width, int CodePage)
{
    internal const int JisX0201 = -13;
    private const int EucJapanese = 20932;

    internal static readonly CodedSet Ascii = new("(B", IsG1: false, 1, 20127);
    internal static readonly CodedSet JisRoman = new("(J", IsG1: false, 1, 20127);
    internal static readonly CodedSet JisKatakana = new(")I", IsG1: true, 1, JisX0201);
    internal static readonly CodedSet JisX0208 = new("$B", IsG1: false, 2, EucJapanese);
    internal static readonly CodedSet JisX0212 = new("$(D", IsG1: false, 2, EucJapanese);
    internal static readonly CodedSet Korean = new("$)C", IsG1: true, 2, 51949);
    internal static readonly CodedSet Chinese = new("$)A", IsG1: true, 2, 936);

    internal static readonly CodedSet[] All =
    [
        Ascii, JisRoman, JisKatakana, JisX0208, JisX0212, Korean, Chinese,
        Latin("-A", 28591), Latin("-B", 28592), Latin("-C", 28593), Latin("-D", 28594), Latin("-M", 28599),
        Latin("-b", 28605), Latin("-L", 28595), Latin("-G", 28596), Latin("-F", 28597), Latin("-H", 28598), Latin("-T", 874),
    ];

    /// <summary>The text of one run of codes.</summary>
    internal string Decode(ReadOnlySpan<byte> codes)
    {
        if (CodePage == JisX0201)
        {
            return string.Create(codes.Length, codes, static (text, codes) =>
            {
                for (var i = 0; i < codes.Length; i++)
                {
                    text[i] = codes[i] is >= 0xA1 and <= 0xDF ? (char)(codes[i] - 0xA1 + 0xFF61) : '\uFFFD';
                }
            });
        }

        if (IsG1 || Width == 1)
        {
            return Pages.Decoding(CodePage).GetString(codes);
        }

        // JIS X 0208 has both high bits in EUC form, JIS X 0212 only the first (code page 20932).
        var euc = codes.ToArray();
        for (var i = 0; i < euc.Length; i++)
        {
            euc[i] |= (byte)(this == JisX0208 || (i & 1) == 0 ? 0x80 : 0);
        }

        return Pages.Decoding(CodePage).GetString(euc);
    }

    /// <summary>The codes of one character, or <see langword="null"/> where the set has it not.</summary>
    internal byte[]? TryEncode(string character)
    {
        if (CodePage == JisX0201)
        {
            return character is [>= '\uFF61' and <= '\uFF9F'] ? [(byte)(character[0] - 0xFF61 + 0xA1)] : null;
        }

        byte[] codes;
        try
        {
            codes = Pages.Encoding(CodePage).GetBytes(character);
        }
        catch (EncoderFallbackException)
        {
            return null;
        }

        if (codes.Length != Width || (IsG1 && (codes[0] & 0x80) == 0))
        {
            return null;
        }

        if (IsG1 || Width == 1)
        {
            return codes;
        }

        var isSupplementary = codes[1] < 0x80;
        return isSupplementary == (this == JisX0212) ? [(byte)(codes[0] & 0x7F), (byte)(codes[1] & 0x7F)] : null;
    }

    private static CodedSet Latin(string escape, int page) => new(escape, IsG1: true, 1, page);
}
