namespace BrainTumorDicom.Training.Graph;

/// <summary>
/// The gradient of a convolution by its kernels: for each tap, the product of the shifted images and the output's gradient.
/// Each way is chosen for its speed on the CPU; all give the same sum.
/// </summary>
internal static class ConvolutionKernelGradient
{
    public static Symbol Emit(GraphBuilder graph, Symbol images, Symbol gradient, Symbol kernels, Window window)
    {
        var evenPlane = images.Shape[2] % 2 == 0 && images.Shape[3] % 2 == 0;
        return window switch
        {
            { Kernel: 1, Stride: 1, Before: 0, After: 0 } => Pointwise(graph, images, gradient),
            { Kernel: 1, Before: 0, After: 0 } => Pointwise(
                graph, graph.SlicePlane(images, (0, 0), window.Stride, gradient.Shape[2], gradient.Shape[3]), gradient),
            _ when kernels.Shape[1] == 1 => OneChannel(graph, images, gradient, window),
            { Stride: 1 } => Runs(graph, images, gradient, window),
            { Kernel: 3, Stride: 2, Before: 1, After: 1 } when evenPlane => PhasedRuns(graph, images, gradient),
            _ => Shifts(graph, images, gradient, window),
        };
    }

    private static Symbol Pointwise(GraphBuilder graph, Symbol images, Symbol gradient)
    {
        var plane = images.Shape[2] * images.Shape[3];
        var product = Tap(graph, Flat(graph, gradient, plane), Flat(graph, images, plane));
        return graph.Reshape(product, [.. product.Shape, 1]);
    }

    // A convolution with one-hot kernels lays the taps side by side as channels, at the speed of a convolution.
    private static Symbol OneChannel(GraphBuilder graph, Symbol images, Symbol gradient, Window window)
    {
        var kernel = window.Kernel;
        var taps = kernel * kernel;
        var oneHot = new float[taps * taps];
        for (var i = 0; i < taps; i++)
        {
            oneHot[(i * taps) + i] = 1;
        }

        var columns = graph.Node(
            "Conv",
            [images, graph.Constant(oneHot, taps, 1, kernel, kernel)],
            [images.Shape[0], taps, gradient.Shape[2], gradient.Shape[3]],
            window.Attributes());
        var plane = gradient.Shape[2] * gradient.Shape[3];
        var product = Tap(graph, Flat(graph, gradient, plane), Flat(graph, columns, plane));
        return graph.Reshape(product, gradient.Shape[1], 1, kernel, kernel);
    }

    // Stride 1: with the pitch of the padded plane kept, each tap is one contiguous run of it (a plain copy);
    // the output's gradient gets zero columns up to the same pitch.
    private static Symbol Runs(GraphBuilder graph, Symbol images, Symbol gradient, Window window)
    {
        var pitch = images.Shape[3] + window.Before + window.After;
        var run = gradient.Shape[2] * pitch;
        var padded = graph.PadPlane(images, window.Before, window.Before, window.After + 1, window.After);
        var source = Flat(graph, padded, padded.Shape[2] * pitch);
        var flat = Flat(graph, graph.PadPlane(gradient, 0, 0, 0, pitch - gradient.Shape[3]), run);
        return JoinTaps(graph, window.Kernel, (row, column) =>
            Tap(graph, flat, graph.Slice(source, axis: 2, start: (row * pitch) + column, run)));
    }

    // Stride 2, 3x3, padding 1: the padded plane falls into four phases, and in each phase a tap is again one run.
    private static Symbol PhasedRuns(GraphBuilder graph, Symbol images, Symbol gradient)
    {
        var rows = gradient.Shape[2];
        var pitch = gradient.Shape[3] + 1;
        var run = rows * pitch;
        var padded = graph.PadPlane(images, 1, 1, 3, 1);
        var phases = new Symbol[4];
        for (var phase = 0; phase < 4; phase++)
        {
            var plane = graph.SlicePlane(padded, (phase / 2, phase % 2), step: 2, rows + 2, pitch);
            phases[phase] = Flat(graph, plane, (rows + 2) * pitch);
        }

        var flat = Flat(graph, graph.PadPlane(gradient, 0, 0, 0, 1), run);
        return JoinTaps(graph, kernel: 3, (row, column) =>
        {
            var phase = phases[((row % 2) * 2) + (column % 2)];
            return Tap(graph, flat, graph.Slice(phase, axis: 2, start: ((row / 2) * pitch) + (column / 2), run));
        });
    }

    // The plain way for every other shape.
    private static Symbol Shifts(GraphBuilder graph, Symbol images, Symbol gradient, Window window)
    {
        var rows = gradient.Shape[2];
        var columns = gradient.Shape[3];
        var padded = graph.PadPlane(images, window.Before, window.Before, window.After, window.After);
        var flat = Flat(graph, gradient, rows * columns);
        return JoinTaps(graph, window.Kernel, (row, column) =>
            Tap(graph, flat, Flat(graph, graph.SlicePlane(padded, (row, column), window.Stride, rows, columns), rows * columns)));
    }

    private static Symbol JoinTaps(GraphBuilder graph, long kernel, Func<long, long, Symbol> tap)
    {
        var taps = new List<Symbol>();
        for (var row = 0; row < kernel; row++)
        {
            for (var column = 0; column < kernel; column++)
            {
                taps.Add(tap(row, column));
            }
        }

        var joined = graph.Concat(axis: 2, taps);
        return graph.Reshape(joined, joined.Shape[0], joined.Shape[1], kernel, kernel);
    }

    // [N,O,P] and [N,C,P] to [O,C,1]: the product over the plane, summed over the batch.
    private static Symbol Tap(GraphBuilder graph, Symbol gradient, Symbol images)
    {
        var product = graph.MatMul(gradient, images, transposeB: true, gradient.Shape[0], gradient.Shape[1], images.Shape[1]);
        return graph.Reshape(graph.Sum(product, 0), gradient.Shape[1], images.Shape[1], 1);
    }

    private static Symbol Flat(GraphBuilder graph, Symbol images, long plane) => graph.Reshape(images, images.Shape[0], images.Shape[1], plane);
}
