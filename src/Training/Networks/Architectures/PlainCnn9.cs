using System.Globalization;
using BrainTumorDicom.Training.Graph;

namespace BrainTumorDicom.Training.Networks.Architectures;

/// <summary>The plain CNN of nine 3 × 3 convolutions without padding for slices of 150 × 150, with dropout after each block, two dense layers of 512.</summary>
internal sealed record PlainCnn9 : INetwork
{
    private const double Dropout = 0.3;
    private const int Hidden = 512;
    private static readonly int[][] Blocks = [[32, 64], [64, 64], [128, 128, 128], [128, 256]];

    /// <inheritdoc/>
    public string Name => "cnn9";

    /// <inheritdoc/>
    public string Description => "nine 3 x 3 convolutions of 32 to 256 channels in four blocks, two dense layers of 512";

    /// <inheritdoc/>
    public int DefaultSize => 150;

    /// <inheritdoc/>
    public int SmallestSize => 84;

    /// <inheritdoc/>
    public int SizeStep => 1;

    /// <inheritdoc/>
    public NetworkOutputs Build(NetworkWriter network, Symbol slices, ClassifierHead head)
    {
        var (map, number) = (slices, 0);
        foreach (var block in Blocks)
        {
            foreach (var channels in block)
            {
                var name = string.Create(CultureInfo.InvariantCulture, $"conv{++number}");
                map = network.Tape.Relu(network.Convolution(name, map, channels, Window.Valid(3), bias: true));
            }

            map = network.Drop(network.Tape.HalveByMax(map), Dropout);
        }

        return head.OnFlat(map, [Hidden, Hidden], Dropout);
    }
}
