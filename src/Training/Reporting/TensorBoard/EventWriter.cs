using System.Buffers.Binary;
using System.Numerics;
using Google.Protobuf;

namespace BrainTumorDicom.Training.Reporting.TensorBoard;

/// <summary>
/// Writes TensorBoard event files: records of length, masked CRC-32C of the length, an <c>Event</c> message, masked CRC-32C of
/// the message (tensorflow/core/lib/io/record_writer.h; event.proto, summary.proto).
/// </summary>
internal sealed class EventWriter(Stream output)
{
    private const int WallTime = 1;
    private const int Step = 2;
    private const int FileVersion = 3;
    private const int GraphDefinition = 4;
    private const int Summary = 5;

    /// <summary>The first record of a file.</summary>
    public void WriteVersion(DateTimeOffset time) => Write(time, 0, stream =>
    {
        stream.WriteTag(FileVersion, WireFormat.WireType.LengthDelimited);
        stream.WriteString("brain.Event:2");
    });

    /// <summary>The structure of a network, as a serialised GraphDef.</summary>
    public void WriteGraph(DateTimeOffset time, byte[] graph) => Write(time, 0, stream =>
    {
        stream.WriteTag(GraphDefinition, WireFormat.WireType.LengthDelimited);
        stream.WriteBytes(ByteString.CopyFrom(graph));
    });

    /// <summary>A number.</summary>
    public void WriteScalar(DateTimeOffset time, long step, string tag, double value) => WriteSummary(time, step, tag, stream =>
    {
        stream.WriteTag(2, WireFormat.WireType.Fixed32);
        stream.WriteFloat((float)value);
    });

    /// <summary>A picture.</summary>
    public void WriteImage(DateTimeOffset time, long step, string tag, Picture picture) => WriteSummary(time, step, tag, stream =>
    {
        var image = Message(inner =>
        {
            Integer(inner, 1, picture.Rows);
            Integer(inner, 2, picture.Columns);
            Integer(inner, 3, 3);
            inner.WriteTag(4, WireFormat.WireType.LengthDelimited);
            inner.WriteBytes(ByteString.CopyFrom(picture.ToPng()));
        });
        stream.WriteTag(4, WireFormat.WireType.LengthDelimited);
        stream.WriteBytes(ByteString.CopyFrom(image));
    });

    /// <summary>Bytes of a message that <paramref name="write"/> writes the fields of.</summary>
    internal static byte[] Message(Action<CodedOutputStream> write)
    {
        using var bytes = new MemoryStream();
        using (var stream = new CodedOutputStream(bytes, leaveOpen: true))
        {
            write(stream);
        }

        return bytes.ToArray();
    }

    private static void Integer(CodedOutputStream stream, int field, long value)
    {
        stream.WriteTag(field, WireFormat.WireType.Varint);
        stream.WriteInt64(value);
    }

    private void WriteSummary(DateTimeOffset time, long step, string tag, Action<CodedOutputStream> value) => Write(time, step, stream =>
    {
        var one = Message(inner =>
        {
            inner.WriteTag(1, WireFormat.WireType.LengthDelimited);
            inner.WriteString(tag);
            value(inner);
        });
        var summary = Message(inner =>
        {
            inner.WriteTag(1, WireFormat.WireType.LengthDelimited);
            inner.WriteBytes(ByteString.CopyFrom(one));
        });
        stream.WriteTag(Summary, WireFormat.WireType.LengthDelimited);
        stream.WriteBytes(ByteString.CopyFrom(summary));
    });

    private void Write(DateTimeOffset time, long step, Action<CodedOutputStream> what)
    {
        var message = Message(stream =>
        {
            stream.WriteTag(WallTime, WireFormat.WireType.Fixed64);
            stream.WriteDouble(time.ToUnixTimeMilliseconds() / 1000.0);
            Integer(stream, Step, step);
            what(stream);
        });
        Span<byte> frame = stackalloc byte[12];
        BinaryPrimitives.WriteUInt64LittleEndian(frame, (ulong)message.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(frame[8..], Masked(frame[..8]));
        output.Write(frame);
        output.Write(message);
        BinaryPrimitives.WriteUInt32LittleEndian(frame, Masked(message));
        output.Write(frame[..4]);
    }

    private static uint Masked(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc = BitOperations.Crc32C(crc, value);
        }

        return unchecked(BitOperations.RotateRight(~crc, 15) + 0xA282EAD8);
    }
}
