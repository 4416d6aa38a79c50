namespace BrainTumorDicom.Training.Graph;

/// <summary>Two-dimensional convolution without bias: what follows it is a normalisation, which has one.</summary>
internal static class Convolution
{
    /// <summary>Convolves images [N,C,H,W] with square kernels [O,C,k,k].</summary>
    public static Symbol Convolve(this Tape tape, Symbol images, Symbol kernels, long stride, long padding)
    {
        var kernel = kernels.Shape[2];
        long[] shape =
        [
            images.Shape[0],
            kernels.Shape[0],
            ((images.Shape[2] + (2 * padding) - kernel) / stride) + 1,
            ((images.Shape[3] + (2 * padding) - kernel) / stride) + 1,
        ];
        var output = tape.Graph.Node(
            "Conv",
            [images, kernels],
            shape,
            NodeAttribute.Of("kernel_shape", kernel, kernel),
            NodeAttribute.Of("strides", stride, stride),
            NodeAttribute.Of("pads", padding, padding, padding, padding));
        return tape.Record(output, Backward, images, kernels);

        void Backward(Symbol gradient)
        {
            if (kernels.NeedsGradient)
            {
                tape.Accumulate(kernels, ConvolutionKernelGradient.Emit(tape.Graph, images, gradient, kernels, stride, padding));
            }

            if (images.NeedsGradient)
            {
                tape.Accumulate(images, ImageGradient(tape.Graph, images, gradient, kernels, stride, padding));
            }
        }
    }

    private static Symbol ImageGradient(GraphBuilder graph, Symbol images, Symbol gradient, Symbol kernels, long stride, long padding)
    {
        var kernel = kernels.Shape[2];
        return graph.Node(
            "ConvTranspose",
            [gradient, kernels],
            images.Shape,
            NodeAttribute.Of("kernel_shape", kernel, kernel),
            NodeAttribute.Of("strides", stride, stride),
            NodeAttribute.Of("pads", padding, padding, padding, padding),
            NodeAttribute.Of("output_padding", Unreached(2), Unreached(3)));

        // Rows and columns at the far edge that the last stride did not reach.
        long Unreached(int axis) => images.Shape[axis] - (((gradient.Shape[axis] - 1) * stride) - (2 * padding) + kernel);
    }
}
