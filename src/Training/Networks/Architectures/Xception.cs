using System.Globalization;
using BrainTumorDicom.Training.Graph;

namespace BrainTumorDicom.Training.Networks.Architectures;

/// <summary>Xception (Chollet, 2017) as Keras has it: convolutions parted into a depthwise and a pointwise one.</summary>
/// <param name="Widths">Channels.</param>
/// <param name="MiddleBlocks">Blocks of the middle flow.</param>
internal sealed record Xception(XceptionWidths Widths, int MiddleBlocks) : INetwork
{
    private const float Epsilon = 1e-3f;

    /// <inheritdoc/>
    public string Name => "xception";

    /// <inheritdoc/>
    public string Description => "Xception as Keras has it";

    /// <inheritdoc/>
    public int DefaultSize => 299;

    /// <inheritdoc/>
    public int SmallestSize => 32;

    /// <inheritdoc/>
    public int SizeStep => 1;

    /// <inheritdoc/>
    public NetworkOutputs Build(NetworkWriter network, Symbol slices, ClassifierHead head)
    {
        var tape = network.Tape;
        var map = network.ToColor(slices, [0.5f, 0.5f, 0.5f], [0.5f, 0.5f, 0.5f]);
        map = tape.Relu(Normalized("block1_conv1", map, Widths.Stem1, Window.Valid(3, 2)));
        map = tape.Relu(Normalized("block1_conv2", map, Widths.Stem2, Window.Valid(3)));
        map = Reduce(network, 2, map, Widths.Block2, Widths.Block2);
        map = Reduce(network, 3, map, Widths.Block3, Widths.Block3);
        map = Reduce(network, 4, map, Widths.Middle, Widths.Middle);
        for (var i = 0; i < MiddleBlocks; i++)
        {
            var inner = map;
            for (var j = 1; j <= 3; j++)
            {
                inner = Separable(network, string.Create(CultureInfo.InvariantCulture, $"block{5 + i}_sepconv{j}"), tape.Relu(inner), Widths.Middle);
            }

            map = tape.AddResidual(inner, map);
        }

        map = Reduce(network, 5 + MiddleBlocks, map, Widths.Middle, Widths.Block13);
        var last = string.Create(CultureInfo.InvariantCulture, $"block{6 + MiddleBlocks}_sepconv");
        map = tape.Relu(Separable(network, last + "1", map, Widths.Exit1));
        map = tape.Relu(Separable(network, last + "2", map, Widths.Exit2));
        return head.OnMean(map, "predictions");

        Symbol Normalized(string name, Symbol images, int channels, Window window) =>
            network.Normalize(name + "_bn", network.Convolution(name, images, channels, window), Epsilon);
    }

    private static Symbol Separable(NetworkWriter network, string name, Symbol images, int channels)
    {
        var depthwise = network.Convolution(name + ".depthwise", images, images.Shape[1], Window.Centred(3), groups: images.Shape[1]);
        return network.Normalize(name + "_bn", network.Convolution(name + ".pointwise", depthwise, channels, Window.Valid(1)), Epsilon);
    }

    // Two separable convolutions and a max-pool beside a 1 × 1 convolution of stride 2; the second block begins without ReLU.
    private static Symbol Reduce(NetworkWriter network, int number, Symbol images, int inner, int channels)
    {
        var tape = network.Tape;
        var name = string.Create(CultureInfo.InvariantCulture, $"block{number}_");
        var shortcut = network.Convolution(name + "residual", images, channels, Window.Valid(1, 2));
        shortcut = network.Normalize(name + "residual_bn", shortcut, Epsilon);
        var map = Separable(network, name + "sepconv1", number == 2 ? images : tape.Relu(images), inner);
        map = Separable(network, name + "sepconv2", tape.Relu(map), channels);
        return tape.AddResidual(tape.PoolByMax(map, Window.Same(3, 2, map.Shape[2])), shortcut);
    }
}
