using System.Buffers.Binary;
using System.Text;

namespace BrainTumorDicom.Classification.Tests.Model;

/// <summary>Writes the few fields of onnx.proto that a small inference graph needs, as protobuf wire format.</summary>
internal sealed class OnnxWriter : IDisposable
{
    private readonly MemoryStream graph = new();

    public void Dispose() => graph.Dispose();

    /// <summary>The whole ModelProto: IR version 8, opset 17.</summary>
    public byte[] ToModel()
    {
        var model = new MemoryStream();
        Number(model, 1, 8);
        Bytes(model, 7, graph.ToArray());
        var opset = new MemoryStream();
        Bytes(opset, 1, []);
        Number(opset, 2, 17);
        Bytes(model, 8, opset.ToArray());
        return model.ToArray();
    }

    /// <summary>A node with integer-list attributes.</summary>
    public OnnxWriter Node(string operation, string[] inputs, string output, params (string Name, long[] Values)[] attributes)
    {
        var node = new MemoryStream();
        foreach (var input in inputs)
        {
            Text(node, 1, input);
        }

        Text(node, 2, output);
        Text(node, 4, operation);
        foreach (var (name, values) in attributes)
        {
            var attribute = new MemoryStream();
            Text(attribute, 1, name);
            foreach (var value in values)
            {
                // A single value is written as INT, more as INTS.
                Number(attribute, values.Length == 1 ? 3 : 8, value);
            }

            Number(attribute, 20, values.Length == 1 ? 2 : 7);
            Bytes(node, 5, attribute.ToArray());
        }

        Bytes(graph, 1, node.ToArray());
        return this;
    }

    /// <summary>A float32 constant.</summary>
    public OnnxWriter Constant(string name, long[] dimensions, params float[] values)
    {
        var tensor = new MemoryStream();
        foreach (var dimension in dimensions)
        {
            Number(tensor, 1, dimension);
        }

        Number(tensor, 2, 1);
        Text(tensor, 8, name);
        var raw = new byte[values.Length * 4];
        for (var i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(raw.AsSpan(i * 4), values[i]);
        }

        Bytes(tensor, 9, raw);
        Bytes(graph, 5, tensor.ToArray());
        return this;
    }

    /// <summary>The graph's name, which must not be empty.</summary>
    public OnnxWriter Name(string name)
    {
        Text(graph, 2, name);
        return this;
    }

    /// <summary>A float32 input whose first dimension is free.</summary>
    public OnnxWriter Input(string name, params long[] dimensionsAfterBatch) => Value(11, name, dimensionsAfterBatch);

    /// <summary>A float32 output whose first dimension is free.</summary>
    public OnnxWriter Output(string name, params long[] dimensionsAfterBatch) => Value(12, name, dimensionsAfterBatch);

    private OnnxWriter Value(int field, string name, long[] dimensions)
    {
        var shape = new MemoryStream();
        var batch = new MemoryStream();
        Text(batch, 2, "N");
        Bytes(shape, 1, batch.ToArray());
        foreach (var dimension in dimensions)
        {
            var size = new MemoryStream();
            Number(size, 1, dimension);
            Bytes(shape, 1, size.ToArray());
        }

        var tensor = new MemoryStream();
        Number(tensor, 1, 1);
        Bytes(tensor, 2, shape.ToArray());
        var type = new MemoryStream();
        Bytes(type, 1, tensor.ToArray());
        var value = new MemoryStream();
        Text(value, 1, name);
        Bytes(value, 2, type.ToArray());
        Bytes(graph, field, value.ToArray());
        return this;
    }

    private static void Text(MemoryStream stream, int field, string text) => Bytes(stream, field, Encoding.UTF8.GetBytes(text));

    private static void Bytes(MemoryStream stream, int field, byte[] bytes)
    {
        Varint(stream, (ulong)((field << 3) | 2));
        Varint(stream, (ulong)bytes.Length);
        stream.Write(bytes);
    }

    private static void Number(MemoryStream stream, int field, long value)
    {
        Varint(stream, (ulong)(field << 3));
        Varint(stream, (ulong)value);
    }

    private static void Varint(MemoryStream stream, ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            stream.WriteByte((byte)(value | 0x80));
        }

        stream.WriteByte((byte)value);
    }
}
