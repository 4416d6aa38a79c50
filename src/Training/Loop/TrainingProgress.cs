namespace BrainTumorDicom.Training.Loop;

/// <summary>How far a training is.</summary>
/// <param name="Stage">What it does.</param>
/// <param name="Done">Files read or steps done, over all epochs.</param>
/// <param name="Total">Files or steps in all.</param>
/// <param name="Epoch">The epoch, counted from 1.</param>
/// <param name="Loss">Mean loss of the epoch so far.</param>
/// <param name="ImagesPerSecond">Speed of the epoch so far.</param>
/// <param name="Accuracy">On the validation slices, or on the held-out ones where there are none, when an epoch is done.</param>
/// <param name="Detail">For people: which set, or recall by class.</param>
/// <param name="Remaining">How long the training will still take at the speed of the epoch, or <see langword="null"/>.</param>
public sealed record TrainingProgress(
    TrainingStage Stage,
    long Done,
    long Total,
    int Epoch = 0,
    double Loss = 0,
    double ImagesPerSecond = 0,
    double Accuracy = 0,
    string Detail = "",
    TimeSpan? Remaining = null);
