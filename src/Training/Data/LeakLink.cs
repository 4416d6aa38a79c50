namespace BrainTumorDicom.Training.Data;

/// <summary>Two slices that must not be parted by a split.</summary>
/// <param name="First">Index of one.</param>
/// <param name="Second">Index of the other, larger.</param>
/// <param name="Kind">Why.</param>
internal readonly record struct LeakLink(int First, int Second, LeakKind Kind);
