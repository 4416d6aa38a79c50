using System.Globalization;
using BrainTumorDicom.Training.Graph;

namespace BrainTumorDicom.Training.Networks;

/// <summary>From the last feature map to the logits: hidden layers, if any, and the classifier; and, in the model as it is shipped, attention.</summary>
/// <param name="network">Where it is written.</param>
/// <param name="classes">How many classes.</param>
/// <param name="hidden">Width of a further hidden layer in front of the classifier; 0 for none.</param>
/// <remarks>
/// Attention is the gradient of a logit by the last feature map, times the map, summed over its channels. Where the
/// classifier follows the mean over the plane this is the class activation map (Zhou et al., 2016), whose mean plus the
/// bias is the logit; with a hidden layer it is Grad-CAM (Selvaraju et al., 2017); where the map is flattened, so that
/// each place has weights of its own, it is HiResCAM (Draelos and Carin, 2020). All layers of the head are linear but for
/// ReLU, so the gradient is a product of their matrices, with the columns of silent units left out: no backward pass.
/// </remarks>
internal sealed class ClassifierHead(NetworkWriter network, int classes, int hidden)
{
    private readonly List<(Symbol Weights, Symbol Active)> _hidden = [];

    private Tape Tape => network.Tape;

    private GraphBuilder Graph => network.Tape.Graph;

    /// <summary>A head on the mean over the plane.</summary>
    /// <param name="map">[N,F,h,w].</param>
    /// <param name="name">Of the classifier.</param>
    /// <param name="dropout">The network's own dropout in front of the classifier.</param>
    public NetworkOutputs OnMean(Symbol map, string name, double dropout = 0) => OnPooled(map, Tape.GlobalMean, (plane, _) => plane, name, dropout);

    /// <summary>A head on the generalised mean over the plane with exponent 3: one small place can carry the answer.</summary>
    /// <param name="map">[N,F,h,w], nothing below 0.</param>
    /// <param name="name">Of the classifier.</param>
    public NetworkOutputs OnCubicMean(Symbol map, string name) => OnPooled(map, Tape.GlobalCubicMean, Parts, name, dropout: 0);

    /// <summary>A head on the flattened map, with hidden layers of its own.</summary>
    /// <param name="map">[N,F,h,w].</param>
    /// <param name="widths">Of the network's hidden layers.</param>
    /// <param name="dropout">The network's own dropout in front of the classifier.</param>
    /// <param name="features">What the input gate looks at where there is no hidden layer.</param>
    public NetworkOutputs OnFlat(Symbol map, IReadOnlyList<int> widths, double dropout = 0, Symbol? features = null)
    {
        network.Parameters.BeginHead();
        var vector = Tape.Flatten(map);
        for (var i = 0; i < widths.Count; i++)
        {
            vector = Hide(vector, string.Create(CultureInfo.InvariantCulture, $"dense{i + 1}"), widths[i]);
        }

        features = widths.Count == 0 ? features ?? vector : vector;
        var (logits, weights) = Classify(vector, "classifier", dropout);
        return new NetworkOutputs(logits, features, network.Parameters.Exporting ? OfFlat(map, Gradient(weights)) : null);
    }

    // "parts" writes what each place of the map adds to the pooled vector: its mean over the plane is that vector.
    private NetworkOutputs OnPooled(Symbol map, Func<Symbol, Symbol> pool, Func<Symbol, Symbol, Symbol> parts, string name, double dropout)
    {
        network.Parameters.BeginHead();
        var features = pool(map);
        var (logits, weights) = Classify(features, name, dropout);
        return new NetworkOutputs(logits, features, network.Parameters.Exporting ? OfMean(parts(map, features), Gradient(weights)) : null, map);
    }

    private (Symbol Logits, Symbol Weights) Classify(Symbol features, string name, double dropout)
    {
        if (hidden > 0)
        {
            features = Hide(features, "head", hidden);
        }

        return network.Dense(name, network.Drop(features, dropout), classes, Initialization.Small);
    }

    private Symbol Hide(Symbol features, string name, int width)
    {
        var (output, weights) = network.Dense(name, features, width, Initialization.He);
        output = Tape.Relu(output);
        _hidden.Add((weights, output));
        return output;
    }

    // [1 or N, classes, F]: of each logit by the vector that the first layer reads.
    private Symbol Gradient(Symbol classifier)
    {
        var gradient = Graph.Reshape(classifier, 1, classes, classifier.Shape[1]);
        for (var i = _hidden.Count - 1; i >= 0; i--)
        {
            var (weights, active) = _hidden[i];
            var mask = Graph.Reshape(Graph.Map("Sign", active), 0, 1, weights.Shape[0]);
            gradient = Graph.MatMul(
                Graph.Multiply(gradient, mask), Graph.Reshape(weights, 1, weights.Shape[0], weights.Shape[1]), transposeB: false, 1, classes, weights.Shape[1]);
        }

        return gradient;
    }

    private Symbol OfMean(Symbol map, Symbol gradient)
    {
        var (channels, rows, columns) = (map.Shape[1], map.Shape[2], map.Shape[3]);
        var flat = Graph.Reshape(map, 0, channels, rows * columns);
        return Graph.Reshape(Graph.MatMul(gradient, flat, transposeB: false, 1, classes, rows * columns), 0, classes, rows, columns);
    }

    // Of the generalised mean with exponent 3.
    private Symbol Parts(Symbol map, Symbol features)
    {
        var cubes = Graph.Multiply(Graph.Multiply(map, map), map);
        return Graph.Divide(cubes, Graph.Reshape(Graph.Multiply(features, features), 0, map.Shape[1], 1, 1));
    }

    private Symbol OfFlat(Symbol map, Symbol gradient)
    {
        var (channels, rows, columns) = (map.Shape[1], map.Shape[2], map.Shape[3]);
        var plane = rows * columns;
        var product = Graph.Multiply(Graph.Reshape(gradient, 0, classes, channels, plane), Graph.Reshape(map, 0, 1, channels, plane));

        // Times the plane, so that here too the mean over the map is the logit's part.
        return Graph.Reshape(Graph.Multiply(Graph.Sum(product, 2), plane), 0, classes, rows, columns);
    }
}
