namespace BrainTumorDicom.Training.Data;

/// <summary>One batch as the network takes it.</summary>
/// <param name="Inputs">[N,1,S,S] as the network reads them.</param>
/// <param name="Labels">[N] class numbers; of mixed slices, that of the larger part.</param>
/// <param name="Targets">[N,K] the part of each class, where slices are mixed.</param>
/// <param name="Places">[N,g,g,K] what each place of a grid shows: its weight in the column of its class, nothing where that is not known.</param>
internal sealed record SliceBatch(float[] Inputs, long[] Labels, float[]? Targets = null, float[]? Places = null);
