namespace BrainTumorDicom.Training.Graph;

/// <summary>The gradient of a grouped convolution by its kernels.</summary>
internal static class GroupedKernelGradient
{
    public static Symbol Emit(GraphBuilder graph, Symbol images, Symbol gradient, Symbol kernels, Window window, long groups) =>
        groups == images.Shape[1] && groups == kernels.Shape[0]
            ? Depthwise(graph, images, gradient, window)
            : ByGroup(graph, images, gradient, kernels, window, groups);

    // Every slice and channel is a group of its own: its image convolved with its gradient gives its taps, which are
    // then summed over the slices. One node, and nothing is moved.
    private static Symbol Depthwise(GraphBuilder graph, Symbol images, Symbol gradient, Window window)
    {
        // Rows and columns that the last stride does not reach take no part.
        images = Reached(graph, Reached(graph, images, 2, gradient.Shape[2], window), 3, gradient.Shape[3], window);
        var (count, channels) = (images.Shape[0], images.Shape[1]);
        var planes = count * channels;
        var used = ((gradient.Shape[2] - 1) * window.Stride, (gradient.Shape[3] - 1) * window.Stride);
        var product = graph.Node(
            "Conv",
            [
                graph.Reshape(images, 1, planes, images.Shape[2], images.Shape[3]),
                graph.Reshape(gradient, planes, 1, gradient.Shape[2], gradient.Shape[3]),
            ],
            [1, planes, window.Kernel, window.Kernel],
            NodeAttribute.Of("kernel_shape", gradient.Shape[2], gradient.Shape[3]),
            NodeAttribute.Of("dilations", window.Stride, window.Stride),
            NodeAttribute.Of("pads", window.Before, window.Before, After(2, used.Item1), After(3, used.Item2)),
            NodeAttribute.Of("group", planes));
        return graph.Reshape(
            graph.Sum(graph.Reshape(product, count, channels, window.Kernel * window.Kernel), 0), channels, 1, window.Kernel, window.Kernel);

        // Less than the window's own where the last stride does not need all of it.
        long After(int axis, long reach) => window.Kernel + reach - images.Shape[axis] - window.Before;
    }

    private static Symbol Reached(GraphBuilder graph, Symbol images, int axis, long windows, Window window)
    {
        var reach = ((windows - 1) * window.Stride) + window.Kernel - window.Before;
        return reach < images.Shape[axis] ? graph.Slice(images, axis, 0, reach) : images;
    }

    private static Symbol ByGroup(GraphBuilder graph, Symbol images, Symbol gradient, Symbol kernels, Window window, long groups)
    {
        var (inputs, outputs) = (images.Shape[1] / groups, kernels.Shape[0] / groups);
        var parts = new List<Symbol>();
        for (var group = 0; group < groups; group++)
        {
            parts.Add(ConvolutionKernelGradient.Emit(
                graph,
                graph.Slice(images, axis: 1, group * inputs, inputs),
                graph.Slice(gradient, axis: 1, group * outputs, outputs),
                graph.Slice(kernels, axis: 0, group * outputs, outputs),
                window));
        }

        return graph.Concat(axis: 0, parts);
    }
}
