using System.Collections.Immutable;
using System.Globalization;

namespace BrainTumorDicom.Training.Tuning;

/// <summary>One option of a search and its values.</summary>
/// <param name="Option">Name of the option of <c>train</c>, without dashes.</param>
/// <param name="Values">The values to choose from; empty for a range.</param>
/// <param name="Low">Lower end of a range.</param>
/// <param name="High">Upper end of a range; drawn evenly over its logarithm.</param>
public sealed record TuningAxis(string Option, ImmutableArray<string> Values, double Low = 0, double High = 0)
{
    /// <summary>Reads <c>learning-rate=1e-3,2e-3</c> or <c>learning-rate=1e-4..1e-2</c>.</summary>
    /// <exception cref="TrainingException">It is neither.</exception>
    public static TuningAxis Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        var option = equals > 0 ? text[..equals].TrimStart('-') : "";
        var values = text[(equals + 1)..];
        if (option.Length == 0 || values.Length == 0)
        {
            throw new TrainingException($"--try {text}: give an option of train and its values, such as learning-rate=0.001,0.002 or learning-rate=1e-4..1e-2.");
        }

        var dots = values.IndexOf("..", StringComparison.Ordinal);
        if (dots < 0)
        {
            return new TuningAxis(option, [.. values.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct()]);
        }

        return double.TryParse(values[..dots], NumberStyles.Float, CultureInfo.InvariantCulture, out var low)
            && double.TryParse(values[(dots + 2)..], NumberStyles.Float, CultureInfo.InvariantCulture, out var high)
            && low > 0 && high > low
            ? new TuningAxis(option, [], low, high)
            : throw new TrainingException($"--try {text}: a range needs two numbers above 0, the smaller one first.");
    }

    /// <summary>A value at random.</summary>
    internal string Draw(ref SeededRandom random) => Values.IsEmpty
        ? Math.Exp(random.Between(Math.Log(Low), Math.Log(High))).ToString("G4", CultureInfo.InvariantCulture)
        : Values[random.Below(Values.Length)];
}
