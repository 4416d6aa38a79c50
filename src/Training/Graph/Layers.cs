namespace BrainTumorDicom.Training.Graph;

/// <summary>The remaining operations of the networks.</summary>
internal static class Layers
{
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

    /// <summary>Images [N,C,H,W] times a factor for each channel of each image [N,C,1,1].</summary>
    public static Symbol ScaleChannels(this Tape tape, Symbol images, Symbol factors)
    {
        var graph = tape.Graph;
        return tape.Record(
            graph.Multiply(images, factors),
            gradient =>
            {
                tape.Accumulate(images, graph.Multiply(gradient, factors));
                tape.Accumulate(factors, graph.SumKeeping(graph.Multiply(gradient, images), 2, 3));
            },
            images,
            factors);
    }

    /// <summary>Images of one size, their channels one after the other.</summary>
    public static Symbol JoinChannels(this Tape tape, IReadOnlyList<Symbol> parts)
    {
        var graph = tape.Graph;

        // A copy: the caller may go on adding to its list before the backward pass is written.
        Symbol[] joined = [.. parts];
        return tape.Record(graph.Concat(axis: 1, joined), Backward, joined);

        void Backward(Symbol gradient)
        {
            var first = 0L;
            foreach (var part in joined)
            {
                if (part.NeedsGradient)
                {
                    tape.Accumulate(part, graph.Slice(gradient, axis: 1, first, part.Shape[1]));
                }

                first += part.Shape[1];
            }
        }
    }

    /// <summary>The same values under another shape. The first extent, the batch, stays.</summary>
    public static Symbol View(this Tape tape, Symbol value, params long[] rest)
    {
        var graph = tape.Graph;

        // 0 copies the extent, so that the graph takes batches of any size.
        var output = graph.Nodes("Reshape", [value, graph.Integers([0, .. rest])], [(value.Type, [value.Shape[0], .. rest])])[0];
        return tape.Record(output, gradient => tape.Accumulate(value, graph.Reshape(gradient, value.Shape)), value);
    }

    /// <summary>[N, ...] to [N,F].</summary>
    public static Symbol Flatten(this Tape tape, Symbol value) => tape.View(value, value.Size / value.Shape[0]);

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
                if (weights.NeedsGradient)
                {
                    tape.Accumulate(bias, graph.Sum(gradient, 0));
                    tape.Accumulate(weights, graph.Node("Gemm", [gradient, features], weights.Shape, NodeAttribute.Of("transA", 1L)));
                }

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
