using System.Globalization;
using System.Runtime.InteropServices;
using BrainTumorDicom.Training.Graph.Onnx;
using Google.Protobuf;

namespace BrainTumorDicom.Training.Graph;

/// <summary>Writes an ONNX graph node by node, in the order of computation.</summary>
/// <param name="dynamicBatch">Whether the first extent of inputs and outputs is left open as N.</param>
internal sealed class GraphBuilder(bool dynamicBatch = false)
{
    // Opset 18 has every operator in use and is what the execution providers know best; IR 9 goes with it.
    private const int OperatorSet = 18;
    private const int IrVersion = 9;
    private const string MicrosoftDomain = "com.microsoft";

    private readonly GraphProto _graph = new() { Name = "BrainTumorDicom" };
    private readonly Dictionary<string, Symbol> _shared = [];
    private int _count;

    /// <summary>How many nodes there are.</summary>
    public int NodeCount => _graph.Node.Count;

    /// <summary>Declares an input. It may be declared after nodes that read it, once its extent is known.</summary>
    public Symbol Input(string name, ElementType type, params long[] shape)
    {
        _graph.Input.Add(new ValueInfoProto { Name = name, Type = TypeOf(type, shape) });
        return new Symbol(name, type, shape);
    }

    /// <summary>Makes <paramref name="value"/> an output of the graph under <paramref name="name"/>.</summary>
    public void Output(Symbol value, string name)
    {
        _graph.Node.Add(new NodeProto { OpType = "Identity", Name = NewName("Output"), Input = { value.Name }, Output = { name } });
        _graph.Output.Add(new ValueInfoProto { Name = name, Type = TypeOf(value.Type, value.Shape) });
    }

    /// <summary>A constant tensor.</summary>
    public Symbol Constant(ReadOnlySpan<float> values, params long[] shape) =>
        Initializer(NewName("c"), ElementType.Float, MemoryMarshal.AsBytes(values), shape);

    /// <summary>A constant tensor that people will look for by its name.</summary>
    public Symbol Named(string name, ReadOnlySpan<float> values, params long[] shape) =>
        Initializer(name, ElementType.Float, MemoryMarshal.AsBytes(values), shape);

    /// <summary>A constant of one element; equal ones are shared.</summary>
    public Symbol Scalar(float value) => Shared(
        "f" + value.ToString("R", CultureInfo.InvariantCulture),
        () => Constant([value], 1));

    /// <summary>A constant vector of integers; equal ones are shared.</summary>
    public Symbol Integers(params long[] values) => Shared(
        "i" + string.Join(',', values),
        () => Initializer(NewName("c"), ElementType.Int64, MemoryMarshal.AsBytes(values.AsSpan()), values.Length));

    /// <summary>A constant integer without extent, where an operator asks for a scalar.</summary>
    public Symbol Integer(long value) => Shared(
        "0" + value.ToString(CultureInfo.InvariantCulture),
        () => Initializer(NewName("c"), ElementType.Int64, MemoryMarshal.AsBytes(new ReadOnlySpan<long>(in value))));

    /// <summary>Adds a node with one floating point output. A missing optional input is <see langword="null"/>.</summary>
    public Symbol Node(string operation, Symbol?[] inputs, long[] shape, params AttributeProto[] attributes) =>
        Nodes(operation, inputs, [(ElementType.Float, shape)], attributes)[0];

    /// <summary>Adds a node with several outputs.</summary>
    public Symbol[] Nodes(string operation, Symbol?[] inputs, (ElementType Type, long[] Shape)[] outputs, params AttributeProto[] attributes)
    {
        var node = new NodeProto { OpType = operation, Name = NewName(operation), Domain = operation == "FusedMatMul" ? MicrosoftDomain : "" };
        node.Input.AddRange(inputs.Select(input => input?.Name ?? ""));
        node.Attribute.AddRange(attributes);
        var symbols = Array.ConvertAll(outputs, output => new Symbol(NewName("v"), output.Type, output.Shape));
        node.Output.AddRange(symbols.Select(symbol => symbol.Name));
        _graph.Node.Add(node);
        return symbols;
    }

    /// <summary>The whole graph as the bytes of an .onnx file.</summary>
    public byte[] ToModel()
    {
        var model = new ModelProto { IrVersion = IrVersion, ProducerName = "BrainTumorDicom", Graph = _graph };
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = OperatorSet });
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = MicrosoftDomain, Version = 1 });
        return model.ToByteArray();
    }

    private Symbol Shared(string key, Func<Symbol> make)
    {
        if (!_shared.TryGetValue(key, out var symbol))
        {
            _shared[key] = symbol = make();
        }

        return symbol;
    }

    private Symbol Initializer(string name, ElementType type, ReadOnlySpan<byte> raw, params long[] shape)
    {
        var tensor = new TensorProto { Name = name, DataType = (int)type, RawData = ByteString.CopyFrom(raw) };
        tensor.Dims.AddRange(shape);
        _graph.Initializer.Add(tensor);
        return new Symbol(tensor.Name, type, shape);
    }

    private string NewName(string prefix) => prefix + "_" + (_count++).ToString(CultureInfo.InvariantCulture);

    private TypeProto TypeOf(ElementType type, long[] shape)
    {
        var extents = new TensorShapeProto();
        for (var i = 0; i < shape.Length; i++)
        {
            extents.Dim.Add(dynamicBatch && i == 0
                ? new TensorShapeProto.Types.Dimension { DimParam = "N" }
                : new TensorShapeProto.Types.Dimension { DimValue = shape[i] });
        }

        return new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)type, Shape = extents } };
    }
}
