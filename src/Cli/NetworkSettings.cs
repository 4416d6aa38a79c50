using System.CommandLine;
using BrainTumorDicom.Training.Loop;

namespace BrainTumorDicom.Cli;

/// <summary>The options that say which network is trained, and from which weights.</summary>
internal static class NetworkSettings
{
    private static readonly Option<string> Network = new("--network") { Description = string.Join(", ", NetworkOptions.Names), DefaultValueFactory = _ => NetworkOptions.Names[0] };
    private static readonly Option<string?> Weights = new("--weights") { Description = "An ONNX file of the same network whose weights to start from, such as torchvision's export of ResNet-50" };
    private static readonly Option<bool> Freeze = new("--freeze") { Description = "Train only the head, on the --weights as they are" };
    private static readonly Option<int> Head = new("--head") { Description = "Width of a hidden layer in front of the classifier, such as 128; 0 for none" };
    private static readonly Option<double?> Dropout = new("--dropout") { Description = "Part of the values dropped in training. Default what the network's authors chose" };
    private static readonly Option<double?> Largest = new("--largest") { Description = "Refuse to train a model of more megabytes" };

    /// <summary>All of them.</summary>
    public static IEnumerable<Option> All => [Network, Weights, Freeze, Head, Dropout, Largest];

    static NetworkSettings() => Network.AcceptOnlyFromAmong([.. NetworkOptions.Names]);

    /// <summary>What was given.</summary>
    public static NetworkOptions Read(ParseResult parsed) => new()
    {
        Name = parsed.GetRequiredValue(Network),
        WeightsFile = parsed.GetValue(Weights),
        Freeze = parsed.GetValue(Freeze),
        Head = parsed.GetValue(Head),
        Dropout = parsed.GetValue(Dropout),
        LargestMegabytes = parsed.GetValue(Largest),
    };
}
