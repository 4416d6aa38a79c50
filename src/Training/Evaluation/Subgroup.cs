using System.Collections.Immutable;

namespace BrainTumorDicom.Training.Evaluation;

/// <summary>How a model does on a part of a set.</summary>
/// <param name="Kind">What the set is parted by: plane, source, size.</param>
/// <param name="Name">The part.</param>
/// <param name="Count">Slices.</param>
/// <param name="Accuracy">Fraction right.</param>
/// <param name="Recall">[classes] recall; not a number where there are no slices.</param>
public sealed record Subgroup(string Kind, string Name, int Count, Interval Accuracy, ImmutableArray<double> Recall);
