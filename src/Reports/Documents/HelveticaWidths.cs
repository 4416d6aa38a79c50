namespace BrainTumorDicom.Reports.Documents;

/// <summary>Advance widths of Helvetica, one of the fourteen fonts that every PDF viewer has (ISO 32000-1 §9.6.2.2).</summary>
internal static class HelveticaWidths
{
    private const int Usual = 556;
    private const int Capital = 667;
    private const int Narrow = 278;

    // From the space to the tilde, in thousandths of the size.
    private static readonly short[] Ascii =
    [
        278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
        1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
        333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
    ];

    /// <summary>The width of a character in thousandths of the size; of letters beyond ASCII about the width of their like.</summary>
    public static int Of(int character) =>
        character - ' ' is >= 0 and var index && index < Ascii.Length ? Ascii[index]
        : character is 'ι' or 'ί' or 'Ι' or 'Ί' or 'і' or 'І' ? Narrow
        : System.Text.Rune.IsUpper(new System.Text.Rune(character)) ? Capital
        : Usual;
}
