using BrainTumorDicom.Training.Networks.Architectures;

namespace BrainTumorDicom.Training.Networks;

/// <summary>All networks, by name.</summary>
internal static class NetworkRegistry
{
    /// <summary>All of them, the default first.</summary>
    public static IReadOnlyList<INetwork> All { get; } =
    [
        new ResidualNetwork([24, 48, 96, 128]),
        new LogisticRegression(),
        new PlainCnn9(),
        new NormalizedCnn3([32, 64, 128]),
        new WideCnn3([32, 64, 128], 512),
        new ResNet(64, [3, 4, 6, 3]),
        new DenseNet(64, 32, [6, 12, 24, 16]),
        new Xception(new XceptionWidths(32, 64, 128, 256, 728, 1024, 1536, 2048), 8),
        new EfficientNet(32, 1280, EfficientNet.StagesOfB0),
    ];

    /// <summary>The network of a name.</summary>
    /// <exception cref="TrainingException">There is none.</exception>
    public static INetwork ByName(string name) =>
        All.FirstOrDefault(network => network.Name == name)
        ?? throw new TrainingException($"--network {name} is not known; allowed: {string.Join(", ", All.Select(network => network.Name))}.");
}
