namespace BrainTumorDicom.Training.Graph;

/// <summary>
/// The gradient of a convolution by its kernels: for each tap, the product of the shifted images and the output's gradient.
/// Each way is chosen for its speed on the CPU; all give the same sum.
/// </summary>
internal sealed class ConvolutionKernelGradient
{
    private readonly GraphBuilder _graph;
    private readonly Symbol _images;
    private readonly Symbol _gradient;
    private readonly Window _window;
    private readonly bool _channelsFirst;

    private ConvolutionKernelGradient(GraphBuilder graph, Symbol images, Symbol gradient, Window window)
    {
        (_graph, _images, _gradient, _window) = (graph, images, gradient, window);

        // With small planes the products of the slices, to be summed, are larger than the planes: then the batch becomes
        // part of the plane, [C,N,H,W], and one product sums over both.
        var (inputs, outputs, plane) = (images.Shape[1], gradient.Shape[1], gradient.Shape[2] * gradient.Shape[3]);
        _channelsFirst = plane * (inputs + outputs) < window.Kernel * window.Kernel * inputs * outputs;
        if (_channelsFirst)
        {
            _images = graph.Transpose(images, 1, 0, 2, 3);
            _gradient = graph.Transpose(gradient, 1, 0, 2, 3);
        }
    }

    public static Symbol Emit(GraphBuilder graph, Symbol images, Symbol gradient, Symbol kernels, Window window)
    {
        var evenPlane = images.Shape[2] % 2 == 0 && images.Shape[3] % 2 == 0;
        if (window is { Kernel: 1, Before: 0, After: 0 })
        {
            var read = window.Stride == 1
                ? images
                : graph.SlicePlane(images, (0, 0), window.Stride, gradient.Shape[2], gradient.Shape[3]);
            return new ConvolutionKernelGradient(graph, read, gradient, window).Pointwise();
        }

        if (kernels.Shape[1] == 1)
        {
            return OneChannel(graph, images, gradient, window);
        }

        var emitter = new ConvolutionKernelGradient(graph, images, gradient, window);
        return window switch
        {
            { Stride: 1 } => emitter.Runs(),
            { Kernel: 3, Stride: 2, Before: 1, After: 1 } when evenPlane => emitter.PhasedRuns(),
            _ => emitter.Shifts(),
        };
    }

    private Symbol Pointwise()
    {
        var product = Tap(Flat(_gradient), Flat(_images));
        return _graph.Reshape(product, [.. product.Shape, 1]);
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
        var product = new ConvolutionKernelGradient(graph, columns, gradient, Window.Valid(1)).Pointwise();
        return graph.Reshape(product, gradient.Shape[1], 1, kernel, kernel);
    }

    // Stride 1: with the pitch of the padded plane kept, each tap is one contiguous run of it (a plain copy);
    // the output's gradient gets zero columns up to the same pitch.
    private Symbol Runs()
    {
        var pitch = _images.Shape[3] + _window.Before + _window.After;
        var run = _gradient.Shape[2] * pitch;
        var source = Flat(_graph.PadPlane(_images, _window.Before, _window.Before, _window.After + 1, _window.After));
        var flat = Flat(_graph.PadPlane(_gradient, 0, 0, 0, pitch - _gradient.Shape[3]));
        return JoinTaps((row, column) => Tap(flat, _graph.Slice(source, axis: 2, start: (row * pitch) + column, run)));
    }

    // Stride 2, 3x3, padding 1: the padded plane falls into four phases, and in each phase a tap is again one run.
    private Symbol PhasedRuns()
    {
        var rows = _gradient.Shape[2];
        var pitch = _gradient.Shape[3] + 1;
        var padded = _graph.PadPlane(_images, 1, 1, 3, 1);
        var phases = new Symbol[4];
        for (var phase = 0; phase < 4; phase++)
        {
            phases[phase] = Flat(_graph.SlicePlane(padded, (phase / 2, phase % 2), step: 2, rows + 2, pitch));
        }

        var flat = Flat(_graph.PadPlane(_gradient, 0, 0, 0, 1));
        return JoinTaps((row, column) =>
        {
            var phase = phases[((row % 2) * 2) + (column % 2)];
            return Tap(flat, _graph.Slice(phase, axis: 2, start: ((row / 2) * pitch) + (column / 2), rows * pitch));
        });
    }

    // The plain way for every other shape.
    private Symbol Shifts()
    {
        var padded = _graph.PadPlane(_images, _window.Before, _window.Before, _window.After, _window.After);
        var flat = Flat(_gradient);
        return JoinTaps((row, column) => Tap(
            flat, Flat(_graph.SlicePlane(padded, (row, column), _window.Stride, _gradient.Shape[2], _gradient.Shape[3]))));
    }

    private Symbol JoinTaps(Func<long, long, Symbol> tap)
    {
        var taps = new List<Symbol>();
        for (var row = 0; row < _window.Kernel; row++)
        {
            for (var column = 0; column < _window.Kernel; column++)
            {
                taps.Add(tap(row, column));
            }
        }

        var joined = _graph.Concat(axis: 2, taps);
        return _graph.Reshape(joined, joined.Shape[0], joined.Shape[1], _window.Kernel, _window.Kernel);
    }

    // [O,C,1]: the product over the plane, summed over the batch.
    private Symbol Tap(Symbol gradient, Symbol images)
    {
        if (_channelsFirst)
        {
            var (outputs, inputs, length) = (gradient.Shape[0], images.Shape[0], gradient.Shape[1] * gradient.Shape[2]);
            var whole = _graph.MatMul(
                _graph.Reshape(gradient, outputs, length), _graph.Reshape(images, inputs, length), transposeB: true, outputs, inputs);
            return _graph.Reshape(whole, outputs, inputs, 1);
        }

        var product = _graph.MatMul(gradient, images, transposeB: true, gradient.Shape[0], gradient.Shape[1], images.Shape[1]);
        return _graph.Reshape(_graph.Sum(product, 0), gradient.Shape[1], images.Shape[1], 1);
    }

    private Symbol Flat(Symbol images) => _graph.Reshape(images, images.Shape[0], images.Shape[1], images.Shape[2] * images.Shape[3]);
}
