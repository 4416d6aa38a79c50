namespace BrainTumorDicom.Reports.Pictures;

/// <summary>The colours of attention: from dark violet over red to pale yellow. Lightness rises all the way, so that the order is seen without colour vision too.</summary>
internal static class AttentionColors
{
    // Little attention leaves the slice as it is; most of it still shows the slice through.
    private const double MostOpacity = 0.65;

    private static readonly Rgb[] Stops = [new(20, 8, 60), new(87, 16, 110), new(188, 55, 84), new(249, 142, 9), new(252, 250, 160)];

    /// <summary>A shade of grey under its attention.</summary>
    /// <param name="gray">[0, 1].</param>
    /// <param name="attention">[0, 1].</param>
    public static Rgb Over(double gray, double attention) => Rgb.Gray(gray).Under(Of(attention), MostOpacity * attention);

    private static Rgb Of(double attention)
    {
        var place = Math.Clamp(attention, 0, 1) * (Stops.Length - 1);
        var below = Math.Min((int)place, Stops.Length - 2);
        return Stops[below].Under(Stops[below + 1], place - below);
    }
}
