using System.Collections.Immutable;

namespace BrainTumorDicom.Training.Tuning;

/// <summary>One training of a search, and one line of trials.jsonl.</summary>
/// <param name="Settings">Option and value, as <c>learning-rate=0.001</c>.</param>
/// <param name="Epochs">How long it was to be trained.</param>
/// <param name="Folder">Its folder within that of the search.</param>
/// <param name="BalancedAccuracy">Mean recall on the validation slices: what is searched for. 0 for a failed training.</param>
/// <param name="Accuracy">Accuracy there.</param>
/// <param name="Loss">Loss there.</param>
/// <param name="Seconds">How long it took, in its last run.</param>
/// <param name="Failure">Why there is no model, or <see langword="null"/>.</param>
public sealed record TrialResult(
    ImmutableArray<string> Settings, int Epochs, string Folder, double BalancedAccuracy, double Accuracy, double Loss, double Seconds, string? Failure);
