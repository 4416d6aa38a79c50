namespace BrainTumorDicom.Training.Graph;

/// <summary>Pooling of images.</summary>
internal static class Pooling
{
    /// <summary>Largest value of each 2 × 2 square; both extents must be even.</summary>
    /// <remarks>Without the indices that MaxPool can give: with them it takes a kernel many times slower on the CPU.</remarks>
    public static Symbol HalveByMax(this Tape tape, Symbol images)
    {
        var graph = tape.Graph;
        var output = Halve(graph, "MaxPool", images);
        return tape.Record(output, Backward, images);

        // The gradient goes to where the largest value stands, in equal parts where it stands more than once.
        void Backward(Symbol gradient)
        {
            var largest = graph.Nodes("Equal", [images, Double(graph, output)], [(ElementType.Bool, images.Shape)])[0];
            var mask = graph.Node("Cast", [largest], images.Shape, NodeAttribute.Of("to", (long)ElementType.Float));
            var part = graph.Divide(graph.Multiply(gradient, 0.25f), Halve(graph, "AveragePool", mask));
            tape.Accumulate(images, graph.Multiply(mask, Double(graph, part)));
        }
    }

    /// <summary>Mean of each 2 × 2 square; both extents must be even.</summary>
    public static Symbol HalveByMean(this Tape tape, Symbol images)
    {
        var graph = tape.Graph;
        var output = Halve(graph, "AveragePool", images);
        return tape.Record(output, gradient => tape.Accumulate(images, Double(graph, graph.Multiply(gradient, 0.25f))), images);
    }

    /// <summary>Mean over the plane: [N,C,H,W] to [N,C].</summary>
    public static Symbol GlobalMean(this Tape tape, Symbol images)
    {
        var graph = tape.Graph;
        var plane = images.Shape[2] * images.Shape[3];
        return tape.Record(graph.Mean(images, 2, 3), Backward, images);

        void Backward(Symbol gradient) => tape.Accumulate(images, graph.Expand(
            graph.Reshape(graph.Multiply(gradient, 1f / plane), images.Shape[0], images.Shape[1], 1, 1), images.Shape));
    }

    private static Symbol Halve(GraphBuilder graph, string operation, Symbol images) => graph.Node(
        operation,
        [images],
        [images.Shape[0], images.Shape[1], images.Shape[2] / 2, images.Shape[3] / 2],
        NodeAttribute.Of("kernel_shape", 2, 2),
        NodeAttribute.Of("strides", 2, 2));

    // Resize to nearest copies each value to its square: far faster than Expand.
    private static Symbol Double(GraphBuilder graph, Symbol images) => graph.Node(
        "Resize",
        [images, null, graph.Constant([1, 1, 2, 2], 4)],
        [images.Shape[0], images.Shape[1], images.Shape[2] * 2, images.Shape[3] * 2],
        NodeAttribute.Of("mode", "nearest"),
        NodeAttribute.Of("coordinate_transformation_mode", "asymmetric"),
        NodeAttribute.Of("nearest_mode", "floor"));
}
