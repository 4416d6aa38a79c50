namespace BrainTumorDicom.Training.Graph;

/// <summary>A value of the graph: an input, a constant or the output of a node. It has a shape, not a content.</summary>
internal sealed class Symbol(string name, ElementType type, long[] shape)
{
    public string Name { get; } = name;

    public ElementType Type { get; } = type;

    public long[] Shape { get; } = shape;

    /// <summary>Whether a parameter stands somewhere before it, so that reverse mode must pass through.</summary>
    public bool NeedsGradient { get; set; }

    /// <summary>How many elements it has.</summary>
    public long Size => Shape.Aggregate(1L, (product, extent) => product * extent);
}
