namespace BrainTumorDicom.Training.Loop;

/// <summary>The one-cycle schedule (Smith, 2018): up to the peak by a cosine in the first part, then down to almost nothing.</summary>
/// <param name="Peak">Highest learning rate.</param>
/// <param name="Steps">Steps of the whole training.</param>
internal readonly record struct OneCycle(double Peak, int Steps)
{
    private const double RisingPart = 0.25;
    private const double StartDivisor = 25;
    private const double EndDivisor = 25e3;

    /// <summary>The learning rate of step <paramref name="step"/>, counted from 0.</summary>
    public double At(int step)
    {
        var top = RisingPart * Steps;
        return step < top
            ? Between(Peak / StartDivisor, Peak, step / top)
            : Between(Peak, Peak / EndDivisor, (step - top) / Math.Max(1, Steps - top));
    }

    private static double Between(double from, double to, double part) => to + ((from - to) * (1 + Math.Cos(Math.PI * part)) / 2);
}
