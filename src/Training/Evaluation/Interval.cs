namespace BrainTumorDicom.Training.Evaluation;

/// <summary>A figure with its 95 % confidence interval.</summary>
/// <param name="Value">The figure; not a number where nothing was there to measure it on.</param>
/// <param name="Low">Lower end.</param>
/// <param name="High">Upper end.</param>
public readonly record struct Interval(double Value, double Low, double High)
{
    /// <summary>As a table shows it, in per cent.</summary>
    public string Percent => double.IsFinite(Value) ? FormattableString.Invariant($"{Value:P2} ({Low * 100:F1} to {High * 100:F1})") : "-";
}
