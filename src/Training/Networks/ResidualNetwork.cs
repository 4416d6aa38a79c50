using System.Collections.Immutable;
using System.Globalization;
using BrainTumorDicom.Training.Graph;

namespace BrainTumorDicom.Training.Networks;

/// <summary>
/// A residual network for grey slices: a 5 × 5 stem of stride 2 with max-pool, then stages of two 3 × 3 convolutions
/// beside a shortcut (mean of 2 × 2, then 1 × 1, where the stage halves the plane), mean over the plane, one linear layer.
/// </summary>
/// <param name="Widths">Channels of the stages; all but the first halve the plane.</param>
/// <param name="Classes">How many classes.</param>
internal sealed record ResidualNetwork(ImmutableArray<int> Widths, int Classes)
{
    /// <summary>By how much the stages and the stem shrink rows and columns: the input size must be a multiple of it.</summary>
    public int Reduction => 4 << (Widths.Length - 1);

    /// <summary>Four stages of 24, 48, 96 and 192 channels: 0.6 million parameters.</summary>
    public static ResidualNetwork Standard(int classes) => new([24, 48, 96, 192], classes);

    /// <summary>Emits the network for <paramref name="slices"/> [N,1,S,S].</summary>
    public NetworkOutputs Build(Tape tape, Parameters parameters, Symbol slices)
    {
        var stem = parameters.Next(new ParameterSpec("stem", Initialization.He, Widths[0], slices.Shape[1], 5, 5));

        // Pooled before it is normalised: a quarter of the work on the largest planes.
        var map = tape.HalveByMax(tape.Convolve(slices, stem, stride: 2, padding: 2));
        map = tape.Relu(parameters.Normalize(map, "stem"));
        for (var i = 0; i < Widths.Length; i++)
        {
            map = Stage(string.Create(CultureInfo.InvariantCulture, $"stage{i + 1}"), map, Widths[i], halve: i > 0);
        }

        var features = tape.GlobalMean(map);
        var weights = parameters.Next(new ParameterSpec("classifier.weights", Initialization.Small, Classes, Widths[^1]));
        var bias = parameters.Next(new ParameterSpec("classifier.bias", Initialization.Zeros, Classes));
        return new NetworkOutputs(tape.Dense(features, weights, bias), features, map, weights);

        Symbol Convolution(string name, Symbol images, int channels, int kernel, int stride)
        {
            var kernels = parameters.Next(new ParameterSpec(name, Initialization.He, channels, images.Shape[1], kernel, kernel));
            return parameters.Normalize(tape.Convolve(images, kernels, stride, kernel / 2), name);
        }

        Symbol Stage(string name, Symbol images, int channels, bool halve)
        {
            var shortcut = halve
                ? Convolution(name + ".shortcut", tape.HalveByMean(images), channels, kernel: 1, stride: 1)
                : images;
            var inner = tape.Relu(Convolution(name + ".conv1", images, channels, kernel: 3, stride: halve ? 2 : 1));
            return tape.Relu(tape.AddResidual(Convolution(name + ".conv2", inner, channels, kernel: 3, stride: 1), shortcut));
        }
    }
}
