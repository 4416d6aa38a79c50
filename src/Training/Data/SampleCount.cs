using BrainTumorDicom.Classification.Findings;

namespace BrainTumorDicom.Training.Data;

/// <summary>How many slices and groups of one class and origin there are on each side of the split.</summary>
/// <param name="Origin">Where they come from.</param>
/// <param name="Label">Their class.</param>
/// <param name="Train">Slices trained on.</param>
/// <param name="TrainGroups">In how many groups.</param>
/// <param name="HeldOut">Slices held out.</param>
/// <param name="HeldOutGroups">In how many groups.</param>
public sealed record SampleCount(SampleOrigin Origin, TumorClass Label, int Train, int TrainGroups, int HeldOut, int HeldOutGroups)
{
    /// <summary>Slices that the training was steered by.</summary>
    public int Validation { get; init; }

    /// <summary>In how many groups.</summary>
    public int ValidationGroups { get; init; }
}
