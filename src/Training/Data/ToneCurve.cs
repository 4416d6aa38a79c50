namespace BrainTumorDicom.Training.Data;

/// <summary>A random smooth curve from grey to grey that need not rise everywhere: what is bright in one sequence is dark in another.</summary>
internal static class ToneCurve
{
    // Below this grey it is background, which stays dark.
    private const double Background = 0.07;
    private const int Knots = 6;

    /// <summary>Passes <paramref name="tones"/>, each in [0, 1], through such a curve.</summary>
    public static void Apply(Span<float> tones, ref SeededRandom random)
    {
        Span<double> values = stackalloc double[Knots + 1];
        foreach (ref var value in values)
        {
            value = random.Between(0.05, 1);
        }

        values[0] = random.Between(0, 0.5);
        foreach (ref var tone in tones)
        {
            var place = Math.Clamp(tone, 0, 1) * (Knots - 1e-6);
            var knot = (int)place;
            var part = (1 - Math.Cos(Math.PI * (place - knot))) / 2;
            var curved = values[knot] + (part * (values[knot + 1] - values[knot]));
            tone = (float)(curved * Math.Min(1, tone / Background));
        }
    }
}
