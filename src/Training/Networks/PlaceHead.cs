using BrainTumorDicom.Training.Graph;

namespace BrainTumorDicom.Training.Networks;

/// <summary>
/// A second head that only training has: it tells the class of each place of the last feature map. Where it is known
/// where a tumour lies, and that there is none elsewhere, one slice teaches as many times as the map has places, and the
/// look of a whole slice, which comes with its set, explains nothing.
/// </summary>
internal static class PlaceHead
{
    /// <summary>The input with what each place shows.</summary>
    public const string TargetsName = "places";

    /// <summary>The input with the sum of <see cref="TargetsName"/> over the whole batch.</summary>
    public const string TotalName = "places.total";

    /// <summary>Writes it behind the network, with its parameters at the end of the vector, and adds its loss.</summary>
    /// <param name="tape">Where it is written.</param>
    /// <param name="parameters">Where its parameters come from.</param>
    /// <param name="map">[N,C,h,w] the last feature map.</param>
    /// <param name="classes">How many classes.</param>
    /// <returns>
    /// The weighted mean of the cross entropies of the places. Their targets are [N·h·w, classes], row by row: the weight of a place in
    /// the column of its class, nothing where its class is not known.
    /// </returns>
    public static Symbol Loss(Tape tape, Parameters parameters, Symbol map, int classes)
    {
        var graph = tape.Graph;
        var (count, channels, rows, columns) = (map.Shape[0], map.Shape[1], map.Shape[2], map.Shape[3]);
        var kernels = parameters.Next(new ParameterSpec("places.weight", Initialization.Small, classes, channels, 1, 1));
        var bias = parameters.Next(new ParameterSpec("places.bias", Initialization.Zeros, classes));
        var scores = tape.Convolve(map, kernels, Window.Valid(1), bias: bias);
        var logits = tape.Record(
            graph.Reshape(graph.Transpose(scores, 0, 2, 3, 1), count * rows * columns, classes),
            gradient => tape.Accumulate(scores, graph.Transpose(graph.Reshape(gradient, count, rows, columns, classes), 0, 3, 1, 2)),
            scores);
        var targets = graph.Input(TargetsName, ElementType.Float, count * rows * columns, classes);
        var weights = Enumerable.Repeat(1f, classes).ToArray();
        return tape.CrossEntropy(logits, targets, weights, smoothing: 0, graph.Input(TotalName, ElementType.Float, 1));
    }
}
