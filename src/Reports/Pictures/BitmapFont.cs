namespace BrainTumorDicom.Reports.Pictures;

/// <summary>A font of 5 × 7 dots for labels in pixels, drawn for this program: capitals, digits and the signs of ASCII. Small letters are drawn as capitals, anything else as a box.</summary>
internal static class BitmapFont
{
    /// <summary>Dots from one character to the next.</summary>
    public const int Advance = 6;

    /// <summary>Dots of a character's height.</summary>
    public const int Height = 7;

    private const int GlyphWidth = 5;

    private const string Characters = "!\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_|~";

    // Seven rows a character from the top, each five dots as one digit of base 32; the leftmost dot counts 16.
    private const string Rows =
        "4444404aa00000aavavaa4fke5u4pp248jjcik8lid44000002444442844444804lel40" +
        "044v4400000048000v000000000411248ggehjlphe4c4444eeh168gveh161he26aiv22" +
        "vgu11heegguhhev122444ehhehheehhf11e00400400040048248g84200v0v008421248" +
        "eh12404ehnlngeehhvhhhuhhuhhuehgggheuhhhhhuvgguggvvggugggehgnhhehhhvhhh" +
        "e44444e72222ichikokihggggggvhrllhhhhppljjhehhhhheuhhugggehhhliduhhukih" +
        "fgge11uv444444hhhhhhehhhhha4hhhllrhhha4ahhhha4444v1248gve88888ee22222e" +
        "4ah0000000000v444444400di000";
    private static readonly string Box = "vhhhhhv";

    /// <summary>Width of a line of text in dots.</summary>
    public static int Width(string text) => Math.Max(0, (text.Length * Advance) - 1);

    /// <summary>Whether the character has a dot there.</summary>
    /// <param name="character">Any character.</param>
    /// <param name="row">0 to 6, from the top.</param>
    /// <param name="column">0 to 4, from the left.</param>
    public static bool HasDot(char character, int row, int column)
    {
        var capital = char.ToUpperInvariant(character);
        if (capital == ' ')
        {
            return false;
        }

        var index = Characters.IndexOf(capital, StringComparison.Ordinal);
        var digit = index < 0 ? Box[row] : Rows[(index * Height) + row];
        var dots = digit <= '9' ? digit - '0' : digit - 'a' + 10;
        return ((dots >> (GlyphWidth - 1 - column)) & 1) == 1;
    }
}
