using System.Collections.Immutable;
using BrainTumorDicom.Training.Data;
using BrainTumorDicom.Training.Evaluation;

namespace BrainTumorDicom.Training.Loop;

/// <summary>What a training did and how good its model is.</summary>
/// <param name="Options">What was asked for.</param>
/// <param name="Evaluation">The figures.</param>
/// <param name="Counts">The slices.</param>
/// <param name="Skipped">Files that could not be read, each with its reason.</param>
/// <param name="StepsPerEpoch">Batches an epoch.</param>
/// <param name="Device">CPU or CUDA.</param>
/// <param name="ImagesPerSecond">Speed of the last epoch.</param>
/// <param name="Duration">Of the run; after a resume, of its last part.</param>
public sealed record TrainingReport(
    TrainingOptions Options,
    ModelEvaluation Evaluation,
    ImmutableArray<SampleCount> Counts,
    ImmutableArray<string> Skipped,
    int StepsPerEpoch,
    string Device,
    double ImagesPerSecond,
    TimeSpan Duration)
{
    /// <summary>Groups with slices on both sides of the split: 0, or the split is worthless.</summary>
    public int SharedGroups { get; init; }

    /// <summary>Epochs trained, fewer than asked for where the training ended early.</summary>
    public int EpochsDone { get; init; }

    /// <summary>The epoch whose weights the model has.</summary>
    public int BestEpoch { get; init; }

    /// <summary>On the validation slices; <see langword="null"/> without them.</summary>
    public ValidationFigures? Validation { get; init; }
}
