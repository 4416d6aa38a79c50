using BrainTumorDicom.Training.Networks;
using BrainTumorDicom.Training.Networks.Architectures;

namespace BrainTumorDicom.Training.Tests.Networks;

/// <summary>Each architecture, narrow and shallow enough for a test, with every kind of layer and of edge that the full one has.</summary>
/// <param name="Network">The architecture.</param>
/// <param name="Size">Rows and columns of its input.</param>
/// <param name="Peer">Its line of network.txt, for the PyTorch peer.</param>
internal sealed record TinyNetwork(INetwork Network, int Size, string Peer)
{
    private static readonly TinyNetwork[] All =
    [
        new(new ResidualNetwork([4, 6, 8]), 32, "residual 3"),
        new(new LogisticRegression(), 32, "logistic"),
        new(new PlainCnn9(), 84, "cnn9"),
        new(new NormalizedCnn3([4, 6, 8]), 32, "cnn3"),
        new(new WideCnn3([4, 6, 8], 16), 31, "cnn3-wide"),
        new(new ResNet(4, [1, 2, 1, 1]), 65, "resnet50 1 2 1 1"),
        new(new DenseNet(8, 4, [2, 2, 2, 2]), 72, "densenet121 2 2 2 2"),
        new(new Xception(new XceptionWidths(4, 6, 8, 8, 12, 14, 16, 20), 1), 71, "xception 1"),
        new(new EfficientNet(4, 24, [new(1, 3, 1, 4, 1), new(6, 3, 2, 6, 2), new(6, 5, 2, 8, 2)]), 50, "efficientnet-b0 1 3 1 1 6 3 2 2 6 5 2 2"),
    ];

    /// <summary>Names of all, for theories.</summary>
    public static TheoryData<string> Names => [.. All.Select(tiny => tiny.Network.Name)];

    public static TinyNetwork ByName(string name) => All.Single(tiny => tiny.Network.Name == name);
}
