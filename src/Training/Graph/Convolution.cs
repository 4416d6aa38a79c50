namespace BrainTumorDicom.Training.Graph;

/// <summary>Two-dimensional convolution.</summary>
internal static class Convolution
{
    /// <summary>Convolves images [N,C,H,W] with square kernels [O,C,k,k], padded alike on all sides, without bias.</summary>
    public static Symbol Convolve(this Tape tape, Symbol images, Symbol kernels, long stride, long padding) =>
        tape.Convolve(images, kernels, new Window(kernels.Shape[2], stride, padding, padding));

    /// <summary>
    /// Convolves images [N,C,H,W] with square kernels [O,C/groups,k,k], each group of channels with its own kernels;
    /// adds <paramref name="bias"/> [O] where there is one.
    /// </summary>
    public static Symbol Convolve(this Tape tape, Symbol images, Symbol kernels, Window window, long groups = 1, Symbol? bias = null)
    {
        var graph = tape.Graph;
        var output = graph.Node(
            "Conv",
            bias is null ? [images, kernels] : [images, kernels, bias],
            window.Apply(images.Shape, kernels.Shape[0]),
            [.. window.Attributes(), NodeAttribute.Of("group", groups)]);
        return tape.Record(output, Backward, bias is null ? [images, kernels] : [images, kernels, bias]);

        void Backward(Symbol gradient)
        {
            if (bias is { NeedsGradient: true })
            {
                tape.Accumulate(bias, graph.Sum(gradient, 0, 2, 3));
            }

            if (kernels.NeedsGradient)
            {
                tape.Accumulate(kernels, groups == 1
                    ? ConvolutionKernelGradient.Emit(graph, images, gradient, kernels, window)
                    : GroupedKernelGradient.Emit(graph, images, gradient, kernels, window, groups));
            }

            if (images.NeedsGradient)
            {
                tape.Accumulate(images, ImageGradient(graph, images, gradient, kernels, window, groups));
            }
        }
    }

    private static Symbol ImageGradient(GraphBuilder graph, Symbol images, Symbol gradient, Symbol kernels, Window window, long groups) =>
        window.Stride == 1 && groups == 1
            ? WithTurnedKernels(graph, images, gradient, kernels, window)
            : Transposed(graph, images, gradient, kernels, window, groups);

    // A convolution is a quarter faster on the CPU than the transposed one of the same size.
    private static Symbol WithTurnedKernels(GraphBuilder graph, Symbol images, Symbol gradient, Symbol kernels, Window window)
    {
        var (kernel, inputs, outputs) = (window.Kernel, kernels.Shape[1], kernels.Shape[0]);
        var turned = graph.Transpose(kernels, 1, 0, 2, 3);
        if (kernel > 1)
        {
            turned = graph.Reshape(
                graph.MatMul(graph.Reshape(turned, inputs * outputs, kernel * kernel), Turning(graph, kernel * kernel), transposeB: false, inputs * outputs, kernel * kernel),
                inputs, outputs, kernel, kernel);
        }

        var back = new Window(kernel, 1, kernel - 1 - window.Before, kernel - 1 - window.After);
        return graph.Node("Conv", [gradient, turned], images.Shape, back.Attributes());
    }

    // Taps in the opposite order, by a product: several times faster than Gather or a Slice backwards.
    private static Symbol Turning(GraphBuilder graph, long taps)
    {
        var order = new float[taps * taps];
        for (var i = 0; i < taps; i++)
        {
            order[(i * taps) + taps - 1 - i] = 1;
        }

        return graph.Constant(order, taps, taps);
    }

    private static Symbol Transposed(GraphBuilder graph, Symbol images, Symbol gradient, Symbol kernels, Window window, long groups)
    {
        return graph.Node(
            "ConvTranspose",
            [gradient, kernels],
            images.Shape,
            [.. window.Attributes(), NodeAttribute.Of("group", groups), NodeAttribute.Of("output_padding", Unreached(2), Unreached(3))]);

        // Rows and columns at the far edge that the last stride did not reach.
        long Unreached(int axis) =>
            images.Shape[axis] - (((gradient.Shape[axis] - 1) * window.Stride) - window.Before - window.After + window.Kernel);
    }
}
