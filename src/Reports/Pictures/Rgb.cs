namespace BrainTumorDicom.Reports.Pictures;

/// <summary>A colour.</summary>
internal readonly record struct Rgb(byte Red, byte Green, byte Blue)
{
    public static readonly Rgb White = new(255, 255, 255);

    /// <summary>A shade of grey.</summary>
    /// <param name="value">[0, 1].</param>
    public static Rgb Gray(double value)
    {
        var shade = (byte)Math.Round(255 * Math.Clamp(value, 0, 1));
        return new Rgb(shade, shade, shade);
    }

    /// <summary>This colour with another laid over it.</summary>
    /// <param name="over">The other.</param>
    /// <param name="opacity">[0, 1] of the other.</param>
    public Rgb Under(Rgb over, double opacity)
    {
        return new Rgb(Mix(Red, over.Red), Mix(Green, over.Green), Mix(Blue, over.Blue));

        byte Mix(byte below, byte above) => (byte)Math.Round((below * (1 - opacity)) + (above * opacity));
    }
}
