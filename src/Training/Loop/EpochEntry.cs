using System.Collections.Immutable;

namespace BrainTumorDicom.Training.Loop;

/// <summary>One line of epochs.jsonl.</summary>
internal sealed record EpochEntry(int Epoch, double Loss, double HeldOutAccuracy, ImmutableArray<double> HeldOutRecall, double ImagesPerSecond);
