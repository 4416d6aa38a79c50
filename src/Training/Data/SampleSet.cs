using System.Collections.Immutable;

namespace BrainTumorDicom.Training.Data;

/// <summary>Samples read from one place.</summary>
/// <param name="Samples">In a fixed order.</param>
/// <param name="Skipped">Files that could not be read, each with its reason.</param>
internal sealed record SampleSet(ImmutableArray<Sample> Samples, ImmutableArray<string> Skipped);
