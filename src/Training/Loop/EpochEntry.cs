using System.Collections.Immutable;

namespace BrainTumorDicom.Training.Loop;

/// <summary>One epoch, and one line of epochs.jsonl.</summary>
/// <param name="Epoch">From 1.</param>
/// <param name="LearningRate">Of its last step.</param>
/// <param name="Loss">Mean over its batches.</param>
/// <param name="TrainAccuracy">On the augmented slices, as they were shown; 0 with mixup, where no label is right.</param>
/// <param name="Watched">What the rest is measured on: validation, or held-out where there is no validation.</param>
/// <param name="WatchedLoss">Mean negative log-likelihood there.</param>
/// <param name="Accuracy">Accuracy there.</param>
/// <param name="Recall">[classes] recall there.</param>
/// <param name="Confusion">[classes × classes] counts there, rows true, row-major.</param>
/// <param name="ImagesPerSecond">Speed; after a resume in its middle, of its last part.</param>
/// <param name="At">When it was done.</param>
internal sealed record EpochEntry(
    int Epoch,
    double LearningRate,
    double Loss,
    double TrainAccuracy,
    string Watched,
    double WatchedLoss,
    double Accuracy,
    ImmutableArray<double> Recall,
    ImmutableArray<int> Confusion,
    double ImagesPerSecond,
    DateTimeOffset At);
