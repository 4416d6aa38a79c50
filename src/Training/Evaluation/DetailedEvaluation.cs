using System.Collections.Immutable;
using BrainTumorDicom.Classification.Model;
using BrainTumorDicom.Training.Data;

namespace BrainTumorDicom.Training.Evaluation;

/// <summary>Every figure of a model on a set, with confidence intervals over groups.</summary>
public sealed record DetailedEvaluation
{
    private DetailedEvaluation(ClassScheme scheme, IReadOnlyList<SliceResult> results)
    {
        Scheme = scheme;
        Results = results;
        Sums = Totals.Of(results, scheme.Count);
        var bootstrap = new GroupBootstrap([.. results.Select(result => result.Sample.Group)]);
        Draws = bootstrap.Draw(results, scheme.Count);
        Accuracy = IntervalOf(totals => totals.Accuracy);
        BalancedAccuracy = IntervalOf(totals => totals.BalancedAccuracy);
        MacroF1 = IntervalOf(totals => totals.MacroF1);
        CalibrationError = IntervalOf(totals => totals.CalibrationError);
        Recall = [.. Enumerable.Range(0, scheme.Count).Select(k => IntervalOf(totals => totals.Recall(k)))];
        Precision = [.. Enumerable.Range(0, scheme.Count).Select(k => IntervalOf(totals => totals.Precision(k)))];
        F1 = [.. Enumerable.Range(0, scheme.Count).Select(k => IntervalOf(totals => totals.F1(k)))];
        Binary = BinaryFigures.Of(results, bootstrap);
        LogLoss = Mean(result => -Math.Log(Math.Max(1e-12, result.Probabilities[result.Label])));
        BrierScore = Mean(result => result.Probabilities.Select((p, k) => Math.Pow(p - (k == result.Label ? 1 : 0), 2)).Sum());
        Subgroups = [.. Evaluation.Subgroups.Of(results, scheme.Count)];
        Patterns = [.. MissPattern.Of(results, scheme)];
    }

    /// <summary>What is told apart.</summary>
    public ClassScheme Scheme { get; }

    /// <summary>Slices.</summary>
    public int Count => Results.Count;

    /// <summary>Groups that they belong to.</summary>
    public int Groups => Results.Select(result => result.Sample.Group).Distinct().Count();

    /// <summary>Fraction right.</summary>
    public Interval Accuracy { get; }

    /// <summary>Mean recall over the classes.</summary>
    public Interval BalancedAccuracy { get; }

    /// <summary>Mean F1 over the classes.</summary>
    public Interval MacroF1 { get; }

    /// <summary>Expected calibration error over 15 bins.</summary>
    public Interval CalibrationError { get; }

    /// <summary>[classes].</summary>
    public ImmutableArray<Interval> Recall { get; }

    /// <summary>[classes].</summary>
    public ImmutableArray<Interval> Precision { get; }

    /// <summary>[classes].</summary>
    public ImmutableArray<Interval> F1 { get; }

    /// <summary>Tumour or none.</summary>
    public BinaryFigures Binary { get; }

    /// <summary>Mean negative logarithm of the probability of the true class.</summary>
    public double LogLoss { get; }

    /// <summary>Mean squared distance of the probabilities from the truth, over all classes.</summary>
    public double BrierScore { get; }

    /// <summary>By plane, source and size.</summary>
    public ImmutableArray<Subgroup> Subgroups { get; }

    /// <summary>What the missed slices of each class have in common.</summary>
    public ImmutableArray<MissPattern> Patterns { get; }

    /// <summary>Slices that the input gate would refuse.</summary>
    public int OutsideGate { get; private init; }

    /// <summary>Files that could not be read, each with its reason.</summary>
    public ImmutableArray<string> Skipped { get; private init; } = [];

    /// <summary>Speed of the classifier alone, in slices a second; 0 where it was not measured.</summary>
    public double SlicesPerSecond { get; init; }

    /// <summary>Whether one class is answered for everything though there are several: the model is worthless.</summary>
    public bool Collapsed => Results.DistinctBy(result => result.Label).Count() > 1 && Results.DistinctBy(result => result.Answer).Count() == 1;

    /// <summary>Slices, mean confidence and accuracy of each bin of confidence.</summary>
    public ImmutableArray<(int Count, double Confidence, double Accuracy)> Bins => [.. Enumerable.Range(0, Totals.Bins).Select(Sums.Bin)];

    /// <summary>[classes × classes] counts, rows true, row-major.</summary>
    public ImmutableArray<int> Confusion =>
        [.. Enumerable.Range(0, Scheme.Count * Scheme.Count).Select(i => (int)Sums.Confusion(i / Scheme.Count, i % Scheme.Count))];

    internal IReadOnlyList<SliceResult> Results { get; }

    internal Totals Sums { get; }

    internal IReadOnlyList<Totals> Draws { get; }

    /// <summary>Computes all of it.</summary>
    internal static DetailedEvaluation Of(IReadOnlyList<SliceResult> results, ClassScheme scheme, double gateThreshold, IEnumerable<string> skipped) =>
        new(scheme, scheme.IsBinary ? [.. results.Select(result => result.ToBinary())] : results)
        {
            OutsideGate = results.Count(result => result.Distance > gateThreshold),
            Skipped = [.. skipped],
        };

    /// <summary>As a package keeps them.</summary>
    public EvaluationFigures ToFigures() => new(
        Count,
        Accuracy.Value,
        [.. Recall.Select(recall => double.IsFinite(recall.Value) ? recall.Value : 0)],
        [.. Precision.Select(precision => precision.Value)],
        CalibrationError.Value,
        Confusion);

    private Interval IntervalOf(Func<Totals, double> figure) => GroupBootstrap.Of(figure(Sums), Draws.Select(figure));

    private double Mean(Func<SliceResult, double> figure) => Results.Count == 0 ? 0 : Results.Average(figure);
}
