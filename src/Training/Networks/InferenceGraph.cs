using BrainTumorDicom.Training.Graph;

namespace BrainTumorDicom.Training.Networks;

/// <summary>The model as it is shipped: any number of slices in, logits, attention and features out.</summary>
internal static class InferenceGraph
{
    /// <summary>Writes model.onnx.</summary>
    /// <param name="design">The network.</param>
    /// <param name="size">Rows and columns of the input.</param>
    /// <param name="parameters">Its trained parameter vector.</param>
    /// <param name="statistics">Its statistics vector.</param>
    /// <returns>Input <c>input</c> [N,1,S,S]; outputs <c>logits</c> [N,classes], <c>attention</c> [N,classes,h,w], <c>features</c> [N,F].</returns>
    public static byte[] Write(NetworkDesign design, int size, ReadOnlyMemory<float> parameters, ReadOnlyMemory<float> statistics)
    {
        var graph = new GraphBuilder(dynamicBatch: true);
        var tape = new Tape(graph);
        var input = graph.Input("input", ElementType.Float, 1, 1, size, size);
        var (outputs, _) = design.Build(tape, new FrozenParameters(tape, parameters, statistics), input);
        graph.Output(outputs.Logits, "logits");
        graph.Output(outputs.Attention!, "attention");
        graph.Output(outputs.Features, "features");
        return graph.ToModel();
    }
}
