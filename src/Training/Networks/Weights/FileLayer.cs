namespace BrainTumorDicom.Training.Networks.Weights;

/// <summary>One layer with weights of an ONNX file.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">Of its weights in the file.</param>
/// <param name="Weights">Kernels, weights [O,F] or scale.</param>
/// <param name="Bias">Bias or shift, where it has one.</param>
internal sealed record FileLayer(LayerKind Kind, string Name, FileTensor Weights, FileTensor? Bias)
{
    /// <summary>Means of a normalisation.</summary>
    public FileTensor? Mean { get; init; }

    /// <summary>Variances of a normalisation.</summary>
    public FileTensor? Variance { get; init; }

    /// <summary>Added to the variance of a normalisation.</summary>
    public float Epsilon { get; init; } = 1e-5f;

    /// <summary>Stride of a convolution.</summary>
    public long Stride { get; init; } = 1;

    /// <summary>Groups of a convolution.</summary>
    public long Groups { get; init; } = 1;

    /// <summary>Whether it can stand for <paramref name="layer"/>.</summary>
    public bool Fits(NetworkLayer layer) =>
        Kind == layer.Kind
        && Weights.Shape.AsSpan().SequenceEqual(layer.Weights.Shape)
        && (Kind != LayerKind.Convolution || (Stride == layer.Stride && Groups == layer.Groups));

    /// <summary>Whether the file calls it as <paramref name="layer"/> is called.</summary>
    public bool IsNamed(NetworkLayer layer) =>
        Name == layer.Weights.Name || Name.EndsWith("." + layer.Weights.Name, StringComparison.Ordinal);
}
