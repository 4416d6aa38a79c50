namespace BrainTumorDicom.Training.Networks;

/// <summary>One layer with parameters, in the order of computation: what weights from elsewhere are matched with.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">As PyTorch's or Keras' own network calls it.</param>
/// <param name="Weights">Kernels, weights or scale.</param>
/// <param name="Bias">Bias or shift, where it has one.</param>
internal sealed record NetworkLayer(LayerKind Kind, string Name, ParameterSpec Weights, ParameterSpec? Bias)
{
    /// <summary>Where <see cref="Weights"/> begins in the parameter vector; the bias follows it.</summary>
    public required int Offset { get; init; }

    /// <summary>Where the means begin in the statistics vector; the variances follow them.</summary>
    public int StatisticsOffset { get; init; }

    /// <summary>Added to the variance of a normalisation.</summary>
    public float Epsilon { get; init; }

    /// <summary>Stride of a convolution.</summary>
    public long Stride { get; init; } = 1;

    /// <summary>Groups of a convolution.</summary>
    public long Groups { get; init; } = 1;

    /// <summary>The convolution that a normalisation stands directly behind, and that exporters fold it into.</summary>
    public NetworkLayer? Normalizes { get; init; }

    /// <summary>Whether it comes after the last feature map: what <c>--freeze</c> leaves to be trained.</summary>
    public bool InHead { get; init; }
}
