namespace BrainTumorDicom.Training.Graph;

/// <summary>Batch normalisation of images by channel.</summary>
internal static class BatchNormalization
{
    /// <summary>Added to the variance before the root, in training and in inference, unless the network says otherwise.</summary>
    public const float Epsilon = 1e-5f;

    /// <summary>With the statistics of the batch. Biased variance.</summary>
    public static (Symbol Output, Symbol Mean, Symbol Variance) Normalize(
        this Tape tape, Symbol images, Symbol scale, Symbol shift, float epsilon = Epsilon)
    {
        var graph = tape.Graph;
        var mean = graph.Mean(images, 0, 2, 3);
        var meanSquare = graph.Mean(graph.Multiply(images, images), 0, 2, 3);

        // Rounding can leave a constant channel with a variance below zero; Relu cuts it off.
        var variance = graph.Map("Relu", graph.Subtract(meanSquare, graph.Multiply(mean, mean)));
        var output = Apply(graph, images, scale, shift, mean, variance, epsilon);
        tape.Record(output, gradient => Backward(tape, images, scale, shift, mean, variance, gradient, epsilon), images, scale, shift);
        return (output, mean, variance);
    }

    /// <summary>With given statistics, which do not depend on the batch.</summary>
    public static Symbol NormalizeFrozen(
        this Tape tape, Symbol images, Symbol scale, Symbol shift, Symbol mean, Symbol variance, float epsilon = Epsilon)
    {
        var graph = tape.Graph;
        return tape.Record(Apply(graph, images, scale, shift, mean, variance, epsilon), Backward, images, scale, shift);

        void Backward(Symbol gradient)
        {
            var inverse = Inverse(graph, variance, epsilon);
            if (scale.NeedsGradient)
            {
                var sum = graph.Sum(gradient, 0, 2, 3);
                var sumWithImages = graph.Sum(graph.Multiply(gradient, images), 0, 2, 3);
                tape.Accumulate(shift, sum);
                tape.Accumulate(scale, graph.Multiply(inverse, graph.Subtract(sumWithImages, graph.Multiply(mean, sum))));
            }

            if (images.NeedsGradient)
            {
                tape.Accumulate(images, graph.Multiply(gradient, graph.Reshape(graph.Multiply(scale, inverse), 1, images.Shape[1], 1, 1)));
            }
        }
    }

    // Also the fastest x·a + b by channel that the runtime has.
    private static Symbol Apply(GraphBuilder graph, Symbol images, Symbol scale, Symbol shift, Symbol mean, Symbol variance, float epsilon) =>
        graph.Node("BatchNormalization", [images, scale, shift, mean, variance], images.Shape, NodeAttribute.Of("epsilon", epsilon));

    private static Symbol Inverse(GraphBuilder graph, Symbol variance, float epsilon) =>
        graph.Map("Reciprocal", graph.Map("Sqrt", graph.Add(variance, graph.Scalar(epsilon))));

    private static void Backward(
        Tape tape, Symbol images, Symbol scale, Symbol shift, Symbol mean, Symbol variance, Symbol gradient, float epsilon)
    {
        var graph = tape.Graph;
        var channels = images.Shape[1];
        var count = images.Size / channels;
        var inverse = Inverse(graph, variance, epsilon);
        var sum = graph.Sum(gradient, 0, 2, 3);
        var sumWithImages = graph.Sum(graph.Multiply(gradient, images), 0, 2, 3);
        var scaleGradient = graph.Multiply(inverse, graph.Subtract(sumWithImages, graph.Multiply(mean, sum)));
        tape.Accumulate(shift, sum);
        tape.Accumulate(scale, scaleGradient);
        if (!images.NeedsGradient)
        {
            return;
        }

        // dx = a·dy + b·x + c by channel: a = scale·inverse, b = -a·inverse·dscale / count, c = -a·sum / count - b·mean.
        var a = graph.Multiply(scale, inverse);
        var b = graph.Map("Neg", graph.Multiply(graph.Multiply(a, inverse), graph.Multiply(scaleGradient, 1f / count)));
        var c = graph.Map("Neg", graph.Add(graph.Multiply(graph.Multiply(a, sum), 1f / count), graph.Multiply(b, mean)));
        var zeros = graph.Expand(graph.Scalar(0), channels);
        var ones = graph.Expand(graph.Scalar(1), channels);
        var affine = graph.Node("BatchNormalization", [images, b, c, zeros, ones], images.Shape, NodeAttribute.Of("epsilon", 0f));
        tape.Accumulate(images, graph.Add(graph.Multiply(gradient, graph.Reshape(a, 1, channels, 1, 1)), affine));
    }
}
