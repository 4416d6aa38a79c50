using System.Collections.Immutable;

namespace BrainTumorDicom.Training.Tuning;

/// <summary>Which settings a search tries, and how long; the same for the same seed.</summary>
/// <param name="Kind">How settings are chosen.</param>
/// <param name="Axes">The options and their values.</param>
/// <param name="Trials">How many are drawn, at most; a grid has as many as it has.</param>
/// <param name="Seed">Of the drawing.</param>
/// <param name="Epochs">Epochs of the longest trainings.</param>
public sealed record TuningPlan(SearchKind Kind, ImmutableArray<TuningAxis> Axes, int Trials, int Seed, int Epochs)
{
    private const int Factor = 3;
    private const int MostCombinations = 10_000;

    /// <summary>The settings, as option and value.</summary>
    /// <exception cref="TrainingException">A grid over a range, or too large.</exception>
    public ImmutableArray<ImmutableArray<(string Option, string Value)>> Settings() => Kind == SearchKind.Grid ? Grid() : Drawn();

    /// <summary>How many of the settings are trained for how many epochs, stage by stage.</summary>
    public ImmutableArray<(int Trials, int Epochs)> Stages(int settings)
    {
        if (Kind != SearchKind.Halving)
        {
            return [(settings, Epochs)];
        }

        var stages = new Stack<(int, int)>();
        var shorter = 0;
        for (var count = 1; ; count *= Factor, shorter++)
        {
            var epochs = Math.Max(1, (int)(Epochs / Math.Pow(Factor, shorter)));
            stages.Push((Math.Min(count, settings), epochs));
            if (count >= settings || epochs == 1)
            {
                break;
            }
        }

        // The first stage tries all of them, however few thirds there are.
        var first = stages.Pop();
        return [(settings, first.Item2), .. stages];
    }

    private ImmutableArray<ImmutableArray<(string Option, string Value)>> Grid()
    {
        if (Axes.FirstOrDefault(axis => axis.Values.IsEmpty) is { } range)
        {
            throw new TrainingException($"--try {range.Option}: a grid needs values, not a range. Give --search random or halving.");
        }

        if (Axes.Aggregate(1.0, (product, axis) => product * axis.Values.Length) > MostCombinations)
        {
            throw new TrainingException($"The grid has more than {MostCombinations} combinations. Give fewer values, or --search random.");
        }

        IEnumerable<ImmutableArray<(string Option, string Value)>> settings = [[]];
        foreach (var axis in Axes)
        {
            settings = settings.SelectMany(setting => axis.Values, (setting, value) => setting.Add((axis.Option, value)));
        }

        return [.. settings];
    }

    private ImmutableArray<ImmutableArray<(string Option, string Value)>> Drawn()
    {
        var random = new SeededRandom(Seed, stream: 6);
        var settings = new List<ImmutableArray<(string Option, string Value)>>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var draw = 0; draw < 50 * Trials && settings.Count < Trials; draw++)
        {
            var setting = ImmutableArray.CreateBuilder<(string Option, string Value)>();
            foreach (var axis in Axes)
            {
                setting.Add((axis.Option, axis.Draw(ref random)));
            }

            if (seen.Add(string.Join(' ', setting)))
            {
                settings.Add(setting.ToImmutable());
            }
        }

        return [.. settings];
    }
}
