namespace BrainTumorDicom.Training.Graph;

/// <summary>How a convolution or a pooling looks at the plane: the same for rows and columns.</summary>
/// <param name="Kernel">Rows and columns of the window.</param>
/// <param name="Stride">Step from one window to the next.</param>
/// <param name="Before">Padding above and on the left.</param>
/// <param name="After">Padding below and on the right.</param>
internal readonly record struct Window(long Kernel, long Stride, long Before, long After)
{
    /// <summary>Padded by half the kernel on each side, as PyTorch's networks are.</summary>
    public static Window Centred(long kernel, long stride = 1) => new(kernel, stride, kernel / 2, kernel / 2);

    /// <summary>Without padding.</summary>
    public static Window Valid(long kernel, long stride = 1) => new(kernel, stride, 0, 0);

    /// <summary>Padded so that ceil(<paramref name="extent"/> / <paramref name="stride"/>) windows fit, the odd one after, as Keras calls "same".</summary>
    public static Window Same(long kernel, long stride, long extent)
    {
        var total = Math.Max(0, ((((extent + stride - 1) / stride) - 1) * stride) + kernel - extent);
        return new Window(kernel, stride, total / 2, total - (total / 2));
    }

    /// <summary>How many windows fit on a line of <paramref name="extent"/>.</summary>
    /// <exception cref="ArgumentException">None does.</exception>
    public long Count(long extent)
    {
        var room = extent + Before + After - Kernel;
        return room >= 0
            ? (room / Stride) + 1
            : throw new ArgumentException($"A window of {Kernel} does not fit on {extent} with padding {Before} and {After}.", nameof(extent));
    }

    /// <summary>The output of images [N,C,H,W] with another number of channels.</summary>
    public long[] Apply(long[] shape, long channels) => [shape[0], channels, Count(shape[2]), Count(shape[3])];

    /// <summary>The attributes of an ONNX node.</summary>
    public Onnx.AttributeProto[] Attributes() =>
    [
        NodeAttribute.Of("kernel_shape", Kernel, Kernel),
        NodeAttribute.Of("strides", Stride, Stride),
        NodeAttribute.Of("pads", Before, Before, After, After),
    ];
}
