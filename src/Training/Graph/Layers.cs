namespace BrainTumorDicom.Training.Graph;

/// <summary>The remaining operations of the networks.</summary>
internal static class Layers
{
    /// <summary>max(x, 0).</summary>
    public static Symbol Relu(this Tape tape, Symbol value)
    {
        var output = tape.Graph.Map("Relu", value);
        return tape.Record(output, Backward, value);

        void Backward(Symbol gradient)
        {
            var positive = tape.Graph.Nodes("Greater", [output, tape.Graph.Scalar(0)], [(ElementType.Bool, output.Shape)])[0];
            tape.Accumulate(value, tape.Graph.Node("Where", [positive, gradient, tape.Graph.Scalar(0)], output.Shape));
        }
    }

    /// <summary>The sum of two values of one shape: a residual connection.</summary>
    public static Symbol AddResidual(this Tape tape, Symbol a, Symbol b) =>
        tape.Record(
            tape.Graph.Add(a, b),
            gradient =>
            {
                tape.Accumulate(a, gradient);
                tape.Accumulate(b, gradient);
            },
            a,
            b);

    /// <summary>A fully connected layer: [N,F] with weights [O,F] and bias [O] to [N,O].</summary>
    public static Symbol Dense(this Tape tape, Symbol features, Symbol weights, Symbol bias)
    {
        var graph = tape.Graph;
        var output = graph.Node(
            "Gemm", [features, weights, bias], [features.Shape[0], weights.Shape[0]], NodeAttribute.Of("transB", 1L));
        return tape.Record(
            output,
            gradient =>
            {
                tape.Accumulate(bias, graph.Sum(gradient, 0));
                tape.Accumulate(weights, graph.Node("Gemm", [gradient, features], weights.Shape, NodeAttribute.Of("transA", 1L)));
                if (features.NeedsGradient)
                {
                    tape.Accumulate(features, graph.Node("Gemm", [gradient, weights], features.Shape));
                }
            },
            features,
            weights,
            bias);
    }
}
