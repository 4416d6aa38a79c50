using System.Collections.Immutable;
using System.Globalization;
using BrainTumorDicom.Training.Graph;

namespace BrainTumorDicom.Training.Networks.Architectures;

/// <summary>Three blocks of a 3 × 3 convolution, batch normalisation, ReLU and max-pool, then the mean over the plane.</summary>
/// <param name="Widths">Channels of the blocks.</param>
internal sealed record NormalizedCnn3(ImmutableArray<int> Widths) : INetwork
{
    /// <inheritdoc/>
    public string Name => "cnn3";

    /// <inheritdoc/>
    public string Description => $"three blocks of 3 x 3 convolution, batch normalisation and max-pool, {string.Join(", ", Widths)} channels";

    /// <inheritdoc/>
    public int DefaultSize => 128;

    /// <inheritdoc/>
    public int SmallestSize => 16;

    /// <inheritdoc/>
    public int SizeStep => 8;

    /// <inheritdoc/>
    public NetworkOutputs Build(NetworkWriter network, Symbol slices, ClassifierHead head)
    {
        var map = slices;
        for (var i = 0; i < Widths.Length; i++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"block{i + 1}");
            var convolved = network.Convolution(name + ".conv", map, Widths[i], Window.Centred(3));
            map = network.Tape.HalveByMax(network.Tape.Relu(network.Normalize(name + ".norm", convolved)));
        }

        return head.OnMean(map, "classifier");
    }
}
