using System.Collections.Immutable;
using System.Globalization;
using BrainTumorDicom.Training.Graph;

namespace BrainTumorDicom.Training.Networks.Architectures;

/// <summary>EfficientNet-B0 (Tan and Le, 2019) as torchvision has it: inverted residuals with squeeze and excitation. Stochastic depth is left out.</summary>
/// <param name="Stem">Channels of the stem.</param>
/// <param name="Width">Channels of the last map.</param>
/// <param name="Stages">Its stages.</param>
internal sealed record EfficientNet(int Stem, int Width, ImmutableArray<EfficientNetStage> Stages) : INetwork
{
    private const double Dropout = 0.2;

    // Channels of the squeeze, as a part of what the block reads.
    private const int Squeeze = 4;

    /// <summary>The stages of B0.</summary>
    public static ImmutableArray<EfficientNetStage> StagesOfB0 { get; } =
    [
        new(1, 3, 1, 16, 1), new(6, 3, 2, 24, 2), new(6, 5, 2, 40, 2), new(6, 3, 2, 80, 3),
        new(6, 5, 1, 112, 3), new(6, 5, 2, 192, 4), new(6, 3, 1, 320, 1),
    ];

    /// <inheritdoc/>
    public string Name => "efficientnet-b0";

    /// <inheritdoc/>
    public string Description => "EfficientNet-B0 as torchvision has it";

    /// <inheritdoc/>
    public int DefaultSize => 224;

    /// <inheritdoc/>
    public int SmallestSize => 32;

    /// <inheritdoc/>
    public int SizeStep => 1;

    /// <inheritdoc/>
    public NetworkOutputs Build(NetworkWriter network, Symbol slices, ClassifierHead head)
    {
        var map = Activated(network, "features.0", network.Color(slices), Stem, Window.Centred(3, 2));
        for (var stage = 0; stage < Stages.Length; stage++)
        {
            for (var block = 0; block < Stages[stage].Blocks; block++)
            {
                var name = string.Create(CultureInfo.InvariantCulture, $"features.{stage + 1}.{block}.block.");
                map = Block(network, name, map, Stages[stage], stride: block == 0 ? Stages[stage].Stride : 1);
            }
        }

        map = Activated(network, string.Create(CultureInfo.InvariantCulture, $"features.{Stages.Length + 1}"), map, Width, Window.Valid(1));
        return head.OnMean(map, "classifier.1", Dropout);
    }

    private static Symbol Block(NetworkWriter network, string name, Symbol images, EfficientNetStage stage, int stride)
    {
        var tape = network.Tape;
        var (map, part) = (images, 0);
        var width = images.Shape[1] * stage.Expansion;
        if (stage.Expansion > 1)
        {
            map = Activated(network, Part(), map, width, Window.Valid(1));
        }

        map = Activated(network, Part(), map, width, Window.Centred(stage.Kernel, stride), width);
        map = Excite(network, Part(), map, Math.Max(1, images.Shape[1] / Squeeze));
        map = Normalized(network, Part(), map, stage.Channels, Window.Valid(1));
        return stride == 1 && images.Shape[1] == stage.Channels ? tape.AddResidual(map, images) : map;

        string Part() => string.Create(CultureInfo.InvariantCulture, $"{name}{part++}");
    }

    private static Symbol Excite(NetworkWriter network, string name, Symbol images, long squeezed)
    {
        var tape = network.Tape;
        var inner = tape.View(tape.GlobalMean(images), images.Shape[1], 1, 1);
        inner = tape.Silu(network.Convolution(name + ".fc1", inner, squeezed, Window.Valid(1), bias: true));
        inner = tape.Sigmoid(network.Convolution(name + ".fc2", inner, images.Shape[1], Window.Valid(1), bias: true));
        return tape.ScaleChannels(images, inner);
    }

    private static Symbol Activated(NetworkWriter network, string name, Symbol images, long channels, Window window, long groups = 1) =>
        network.Tape.Silu(Normalized(network, name, images, channels, window, groups));

    private static Symbol Normalized(NetworkWriter network, string name, Symbol images, long channels, Window window, long groups = 1) =>
        network.Normalize(name + ".1", network.Convolution(name + ".0", images, channels, window, groups));
}
