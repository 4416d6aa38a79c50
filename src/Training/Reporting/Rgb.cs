namespace BrainTumorDicom.Training.Reporting;

/// <summary>A colour.</summary>
/// <param name="Red">0 to 255.</param>
/// <param name="Green">0 to 255.</param>
/// <param name="Blue">0 to 255.</param>
internal readonly record struct Rgb(byte Red, byte Green, byte Blue)
{
    public static Rgb White => new(255, 255, 255);

    public static Rgb Black => default;

    /// <summary>A grey of <paramref name="value"/> in [0, 1].</summary>
    public static Rgb Gray(double value)
    {
        var level = (byte)Math.Round(Math.Clamp(value, 0, 1) * 255);
        return new Rgb(level, level, level);
    }

    /// <summary>The colour <paramref name="part"/> of the way to <paramref name="other"/>.</summary>
    public Rgb Towards(Rgb other, double part) => new(Mix(Red, other.Red, part), Mix(Green, other.Green, part), Mix(Blue, other.Blue, part));

    /// <summary>As CSS and SVG write it.</summary>
    public string ToHex() => $"#{Red:x2}{Green:x2}{Blue:x2}";

    private static byte Mix(byte from, byte to, double part) => (byte)Math.Round(from + ((to - from) * Math.Clamp(part, 0, 1)));
}
