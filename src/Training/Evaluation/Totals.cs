namespace BrainTumorDicom.Training.Evaluation;

/// <summary>Sums over slices from which all figures follow, so that groups of slices can be drawn again and again by adding their sums.</summary>
internal sealed class Totals
{
    /// <summary>Bins of confidence for the calibration.</summary>
    public const int Bins = 15;

    private readonly int _classes;
    private readonly double[] _sums;

    public Totals(int classes)
    {
        _classes = classes;
        _sums = new double[(classes * classes) + (3 * Bins)];
    }

    /// <summary>Number of slices.</summary>
    public double Count => _sums.AsSpan(0, _classes * _classes).ToArray().Sum();

    /// <summary>Fraction right.</summary>
    public double Accuracy => Ratio(Enumerable.Range(0, _classes).Sum(k => Confusion(k, k)), Count);

    /// <summary>Mean recall over the classes that have slices.</summary>
    public double BalancedAccuracy => Mean(Recall);

    /// <summary>Mean F1 over the classes that have slices.</summary>
    public double MacroF1 => Mean(F1);

    /// <summary>Over bins of confidence, the mean distance between confidence and accuracy.</summary>
    public double CalibrationError => Ratio(Enumerable.Range(0, Bins).Sum(bin => Math.Abs(Sum(1, bin) - Sum(2, bin))), Count);

    /// <summary>Adds up the slices.</summary>
    public static Totals Of(IEnumerable<SliceResult> results, int classes)
    {
        var totals = new Totals(classes);
        foreach (var result in results)
        {
            totals.Add(result);
        }

        return totals;
    }

    /// <summary>Slices of class <paramref name="label"/> answered with <paramref name="answer"/>.</summary>
    public double Confusion(int label, int answer) => _sums[(label * _classes) + answer];

    /// <summary>Fraction of a class found; not a number without slices.</summary>
    public double Recall(int k) => Confusion(k, k) / Enumerable.Range(0, _classes).Sum(other => Confusion(k, other));

    /// <summary>Fraction of an answer that is right; 0 when it is never given.</summary>
    public double Precision(int k) => Ratio(Confusion(k, k), Enumerable.Range(0, _classes).Sum(other => Confusion(other, k)));

    /// <summary>Harmonic mean of recall and precision; not a number without slices.</summary>
    public double F1(int k) => Recall(k) is var recall && double.IsNaN(recall) ? recall : Ratio(2 * recall * Precision(k), recall + Precision(k));

    /// <summary>Slices, mean confidence and accuracy of a bin.</summary>
    public (int Count, double Confidence, double Accuracy) Bin(int bin) => ((int)Sum(0, bin), Ratio(Sum(1, bin), Sum(0, bin)), Ratio(Sum(2, bin), Sum(0, bin)));

    /// <summary>Adds a slice.</summary>
    public void Add(SliceResult result)
    {
        _sums[(result.Label * _classes) + result.Answer]++;
        var bin = Math.Min(Bins - 1, (int)(result.Confidence * Bins));
        Sum(0, bin)++;
        Sum(1, bin) += result.Confidence;
        Sum(2, bin) += result.IsRight ? 1 : 0;
    }

    /// <summary>Adds other sums.</summary>
    public void Add(Totals other)
    {
        for (var i = 0; i < _sums.Length; i++)
        {
            _sums[i] += other._sums[i];
        }
    }

    private static double Ratio(double part, double whole) => whole > 0 ? part / whole : 0;

    private double Mean(Func<int, double> value) => Enumerable.Range(0, _classes).Select(value).Where(double.IsFinite).DefaultIfEmpty(0).Average();

    private ref double Sum(int kind, int bin) => ref _sums[(_classes * _classes) + (kind * Bins) + bin];
}
