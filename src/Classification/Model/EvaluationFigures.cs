using System.Collections.Immutable;

namespace BrainTumorDicom.Classification.Model;

/// <summary>Figures on slices that training never saw.</summary>
/// <param name="Count">How many slices.</param>
/// <param name="Accuracy">Fraction right.</param>
/// <param name="Recall">[classes] fraction of each class found.</param>
/// <param name="Precision">[classes] fraction of each answer that is right.</param>
/// <param name="ExpectedCalibrationError">Over 15 bins of equal width.</param>
/// <param name="Confusion">[classes × classes] counts, rows true, columns answered, row-major.</param>
public sealed record EvaluationFigures(
    int Count,
    double Accuracy,
    ImmutableArray<double> Recall,
    ImmutableArray<double> Precision,
    double ExpectedCalibrationError,
    ImmutableArray<int> Confusion);
