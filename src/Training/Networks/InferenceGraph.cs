using BrainTumorDicom.Training.Graph;

namespace BrainTumorDicom.Training.Networks;

/// <summary>The model as it is shipped: any number of slices in, logits, attention and features out.</summary>
internal static class InferenceGraph
{
    /// <summary>Writes model.onnx.</summary>
    /// <param name="network">The network.</param>
    /// <param name="size">Rows and columns of the input.</param>
    /// <param name="parameters">Its trained parameter vector.</param>
    /// <param name="statistics">Its statistics vector.</param>
    /// <returns>Input <c>input</c> [N,1,S,S]; outputs <c>logits</c> [N,classes], <c>attention</c> [N,classes,h,w], <c>features</c> [N,F].</returns>
    public static byte[] Write(ResidualNetwork network, int size, ReadOnlyMemory<float> parameters, ReadOnlyMemory<float> statistics)
    {
        var graph = new GraphBuilder(dynamicBatch: true);
        var tape = new Tape(graph);
        var input = graph.Input("input", ElementType.Float, 1, 1, size, size);
        var outputs = network.Build(tape, new FrozenParameters(tape, parameters, statistics), input);
        graph.Output(outputs.Logits, "logits");
        graph.Output(Attention(graph, outputs), "attention");
        graph.Output(outputs.Features, "features");
        return graph.ToModel();
    }

    // The class activation map (Zhou et al., 2016): the classifier applied at each place of the last feature map.
    // Its mean over the plane, plus the bias, is the logit.
    private static Symbol Attention(GraphBuilder graph, NetworkOutputs outputs)
    {
        var (classes, width) = (outputs.Classifier.Shape[0], outputs.Classifier.Shape[1]);
        var kernels = graph.Reshape(outputs.Classifier, classes, width, 1, 1);
        return graph.Node(
            "Conv",
            [outputs.Map, kernels],
            [outputs.Map.Shape[0], classes, outputs.Map.Shape[2], outputs.Map.Shape[3]],
            NodeAttribute.Of("kernel_shape", 1, 1));
    }
}
