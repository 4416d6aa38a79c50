using System.Collections.Immutable;
using System.Globalization;
using BrainTumorDicom.Training.Graph;

namespace BrainTumorDicom.Training.Networks.Architectures;

/// <summary>ResNet-50 (He et al., 2016) as torchvision has it: bottlenecks whose 3 × 3 convolution has the stride.</summary>
/// <param name="Width">Channels of the stem and of the first stage's bottlenecks.</param>
/// <param name="Blocks">Bottlenecks of each stage.</param>
internal sealed record ResNet(int Width, ImmutableArray<int> Blocks) : INetwork
{
    private const int Expansion = 4;

    /// <inheritdoc/>
    public string Name => "resnet50";

    /// <inheritdoc/>
    public string Description => "ResNet-50 as torchvision has it";

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
        var map = network.Convolution("conv1", network.Color(slices), Width, Window.Centred(7, 2));
        map = tape.PoolByMax(tape.Relu(network.Normalize("bn1", map)), Window.Centred(3, 2));
        for (var stage = 0; stage < Blocks.Length; stage++)
        {
            for (var block = 0; block < Blocks[stage]; block++)
            {
                var name = string.Create(CultureInfo.InvariantCulture, $"layer{stage + 1}.{block}.");
                map = Bottleneck(network, name, map, Width << stage, stride: stage > 0 && block == 0 ? 2 : 1);
            }
        }

        return head.OnMean(map, "fc");
    }

    private static Symbol Bottleneck(NetworkWriter network, string name, Symbol images, int width, int stride)
    {
        var tape = network.Tape;
        var inner = tape.Relu(network.Normalize(name + "bn1", network.Convolution(name + "conv1", images, width, Window.Valid(1))));
        inner = tape.Relu(network.Normalize(name + "bn2", network.Convolution(name + "conv2", inner, width, Window.Centred(3, stride))));
        inner = network.Normalize(name + "bn3", network.Convolution(name + "conv3", inner, width * Expansion, Window.Valid(1)));
        var shortcut = images;
        if (stride > 1 || images.Shape[1] != width * Expansion)
        {
            shortcut = network.Convolution(name + "downsample.0", images, width * Expansion, Window.Valid(1, stride));
            shortcut = network.Normalize(name + "downsample.1", shortcut);
        }

        return tape.Relu(tape.AddResidual(inner, shortcut));
    }
}
