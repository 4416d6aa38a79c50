namespace BrainTumorDicom.Training.Networks.Architectures;

/// <summary>One stage of <see cref="EfficientNet"/>.</summary>
/// <param name="Expansion">By how much each block widens what it reads.</param>
/// <param name="Kernel">Of the depthwise convolution.</param>
/// <param name="Stride">Of its first block.</param>
/// <param name="Channels">Of its output.</param>
/// <param name="Blocks">How many blocks.</param>
internal sealed record EfficientNetStage(int Expansion, int Kernel, int Stride, int Channels, int Blocks);
