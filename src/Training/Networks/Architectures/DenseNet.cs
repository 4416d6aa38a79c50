using System.Collections.Immutable;
using System.Globalization;
using BrainTumorDicom.Training.Graph;

namespace BrainTumorDicom.Training.Networks.Architectures;

/// <summary>DenseNet-121 (Huang et al., 2017) as torchvision has it: each layer reads all earlier ones of its block.</summary>
/// <param name="Width">Channels of the stem.</param>
/// <param name="Growth">Channels that each layer adds.</param>
/// <param name="Blocks">Layers of each block.</param>
internal sealed record DenseNet(int Width, int Growth, ImmutableArray<int> Blocks) : INetwork
{
    // Channels between the two convolutions of a layer, in units of the growth.
    private const int Bottleneck = 4;

    /// <inheritdoc/>
    public string Name => "densenet121";

    /// <inheritdoc/>
    public string Description => "DenseNet-121 as torchvision has it";

    /// <inheritdoc/>
    public int DefaultSize => 224;

    /// <inheritdoc/>
    public int SmallestSize => 32;

    /// <inheritdoc/>
    public int SizeStep => 1;

    /// <inheritdoc/>
    public NetworkOutputs Build(NetworkWriter network, Symbol slices, ClassifierHead head)
    {
        var tape = network.Tape;
        var map = network.Convolution("features.conv0", network.Color(slices), Width, Window.Centred(7, 2));
        map = tape.PoolByMax(tape.Relu(network.Normalize("features.norm0", map)), Window.Centred(3, 2));
        for (var block = 0; block < Blocks.Length; block++)
        {
            var parts = new List<Symbol> { map };
            for (var layer = 0; layer < Blocks[block]; layer++)
            {
                var name = string.Create(CultureInfo.InvariantCulture, $"features.denseblock{block + 1}.denselayer{layer + 1}.");
                var joined = parts.Count == 1 ? map : tape.JoinChannels(parts);
                var inner = tape.Relu(network.Normalize(name + "norm1", joined));
                inner = network.Convolution(name + "conv1", inner, Bottleneck * Growth, Window.Valid(1));
                inner = tape.Relu(network.Normalize(name + "norm2", inner));
                parts.Add(network.Convolution(name + "conv2", inner, Growth, Window.Centred(3)));
            }

            map = tape.JoinChannels(parts);
            if (block < Blocks.Length - 1)
            {
                var name = string.Create(CultureInfo.InvariantCulture, $"features.transition{block + 1}.");
                map = tape.Relu(network.Normalize(name + "norm", map));
                map = tape.HalveByMean(network.Convolution(name + "conv", map, map.Shape[1] / 2, Window.Valid(1)));
            }
        }

        return head.OnMean(tape.Relu(network.Normalize("features.norm5", map)), "classifier");
    }
}
