namespace BrainTumorDicom.Training.Reporting;

/// <summary>Colours for numbers. Brightness rises evenly, so that a scale also reads in grey and with colour blindness.</summary>
internal static class ColorScale
{
    // Nine points of "inferno" and "blues" as matplotlib has them.
    private static readonly Rgb[] HeatPoints =
        [new(0, 0, 4), new(31, 12, 72), new(85, 15, 109), new(136, 34, 106), new(186, 54, 85), new(227, 89, 51), new(249, 140, 10), new(249, 201, 50), new(252, 255, 164)];

    private static readonly Rgb[] CountPoints = [new(247, 251, 255), new(198, 219, 239), new(107, 174, 214), new(33, 113, 181), new(8, 48, 107)];

    /// <summary>Colours that tell lines and classes apart (Okabe and Ito, 2008).</summary>
    public static IReadOnlyList<Rgb> Series { get; } =
        [new(0, 114, 178), new(213, 94, 0), new(0, 158, 115), new(204, 121, 167), new(230, 159, 0), new(86, 180, 233), new(90, 90, 90), new(240, 228, 66)];

    /// <summary>Black over red and yellow to white, for <paramref name="value"/> in [0, 1].</summary>
    public static Rgb Heat(double value) => Between(HeatPoints, value);

    /// <summary>White to dark blue, for <paramref name="value"/> in [0, 1].</summary>
    public static Rgb Count(double value) => Between(CountPoints, value);

    private static Rgb Between(Rgb[] points, double value)
    {
        var place = (double.IsNaN(value) ? 0 : Math.Clamp(value, 0, 1)) * (points.Length - 1);
        var index = Math.Min(points.Length - 2, (int)place);
        return points[index].Towards(points[index + 1], place - index);
    }
}
