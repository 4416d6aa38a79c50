namespace BrainTumorDicom.Training.Graph;

/// <summary>Pooling of images.</summary>
internal static class Pooling
{
    /// <summary>Largest value of each window.</summary>
    public static Symbol MaxPool(this Tape tape, Symbol images, long kernel, long stride, long padding)
    {
        var graph = tape.Graph;
        long[] shape =
        [
            images.Shape[0],
            images.Shape[1],
            ((images.Shape[2] + (2 * padding) - kernel) / stride) + 1,
            ((images.Shape[3] + (2 * padding) - kernel) / stride) + 1,
        ];
        var pooled = graph.Nodes(
            "MaxPool",
            [images],
            [(ElementType.Float, shape), (ElementType.Int64, shape)],
            NodeAttribute.Of("kernel_shape", kernel, kernel),
            NodeAttribute.Of("strides", stride, stride),
            NodeAttribute.Of("pads", padding, padding, padding, padding));
        return tape.Record(pooled[0], Backward, images);

        // The indices count over the whole flattened tensor; windows overlap, so their gradients add up.
        void Backward(Symbol gradient)
        {
            var scattered = graph.Node(
                "ScatterElements",
                [graph.Expand(graph.Scalar(0), images.Size), graph.Reshape(pooled[1], gradient.Size), graph.Reshape(gradient, gradient.Size)],
                [images.Size],
                NodeAttribute.Of("axis", 0L),
                NodeAttribute.Of("reduction", "add"));
            tape.Accumulate(images, graph.Reshape(scattered, images.Shape));
        }
    }

    /// <summary>Mean of each 2 × 2 square; both extents must be even.</summary>
    public static Symbol HalveByMean(this Tape tape, Symbol images)
    {
        var graph = tape.Graph;
        var output = graph.Node(
            "AveragePool",
            [images],
            [images.Shape[0], images.Shape[1], images.Shape[2] / 2, images.Shape[3] / 2],
            NodeAttribute.Of("kernel_shape", 2, 2),
            NodeAttribute.Of("strides", 2, 2));
        return tape.Record(output, Backward, images);

        // Resize to nearest copies each value to its square: far faster than Expand.
        void Backward(Symbol gradient) => tape.Accumulate(images, graph.Node(
            "Resize",
            [graph.Multiply(gradient, 0.25f), null, graph.Constant([1, 1, 2, 2], 4)],
            images.Shape,
            NodeAttribute.Of("mode", "nearest"),
            NodeAttribute.Of("coordinate_transformation_mode", "asymmetric"),
            NodeAttribute.Of("nearest_mode", "floor")));
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
}
