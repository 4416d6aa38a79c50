namespace BrainTumorDicom.Training.Data;

/// <summary>One batch as the network takes it.</summary>
/// <param name="Inputs">[N,1,S,S] in [0, 1].</param>
/// <param name="Labels">[N] class numbers.</param>
internal sealed record SliceBatch(float[] Inputs, long[] Labels);
