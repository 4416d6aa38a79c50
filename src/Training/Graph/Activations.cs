namespace BrainTumorDicom.Training.Graph;

/// <summary>Functions of single values.</summary>
internal static class Activations
{
    /// <summary>max(x, 0).</summary>
    public static Symbol Relu(this Tape tape, Symbol value)
    {
        var output = tape.Graph.Map("Relu", value);
        return tape.Record(output, Backward, value);

        // A product with 0 and 1: Where takes twice as long on the CPU.
        void Backward(Symbol gradient) => tape.Accumulate(value, tape.Graph.Multiply(gradient, tape.Graph.Map("Sign", output)));
    }

    /// <summary>1 / (1 + exp(-x)).</summary>
    public static Symbol Sigmoid(this Tape tape, Symbol value)
    {
        var graph = tape.Graph;
        var output = graph.Map("Sigmoid", value);
        return tape.Record(
            output,
            gradient => tape.Accumulate(value, graph.Multiply(gradient, graph.Subtract(output, graph.Multiply(output, output)))),
            value);
    }

    /// <summary>x · sigmoid(x), also called swish.</summary>
    public static Symbol Silu(this Tape tape, Symbol value)
    {
        var graph = tape.Graph;
        var sigmoid = graph.Map("Sigmoid", value);
        var output = graph.Multiply(value, sigmoid);

        // dy/dx = s + x·s·(1 - s) = s + y - y·s.
        return tape.Record(
            output,
            gradient => tape.Accumulate(value, graph.Multiply(
                gradient, graph.Add(sigmoid, graph.Subtract(output, graph.Multiply(output, sigmoid))))),
            value);
    }

    /// <summary>Keeps the values where <paramref name="kept"/> is true, times <paramref name="factor"/>; the others become 0.</summary>
    public static Symbol Mask(this Tape tape, Symbol value, Symbol kept, float factor)
    {
        return tape.Record(Apply(value), gradient => tape.Accumulate(value, Apply(gradient)), value);

        Symbol Apply(Symbol of) => tape.Graph.Multiply(tape.Graph.Node("Where", [kept, of, tape.Graph.Scalar(0)], value.Shape), factor);
    }
}
