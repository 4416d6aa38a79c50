using System.Collections.Immutable;
using System.Globalization;
using BrainTumorDicom.Training.Graph;

namespace BrainTumorDicom.Training.Networks.Architectures;

/// <summary>Three blocks of a 3 × 3 convolution without padding, ReLU and max-pool, flattened into one dense layer that holds nearly all of its 44 million parameters.</summary>
/// <param name="Widths">Channels of the blocks.</param>
/// <param name="Hidden">Width of the dense layer.</param>
internal sealed record WideCnn3(ImmutableArray<int> Widths, int Hidden) : INetwork
{
    private const double Dropout = 0.5;

    /// <inheritdoc/>
    public string Name => "cnn3-wide";

    /// <inheritdoc/>
    public string Description => $"three blocks of 3 x 3 convolution and max-pool, {string.Join(", ", Widths)} channels, flattened into a dense layer of {Hidden}";

    /// <inheritdoc/>
    public int DefaultSize => 224;

    /// <inheritdoc/>
    public int SmallestSize => 22;

    /// <inheritdoc/>
    public int SizeStep => 1;

    /// <inheritdoc/>
    public NetworkOutputs Build(NetworkWriter network, Symbol slices, ClassifierHead head)
    {
        var map = slices;
        for (var i = 0; i < Widths.Length; i++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"conv{i + 1}");
            map = network.Tape.HalveByMax(network.Tape.Relu(network.Convolution(name, map, Widths[i], Window.Valid(3), bias: true)));
        }

        return head.OnFlat(map, [Hidden], Dropout);
    }
}
