namespace BrainTumorDicom.Training.Evaluation;

/// <summary>
/// Confidence intervals by drawing whole groups with replacement (Efron, 1979; percentiles): the slices of one head say much
/// the same, and counted one by one they would make every interval too narrow.
/// </summary>
internal sealed class GroupBootstrap
{
    private const int Draws = 1000;
    private const double Tail = 0.025;

    private readonly int[][] _draws;
    private readonly int[] _groups;

    /// <summary>Draws the groups; the same numbers for the same count, so that models are compared on the same draws.</summary>
    /// <param name="groups">The group of each slice.</param>
    public GroupBootstrap(IReadOnlyList<int> groups)
    {
        var numbers = groups.Distinct().Order().Select((group, index) => (group, index)).ToDictionary(pair => pair.group, pair => pair.index);
        _groups = [.. groups.Select(group => numbers[group])];
        var random = new SeededRandom(1, stream: 5);
        _draws = new int[Draws][];
        for (var draw = 0; draw < Draws; draw++)
        {
            _draws[draw] = new int[numbers.Count];
            for (var i = 0; i < numbers.Count; i++)
            {
                _draws[draw][random.Below(numbers.Count)]++;
            }
        }
    }

    /// <summary>The sums of every draw.</summary>
    public IReadOnlyList<Totals> Draw(IReadOnlyList<SliceResult> results, int classes)
    {
        var byGroup = new Totals?[_draws[0].Length];
        for (var i = 0; i < results.Count; i++)
        {
            (byGroup[_groups[i]] ??= new Totals(classes)).Add(results[i]);
        }

        return Array.ConvertAll(_draws, draw =>
        {
            var totals = new Totals(classes);
            for (var group = 0; group < draw.Length; group++)
            {
                for (var i = 0; i < draw[group] && byGroup[group] is { } own; i++)
                {
                    totals.Add(own);
                }
            }

            return totals;
        });
    }

    /// <summary>The interval of a figure.</summary>
    public static Interval Of(double value, IEnumerable<double> drawn)
    {
        var sorted = drawn.Where(double.IsFinite).Order().ToArray();
        return sorted.Length == 0 || !double.IsFinite(value)
            ? new Interval(value, double.NaN, double.NaN)
            : new Interval(value, sorted[(int)(Tail * sorted.Length)], sorted[Math.Min(sorted.Length - 1, (int)((1 - Tail) * sorted.Length))]);
    }
}
