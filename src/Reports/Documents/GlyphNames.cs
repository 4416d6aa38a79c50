using System.Globalization;

namespace BrainTumorDicom.Reports.Documents;

/// <summary>Names of glyphs after the Adobe Glyph List: by them a viewer finds letters of Greek, Cyrillic and other alphabets in the font it puts for Helvetica.</summary>
internal static class GlyphNames
{
    private static readonly string[] Greek =
    [
        "Alphatonos", "", "Epsilontonos", "Etatonos", "Iotatonos", "", "Omicrontonos", "", "Upsilontonos", "Omegatonos", "iotadieresistonos",
        "Alpha", "Beta", "Gamma", "Delta", "Epsilon", "Zeta", "Eta", "Theta", "Iota", "Kappa", "Lambda", "Mu", "Nu", "Xi", "Omicron", "Pi", "Rho", "",
        "Sigma", "Tau", "Upsilon", "Phi", "Chi", "Psi", "Omega", "Iotadieresis", "Upsilondieresis",
        "alphatonos", "epsilontonos", "etatonos", "iotatonos", "upsilondieresistonos",
        "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu", "nu", "xi", "omicron", "pi", "rho", "sigma1",
        "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega", "iotadieresis", "upsilondieresis", "omicrontonos", "upsilontonos", "omegatonos",
    ];

    /// <summary>The name of a character of the Basic Multilingual Plane.</summary>
    public static string Of(char character) => character switch
    {
        >= '\u0386' and <= '\u03CE' when Greek[character - '\u0386'].Length > 0 => Greek[character - '\u0386'],
        '\u0401' => "afii10023",
        '\u0451' => "afii10071",

        // The list puts the letter with two dots (U+0401, U+0451) in its place in the alphabet.
        >= '\u0410' and <= '\u042F' => Cyrillic(10017, character - '\u0410'),
        >= '\u0430' and <= '\u044F' => Cyrillic(10065, character - '\u0430'),
        _ => string.Create(CultureInfo.InvariantCulture, $"uni{(int)character:X4}"),
    };

    private static string Cyrillic(int first, int index) => string.Create(CultureInfo.InvariantCulture, $"afii{first + index + (index > 5 ? 1 : 0)}");
}
