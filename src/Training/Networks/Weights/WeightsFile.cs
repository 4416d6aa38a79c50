using System.Runtime.InteropServices;
using BrainTumorDicom.Training.Graph.Onnx;
using Google.Protobuf;

namespace BrainTumorDicom.Training.Networks.Weights;

/// <summary>The layers of an ONNX file, in the order of computation.</summary>
internal sealed class WeightsFile
{
    private const int SinglePrecision = 1;
    private const int HalfPrecision = 10;
    private const int DoublePrecision = 11;

    private readonly string _path;
    private readonly GraphProto _graph;
    private readonly Dictionary<string, TensorProto> _tensors = [];
    private readonly Dictionary<string, string> _aliases = [];

    private WeightsFile(string path, GraphProto graph)
    {
        (_path, _graph) = (path, graph);
        foreach (var tensor in graph.Initializer)
        {
            _tensors[tensor.Name] = tensor;
        }

        foreach (var node in graph.Node)
        {
            // PyTorch's exporter writes equal initialisers once and the others as their copies; others write constants as nodes.
            if (node is { OpType: "Identity", Input.Count: 1 })
            {
                _aliases[node.Output[0]] = node.Input[0];
            }
            else if (node.OpType == "Constant" && node.Attribute.FirstOrDefault(attribute => attribute.Name == "value")?.T is { } value)
            {
                _tensors[node.Output[0]] = value;
            }
        }
    }

    /// <summary>Reads the layers of a file.</summary>
    /// <exception cref="TrainingException">It is no ONNX file, or keeps its weights elsewhere.</exception>
    public static IReadOnlyList<FileLayer> Read(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            var model = ModelProto.Parser.ParseFrom(stream);
            var layers = model.Graph is { } graph ? new WeightsFile(path, graph).Layers().ToList() : [];
            return layers.Count > 0 ? layers : throw new TrainingException($"The weights {path} have no layers: is it an ONNX file?");
        }
        catch (Exception error) when (error is InvalidProtocolBufferException or IOException or UnauthorizedAccessException)
        {
            throw new TrainingException($"The weights {path} cannot be read as an ONNX file: {error.Message.ReplaceLineEndings(" ")}", error);
        }
    }

    private IEnumerable<FileLayer> Layers()
    {
        foreach (var node in _graph.Node)
        {
            var layer = node.OpType switch
            {
                "Conv" => Convolution(node),
                "BatchNormalization" => Normalization(node),
                "Gemm" => Gemm(node),
                "MatMul" => Product(node),
                _ => null,
            };
            if (layer is not null)
            {
                yield return layer;
            }
        }
    }

    private FileLayer? Convolution(NodeProto node) => Tensor(node, 1) is { Shape.Length: 4 } kernels
        ? new FileLayer(LayerKind.Convolution, NameOf(node, 1), kernels, Tensor(node, 2))
        {
            Stride = Attribute(node, "strides")?.Ints.FirstOrDefault() ?? 1,
            Groups = Attribute(node, "group")?.I ?? 1,
        }
        : null;

    private FileLayer? Normalization(NodeProto node) => Tensor(node, 1) is { } scale
        ? new FileLayer(LayerKind.Normalization, NameOf(node, 1), scale, Tensor(node, 2))
        {
            Mean = Tensor(node, 3),
            Variance = Tensor(node, 4),
            Epsilon = Attribute(node, "epsilon")?.F ?? 1e-5f,
        }
        : null;

    private FileLayer? Gemm(NodeProto node) => Tensor(node, 1) is { Shape.Length: 2 } weights
        ? new FileLayer(
            LayerKind.Dense, NameOf(node, 1), Attribute(node, "transB")?.I == 1 ? weights : weights.Transposed(), Tensor(node, 2))
        : null;

    // The bias is an Add of its own.
    private FileLayer? Product(NodeProto node)
    {
        if (Tensor(node, 1) is not { Shape.Length: 2 } weights)
        {
            return null;
        }

        var sum = _graph.Node.FirstOrDefault(other => other.OpType == "Add" && other.Input.Contains(node.Output[0]));
        var bias = sum is null ? null : Tensor(sum, sum.Input[0] == node.Output[0] ? 1 : 0);
        return new FileLayer(LayerKind.Dense, NameOf(node, 1), weights.Transposed(), bias is { Shape.Length: 1 } ? bias : null);
    }

    private static AttributeProto? Attribute(NodeProto node, string name) => node.Attribute.FirstOrDefault(attribute => attribute.Name == name);

    private static string NameOf(NodeProto node, int input) => node.Input[input];

    private FileTensor? Tensor(NodeProto node, int input)
    {
        if (input >= node.Input.Count)
        {
            return null;
        }

        var name = node.Input[input];
        while (!_tensors.ContainsKey(name) && _aliases.TryGetValue(name, out var original))
        {
            name = original;
        }

        return _tensors.TryGetValue(name, out var tensor) ? new FileTensor([.. tensor.Dims], Values(tensor)) : null;
    }

    private float[] Values(TensorProto tensor)
    {
        var raw = tensor.RawData.Span;
        float[] values = tensor.DataType switch
        {
            SinglePrecision when raw.Length > 0 => MemoryMarshal.Cast<byte, float>(raw).ToArray(),
            SinglePrecision => [.. tensor.FloatData],
            HalfPrecision => Array.ConvertAll(MemoryMarshal.Cast<byte, Half>(raw).ToArray(), value => (float)value),
            DoublePrecision when raw.Length > 0 => Array.ConvertAll(MemoryMarshal.Cast<byte, double>(raw).ToArray(), value => (float)value),
            DoublePrecision => [.. tensor.DoubleData.Select(value => (float)value)],
            _ => [],
        };
        return values.Length == tensor.Dims.Aggregate(1L, (product, extent) => product * extent)
            ? values
            : throw new TrainingException(
                $"The weights {_path} do not hold {tensor.Name}: export the network as one file, with 32-bit floating point weights inside.");
    }
}
