namespace BrainTumorDicom.Training.Graph;

/// <summary>The elementary nodes, without gradients: what the operations and their backward passes are written with.</summary>
internal static class Arithmetic
{
    public static Symbol Add(this GraphBuilder graph, Symbol a, Symbol b) => graph.Node("Add", [a, b], Broadcast(a.Shape, b.Shape));

    public static Symbol Subtract(this GraphBuilder graph, Symbol a, Symbol b) => graph.Node("Sub", [a, b], Broadcast(a.Shape, b.Shape));

    public static Symbol Multiply(this GraphBuilder graph, Symbol a, Symbol b) => graph.Node("Mul", [a, b], Broadcast(a.Shape, b.Shape));

    public static Symbol Multiply(this GraphBuilder graph, Symbol a, float factor) => graph.Multiply(a, graph.Scalar(factor));

    public static Symbol Divide(this GraphBuilder graph, Symbol a, Symbol b) => graph.Node("Div", [a, b], Broadcast(a.Shape, b.Shape));

    /// <summary>An operator of one input that keeps the shape: Neg, Sqrt, Exp, Relu, Reciprocal.</summary>
    public static Symbol Map(this GraphBuilder graph, string operation, Symbol a) => graph.Node(operation, [a], a.Shape);

    public static Symbol Reshape(this GraphBuilder graph, Symbol a, params long[] shape) =>
        graph.Nodes("Reshape", [a, graph.Integers(shape)], [(a.Type, shape)])[0];

    /// <summary>Sum over <paramref name="axes"/>, which vanish.</summary>
    public static Symbol Sum(this GraphBuilder graph, Symbol a, params long[] axes) => Reduce(graph, "ReduceSum", a, axes, keep: false);

    /// <summary>Sum over <paramref name="axes"/>, which stay with extent 1.</summary>
    public static Symbol SumKeeping(this GraphBuilder graph, Symbol a, params long[] axes) => Reduce(graph, "ReduceSum", a, axes, keep: true);

    /// <summary>Mean over <paramref name="axes"/>, which vanish.</summary>
    public static Symbol Mean(this GraphBuilder graph, Symbol a, params long[] axes) => Reduce(graph, "ReduceMean", a, axes, keep: false);

    /// <summary>The matrix product, over the leading axes in parallel, with either side transposed on the fly.</summary>
    public static Symbol MatMul(this GraphBuilder graph, Symbol a, Symbol b, bool transposeB, params long[] shape) =>
        graph.Node("FusedMatMul", [a, b], shape, NodeAttribute.Of("transB", transposeB ? 1 : 0));

    /// <summary>The axes in another order.</summary>
    public static Symbol Transpose(this GraphBuilder graph, Symbol a, params long[] axes) =>
        graph.Node("Transpose", [a], Array.ConvertAll(axes, axis => a.Shape[axis]), NodeAttribute.Of("perm", axes));

    /// <summary>The part of one axis from <paramref name="start"/> on.</summary>
    public static Symbol Slice(this GraphBuilder graph, Symbol a, int axis, long start, long length)
    {
        var shape = (long[])a.Shape.Clone();
        shape[axis] = length;
        return graph.Node(
            "Slice", [a, graph.Integers(start), graph.Integers(start + length), graph.Integers(axis)], shape);
    }

    /// <summary>Every <paramref name="step"/>-th row and column of images [N,C,H,W], <paramref name="rows"/> × <paramref name="columns"/> of them.</summary>
    public static Symbol SlicePlane(this GraphBuilder graph, Symbol a, (long Row, long Column) start, long step, long rows, long columns) =>
        graph.Node(
            "Slice",
            [
                a,
                graph.Integers(start.Row, start.Column),
                graph.Integers(start.Row + (step * (rows - 1)) + 1, start.Column + (step * (columns - 1)) + 1),
                graph.Integers(2, 3),
                graph.Integers(step, step),
            ],
            [a.Shape[0], a.Shape[1], rows, columns]);

    /// <summary>Zeros around images [N,C,H,W]; without any, the images themselves.</summary>
    public static Symbol PadPlane(this GraphBuilder graph, Symbol a, long top, long left, long bottom, long right) =>
        (top, left, bottom, right) == (0, 0, 0, 0) ? a : graph.Node(
            "Pad",
            [a, graph.Integers(0, 0, top, left, 0, 0, bottom, right)],
            [a.Shape[0], a.Shape[1], a.Shape[2] + top + bottom, a.Shape[3] + left + right]);

    public static Symbol Concat(this GraphBuilder graph, int axis, IReadOnlyList<Symbol> parts)
    {
        var shape = (long[])parts[0].Shape.Clone();
        shape[axis] = parts.Sum(part => part.Shape[axis]);
        return graph.Node("Concat", [.. parts], shape, NodeAttribute.Of("axis", (long)axis));
    }

    /// <summary>Repeats <paramref name="a"/> up to <paramref name="shape"/>.</summary>
    public static Symbol Expand(this GraphBuilder graph, Symbol a, params long[] shape) =>
        graph.Node("Expand", [a, graph.Integers(shape)], shape);

    private static Symbol Reduce(GraphBuilder graph, string operation, Symbol a, long[] axes, bool keep)
    {
        var shape = new List<long>();
        for (var i = 0; i < a.Shape.Length; i++)
        {
            if (!axes.Contains(i))
            {
                shape.Add(a.Shape[i]);
            }
            else if (keep)
            {
                shape.Add(1);
            }
        }

        return graph.Node(operation, [a, graph.Integers(axes)], [.. shape], NodeAttribute.Of("keepdims", keep ? 1 : 0));
    }

    private static long[] Broadcast(long[] a, long[] b)
    {
        var shape = new long[Math.Max(a.Length, b.Length)];
        for (var i = 0; i < shape.Length; i++)
        {
            var left = i - shape.Length + a.Length;
            var right = i - shape.Length + b.Length;
            shape[i] = Math.Max(left < 0 ? 1 : a[left], right < 0 ? 1 : b[right]);
        }

        return shape;
    }
}
