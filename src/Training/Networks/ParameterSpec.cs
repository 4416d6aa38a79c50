namespace BrainTumorDicom.Training.Networks;

/// <summary>One parameter tensor of a network.</summary>
/// <param name="Name">Such as <c>layer2.0.conv1.weight</c>.</param>
/// <param name="Initialization">Its content before training.</param>
/// <param name="Shape">Its extents.</param>
internal sealed record ParameterSpec(string Name, Initialization Initialization, params long[] Shape)
{
    /// <summary>How many numbers it holds.</summary>
    public int Size => (int)Shape.Aggregate(1L, (product, extent) => product * extent);

    /// <summary>Whether weight decay applies: to kernels and matrices, not to scales, shifts and biases.</summary>
    public bool Decays => Initialization is Initialization.He or Initialization.Small;

    /// <summary>How many inputs each output sums over.</summary>
    public long FanIn => Shape.Skip(1).Aggregate(1L, (product, extent) => product * extent);
}
