using BrainTumorDicom.Training.Graph;

namespace BrainTumorDicom.Training.Networks.Architectures;

/// <summary>Logistic regression on raw pixels: the floor that every network must be above.</summary>
internal sealed record LogisticRegression : INetwork
{
    // Side of the squares whose means the input gate looks at.
    private const int Square = 8;

    /// <inheritdoc/>
    public string Name => "logistic";

    /// <inheritdoc/>
    public string Description => "logistic regression on raw pixels";

    /// <inheritdoc/>
    public int DefaultSize => 64;

    /// <inheritdoc/>
    public int SmallestSize => 16;

    /// <inheritdoc/>
    public int SizeStep => Square;

    /// <inheritdoc/>
    public NetworkOutputs Build(NetworkWriter network, Symbol slices, ClassifierHead head)
    {
        var squares = network.Parameters.Exporting ? network.Tape.Flatten(network.Tape.PoolByMean(slices, Square)) : slices;
        return head.OnFlat(slices, [], features: squares);
    }
}
