namespace BrainTumorDicom.Training.Networks.Architectures;

/// <summary>Channels of <see cref="Xception"/>.</summary>
/// <param name="Stem1">First convolution.</param>
/// <param name="Stem2">Second convolution.</param>
/// <param name="Block2">Second block.</param>
/// <param name="Block3">Third block.</param>
/// <param name="Middle">Fourth block and the middle flow.</param>
/// <param name="Block13">Thirteenth block.</param>
/// <param name="Exit1">First convolution of the last block.</param>
/// <param name="Exit2">Second convolution of the last block.</param>
internal sealed record XceptionWidths(int Stem1, int Stem2, int Block2, int Block3, int Middle, int Block13, int Exit1, int Exit2);
