namespace BrainTumorDicom.Training.Graph;

/// <summary>Pooling of images.</summary>
internal static class Pooling
{
    /// <summary>Largest value of each 2 × 2 square.</summary>
    public static Symbol HalveByMax(this Tape tape, Symbol images) => tape.PoolByMax(images, 2);

    /// <summary>Mean of each 2 × 2 square.</summary>
    public static Symbol HalveByMean(this Tape tape, Symbol images) => tape.PoolByMean(images, 2);

    /// <summary>Largest value of each square of <paramref name="side"/>; rows and columns left over at the far edge are left out.</summary>
    /// <remarks>Without the indices that MaxPool can give: with them it takes a kernel many times slower on the CPU.</remarks>
    public static Symbol PoolByMax(this Tape tape, Symbol images, long side)
    {
        var graph = tape.Graph;
        var whole = Whole(graph, images, side);
        var output = Pool(graph, "MaxPool", whole, side);
        return tape.Record(output, Backward, images);

        // The gradient goes to where the largest value stands, in equal parts where it stands more than once.
        void Backward(Symbol gradient)
        {
            var largest = graph.Nodes("Equal", [whole, Enlarge(graph, output, side)], [(ElementType.Bool, whole.Shape)])[0];
            var mask = graph.Node("Cast", [largest], whole.Shape, NodeAttribute.Of("to", (long)ElementType.Float));
            var part = graph.Divide(graph.Multiply(gradient, 1f / (side * side)), Pool(graph, "AveragePool", mask, side));
            tape.Accumulate(images, Restore(graph, graph.Multiply(mask, Enlarge(graph, part, side)), images));
        }
    }

    /// <summary>Largest value of each window, which may overlap; the gradient goes to the first of equal ones, as in PyTorch.</summary>
    public static Symbol PoolByMax(this Tape tape, Symbol images, Window window)
    {
        var graph = tape.Graph;
        var shape = window.Apply(images.Shape, images.Shape[1]);
        if (!images.NeedsGradient)
        {
            return graph.Node("MaxPool", [images], shape, window.Attributes());
        }

        var outputs = graph.Nodes("MaxPool", [images], [(ElementType.Float, shape), (ElementType.Int64, shape)], window.Attributes());
        return tape.Record(outputs[0], Backward, images);

        void Backward(Symbol gradient)
        {
            var zeros = graph.Expand(graph.Scalar(0), images.Size);
            var indices = graph.Reshape(outputs[1], gradient.Size);
            var scattered = graph.Node(
                "ScatterElements", [zeros, indices, graph.Reshape(gradient, gradient.Size)], [images.Size], NodeAttribute.Of("axis", 0L), NodeAttribute.Of("reduction", "add"));
            tape.Accumulate(images, graph.Reshape(scattered, images.Shape));
        }
    }

    /// <summary>Mean of each square of <paramref name="side"/>; rows and columns left over at the far edge are left out.</summary>
    public static Symbol PoolByMean(this Tape tape, Symbol images, long side)
    {
        var graph = tape.Graph;
        var output = Pool(graph, "AveragePool", Whole(graph, images, side), side);
        return tape.Record(
            output,
            gradient => tape.Accumulate(images, Restore(graph, Enlarge(graph, graph.Multiply(gradient, 1f / (side * side)), side), images)),
            images);
    }

    /// <summary>Mean over the plane: [N,C,H,W] to [N,C].</summary>
    public static Symbol GlobalMean(this Tape tape, Symbol images)
    {
        var graph = tape.Graph;
        var plane = images.Shape[2] * images.Shape[3];
        return tape.Record(graph.Mean(images, 2, 3), Backward, images);

        void Backward(Symbol gradient) => tape.Accumulate(
            images, graph.Reshape(graph.Multiply(gradient, 1f / plane), images.Shape[0], images.Shape[1], 1, 1));
    }

    /// <summary>
    /// Generalised mean over the plane with exponent 3 (Radenović et al., 2019): [N,C,H,W], nothing below 0, to [N,C]. A small
    /// bright place counts for more than in the mean.
    /// </summary>
    public static Symbol GlobalCubicMean(this Tape tape, Symbol images)
    {
        // So that the root has a slope at 0.
        const float Least = 1e-6f;
        var graph = tape.Graph;
        var plane = images.Shape[2] * images.Shape[3];
        var square = graph.Multiply(images, images);
        var cubic = graph.Mean(graph.Multiply(square, images), 2, 3);
        var root = graph.Node("Pow", [graph.Add(cubic, graph.Scalar(Least)), graph.Scalar(1f / 3)], cubic.Shape);
        return tape.Record(root, Backward, images);

        void Backward(Symbol gradient)
        {
            var scale = graph.Multiply(graph.Divide(gradient, graph.Multiply(root, root)), 1f / plane);
            tape.Accumulate(images, graph.Multiply(square, graph.Reshape(scale, images.Shape[0], images.Shape[1], 1, 1)));
        }
    }

    private static Symbol Pool(GraphBuilder graph, string operation, Symbol images, long side) => graph.Node(
        operation,
        [images],
        [images.Shape[0], images.Shape[1], images.Shape[2] / side, images.Shape[3] / side],
        NodeAttribute.Of("kernel_shape", side, side),
        NodeAttribute.Of("strides", side, side));

    // Without the rows and columns that fill no square.
    private static Symbol Whole(GraphBuilder graph, Symbol images, long side)
    {
        var (rows, columns) = (images.Shape[2] / side * side, images.Shape[3] / side * side);
        return rows == images.Shape[2] && columns == images.Shape[3] ? images : graph.SlicePlane(images, (0, 0), step: 1, rows, columns);
    }

    private static Symbol Restore(GraphBuilder graph, Symbol gradient, Symbol images) =>
        graph.PadPlane(gradient, 0, 0, images.Shape[2] - gradient.Shape[2], images.Shape[3] - gradient.Shape[3]);

    // Resize to nearest copies each value to its square: far faster than Expand.
    private static Symbol Enlarge(GraphBuilder graph, Symbol images, long side) => graph.Node(
        "Resize",
        [images, null, graph.Constant([1, 1, side, side], 4)],
        [images.Shape[0], images.Shape[1], images.Shape[2] * side, images.Shape[3] * side],
        NodeAttribute.Of("mode", "nearest"),
        NodeAttribute.Of("coordinate_transformation_mode", "asymmetric"),
        NodeAttribute.Of("nearest_mode", "floor"));
}
