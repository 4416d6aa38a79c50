namespace BrainTumorDicom.Service.Verdicts;

/// <summary>A fraction with its 95 % interval after Wilson (1927), which holds for few cases and for fractions near 0 and 1.</summary>
/// <param name="Right">Cases that count.</param>
/// <param name="Cases">All cases.</param>
/// <param name="Value">The fraction; <see langword="null"/> without cases.</param>
/// <param name="Low">Lower end.</param>
/// <param name="High">Upper end.</param>
internal sealed record WilsonInterval(int Right, int Cases, double? Value, double? Low, double? High)
{
    // The 97.5 % quantile of the normal distribution.
    private const double Quantile = 1.959963984540054;

    /// <summary>The interval of <paramref name="right"/> of <paramref name="of"/>.</summary>
    public static WilsonInterval Of(int right, int of)
    {
        if (of == 0)
        {
            return new WilsonInterval(0, 0, null, null, null);
        }

        var part = (double)right / of;
        var square = Quantile * Quantile;
        var middle = (part + (square / (2 * of))) / (1 + (square / of));
        var reach = Quantile / (1 + (square / of)) * Math.Sqrt((part * (1 - part) / of) + (square / (4.0 * of * of)));
        return new WilsonInterval(right, of, part, Math.Max(0, middle - reach), Math.Min(1, middle + reach));
    }
}
