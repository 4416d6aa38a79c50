using BrainTumorDicom.Training.Graph;

namespace BrainTumorDicom.Training.Networks;

/// <summary>Writes the layers of a network: each operation with its parameters, which are named and recorded.</summary>
/// <param name="tape">Where the operations go.</param>
/// <param name="parameters">Where the parameters come from.</param>
/// <param name="dropout">Replaces the networks' own dropout probabilities, where it is given.</param>
internal sealed class NetworkWriter(Tape tape, Parameters parameters, double? dropout = null)
{
    private readonly List<NetworkLayer> _layers = [];
    private readonly Dictionary<string, NetworkLayer> _convolutions = [];

    /// <summary>Where the operations go.</summary>
    public Tape Tape { get; } = tape;

    /// <summary>Where the parameters come from.</summary>
    public Parameters Parameters { get; } = parameters;

    /// <summary>The layers so far.</summary>
    public IReadOnlyList<NetworkLayer> Layers => _layers;

    /// <summary>A convolution.</summary>
    public Symbol Convolution(string name, Symbol images, long channels, Window window, long groups = 1, bool bias = false)
    {
        var weights = new ParameterSpec(name + ".weight", Initialization.He, channels, images.Shape[1] / groups, window.Kernel, window.Kernel);
        var shift = bias ? new ParameterSpec(name + ".bias", Initialization.Zeros, channels) : null;
        var layer = Record(new NetworkLayer(LayerKind.Convolution, name, weights, shift)
        {
            Offset = Parameters.Length, Stride = window.Stride, Groups = groups,
        });
        var kernels = Parameters.Next(weights);
        var output = Tape.Convolve(images, kernels, window, groups, shift is null ? null : Parameters.Next(shift));
        _convolutions[output.Name] = layer;
        return output;
    }

    /// <summary>A batch normalisation.</summary>
    public Symbol Normalize(string name, Symbol images, float epsilon = BatchNormalization.Epsilon)
    {
        var weights = new ParameterSpec(name + ".weight", Initialization.Ones, images.Shape[1]);
        var shift = new ParameterSpec(name + ".bias", Initialization.Zeros, images.Shape[1]);
        Record(new NetworkLayer(LayerKind.Normalization, name, weights, shift)
        {
            Offset = Parameters.Length,
            StatisticsOffset = Parameters.StatisticsLength,
            Epsilon = epsilon,
            Normalizes = _convolutions.GetValueOrDefault(images.Name),
        });
        return Parameters.Normalize(images, Parameters.Next(weights), Parameters.Next(shift), epsilon);
    }

    /// <summary>A fully connected layer.</summary>
    public (Symbol Output, Symbol Weights) Dense(string name, Symbol features, long outputs, Initialization initialization)
    {
        var weights = new ParameterSpec(name + ".weight", initialization, outputs, features.Shape[1]);
        var bias = new ParameterSpec(name + ".bias", Initialization.Zeros, outputs);
        Record(new NetworkLayer(LayerKind.Dense, name, weights, bias) { Offset = Parameters.Length });
        var matrix = Parameters.Next(weights);
        return (Tape.Dense(features, matrix, Parameters.Next(bias)), matrix);
    }

    /// <summary>Dropout of the network's own probability, or of the one that was asked for.</summary>
    public Symbol Drop(Symbol value, double probability) => Parameters.Drop(value, dropout ?? probability);

    /// <summary>Grey slices [N,1,S,S] in [0, 1] as three equal channels, each less its mean and over its deviation.</summary>
    public Symbol ToColor(Symbol slices, ReadOnlySpan<float> means, ReadOnlySpan<float> deviations)
    {
        var (factors, shifts) = (new float[means.Length], new float[means.Length]);
        for (var i = 0; i < means.Length; i++)
        {
            factors[i] = 1 / deviations[i];
            shifts[i] = -means[i] / deviations[i];
        }

        return Tape.Convolve(
            slices, Tape.Graph.Constant(factors, means.Length, 1, 1, 1), Window.Valid(1), bias: Tape.Graph.Constant(shifts, means.Length));
    }

    private NetworkLayer Record(NetworkLayer layer)
    {
        layer = layer with { InHead = Parameters.HeadStart is not null };
        _layers.Add(layer);
        return layer;
    }
}
