using System.Globalization;
using System.Security.Cryptography;
using BrainTumorDicom.Training.Networks;

namespace BrainTumorDicom.Training.Loop;

/// <summary>Which network is trained, and from which weights.</summary>
public sealed record NetworkOptions
{
    /// <summary>The names that <see cref="Name"/> may have.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. NetworkRegistry.All.Select(network => network.Name)];

    /// <summary>The network. Default residual.</summary>
    public string Name { get; init; } = Names[0];

    /// <summary>An ONNX file whose weights the network starts from, or <see langword="null"/> for random ones.</summary>
    public string? WeightsFile { get; init; }

    /// <summary>Trains only the head, on weights that were brought.</summary>
    public bool Freeze { get; init; }

    /// <summary>Width of a further hidden layer in front of the classifier; 0 for none. Default 0.</summary>
    public int Head { get; init; }

    /// <summary>Part of the values dropped in training; <see langword="null"/> for what the network's authors chose.</summary>
    public double? Dropout { get; init; }

    /// <summary>Largest model.onnx in megabytes, so that a network too large for where it is to run is refused before it is trained; <see langword="null"/> for any.</summary>
    public double? LargestMegabytes { get; init; }

    /// <summary>For the model card.</summary>
    internal string Describe() => NetworkRegistry.ByName(Name).Description
        + (Head > 0 ? FormattableString.Invariant($", hidden layer of {Head}") : "")
        + (Dropout is { } part ? FormattableString.Invariant($", dropout {part}") : "");

    /// <summary>What it was trained from, for the model card.</summary>
    internal string Origin => WeightsFile is null
        ? "random weights"
        : $"the weights in {Path.GetFileName(WeightsFile)}, {(Freeze ? "body frozen" : "normalising by their statistics")}";

    /// <summary>What a checkpoint must agree on.</summary>
    internal string Fingerprint() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Name} {Head} {Dropout:R} {Freeze} {(WeightsFile is null ? "" : Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(WeightsFile))))}");

    internal NetworkDesign Design(int classes) => new(NetworkRegistry.ByName(Name), classes, Head, Dropout);

    internal void Check(int size)
    {
        var network = NetworkRegistry.ByName(Name);
        TrainingOptions.Require(
            size >= network.SmallestSize && size <= 1024 && size % network.SizeStep == 0,
            "size",
            size,
            network.SizeStep == 1
                ? FormattableString.Invariant($"{network.SmallestSize} to 1024 for {Name}")
                : FormattableString.Invariant($"a multiple of {network.SizeStep} from {network.SmallestSize} to 1024 for {Name}"));
        TrainingOptions.Require(Head is 0 or (>= 1 and <= 4096), "head", Head, "0 to 4096");
        TrainingOptions.Require(Dropout is not { } part || part is >= 0 and < 1, "dropout", Dropout ?? 0, "from 0 to below 1");
        TrainingOptions.Require(LargestMegabytes is null or > 0, "largest", LargestMegabytes ?? 0, "above 0");
        if (Freeze && WeightsFile is null)
        {
            throw new TrainingException("--freeze keeps weights that were brought: give them with --weights FILE.onnx, or leave --freeze out.");
        }

        if (WeightsFile is not null && !File.Exists(WeightsFile))
        {
            throw new TrainingException($"The weights {WeightsFile} do not exist.");
        }
    }
}
