using BrainTumorDicom.Training.Graph.Onnx;
using Google.Protobuf;

namespace BrainTumorDicom.Training.Reporting.TensorBoard;

/// <summary>Shows the structure of an ONNX graph as TensorBoard draws graphs (tensorflow/core/framework/graph.proto).</summary>
internal static class GraphDefinition
{
    /// <summary>A serialised GraphDef: nodes by name, operation and the nodes they read.</summary>
    public static byte[] Of(byte[] model)
    {
        var graph = ModelProto.Parser.ParseFrom(model).Graph;
        var producers = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var node in graph.Node)
        {
            foreach (var output in node.Output)
            {
                producers[output] = node.Name;
            }
        }

        return EventWriter.Message(stream =>
        {
            foreach (var input in graph.Input)
            {
                Node(stream, input.Name, "Placeholder", []);
            }

            foreach (var constant in graph.Initializer)
            {
                Node(stream, constant.Name, "Const", []);
            }

            foreach (var node in graph.Node)
            {
                Node(stream, node.Name, node.OpType, node.Input.Where(input => input.Length > 0).Select(input => producers.GetValueOrDefault(input, input)));
            }
        });
    }

    private static void Node(CodedOutputStream stream, string name, string operation, IEnumerable<string> inputs)
    {
        var node = EventWriter.Message(inner =>
        {
            Text(inner, 1, name);
            Text(inner, 2, operation);
            foreach (var input in inputs)
            {
                Text(inner, 3, input);
            }
        });
        stream.WriteTag(1, WireFormat.WireType.LengthDelimited);
        stream.WriteBytes(ByteString.CopyFrom(node));
    }

    private static void Text(CodedOutputStream stream, int field, string text)
    {
        stream.WriteTag(field, WireFormat.WireType.LengthDelimited);
        stream.WriteString(text);
    }
}
