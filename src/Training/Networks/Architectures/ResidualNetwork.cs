using System.Collections.Immutable;
using System.Globalization;
using BrainTumorDicom.Training.Graph;

namespace BrainTumorDicom.Training.Networks.Architectures;

/// <summary>
/// A residual network for grey slices: a 5 × 5 stem of stride 2 with max-pool, then stages of two 3 × 3 convolutions
/// beside a shortcut (mean of 2 × 2, then 1 × 1, where the stage halves the plane), generalised mean over the plane, one linear layer.
/// The last map has a sixteenth of the slice's rows: fine enough to tell places of a head apart.
/// </summary>
/// <param name="Widths">Channels of the stages; all but the first and the last halve the plane.</param>
internal sealed record ResidualNetwork(ImmutableArray<int> Widths) : INetwork
{
    /// <inheritdoc/>
    public string Name => "residual";

    /// <inheritdoc/>
    public string Description => $"residual, stem 5 x 5 and max-pool, stages of {string.Join(", ", Widths)} channels";

    /// <inheritdoc/>
    public int DefaultSize => 128;

    /// <inheritdoc/>
    public int SmallestSize => 32;

    /// <inheritdoc/>
    public int SizeStep => 16;

    /// <inheritdoc/>
    public NetworkOutputs Build(NetworkWriter network, Symbol slices, ClassifierHead head)
    {
        var tape = network.Tape;

        // Pooled before it is normalised: a quarter of the work on the largest planes.
        var map = tape.HalveByMax(network.Convolution("stem", slices, Widths[0], Window.Centred(5, 2)));
        map = tape.Relu(network.Normalize("stem.norm", map));
        for (var i = 0; i < Widths.Length; i++)
        {
            map = Stage(network, string.Create(CultureInfo.InvariantCulture, $"stage{i + 1}"), map, Widths[i], halve: i > 0 && i < Widths.Length - 1);
        }

        return head.OnCubicMean(map, "classifier");
    }

    private static Symbol Stage(NetworkWriter network, string name, Symbol images, int channels, bool halve)
    {
        var tape = network.Tape;
        var shortcut = halve ? tape.HalveByMean(images) : images;
        shortcut = shortcut.Shape[1] == channels ? shortcut : Normalized(".shortcut", shortcut, Window.Valid(1));
        var inner = tape.Relu(Normalized(".conv1", images, Window.Centred(3, halve ? 2 : 1)));
        return tape.Relu(tape.AddResidual(Normalized(".conv2", inner, Window.Centred(3)), shortcut));

        Symbol Normalized(string part, Symbol from, Window window) =>
            network.Normalize(name + part + ".norm", network.Convolution(name + part, from, channels, window));
    }
}
