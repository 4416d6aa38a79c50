using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace BrainTumorDicom.Dicom.UpperLayer;

/// <summary>A growing pooled buffer in which PDUs are written, numbers in big endian (PS3.8 §9.3.1), lengths filled in afterwards.</summary>
internal sealed class PduBuffer : IDisposable
{
    private byte[] bytes = ArrayPool<byte>.Shared.Rent(4096);
    private int count;

    internal ReadOnlyMemory<byte> Written => bytes.AsMemory(0, count);

    internal int Count => count;

    internal void Clear() => count = 0;

    internal Span<byte> Append(int length)
    {
        if (bytes.Length - count < length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(bytes.Length * 2, count + length));
            bytes.AsSpan(0, count).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(bytes);
            bytes = larger;
        }

        var span = bytes.AsSpan(count, length);
        count += length;
        return span;
    }

    internal void Byte(byte value) => Append(1)[0] = value;

    internal void UInt16(ushort value) => BinaryPrimitives.WriteUInt16BigEndian(Append(2), value);

    internal void UInt32(uint value) => BinaryPrimitives.WriteUInt32BigEndian(Append(4), value);

    internal void Bytes(ReadOnlySpan<byte> value) => value.CopyTo(Append(value.Length));

    internal void Zeros(int length) => Append(length).Clear();

    internal void Ascii(string text) => Encoding.ASCII.GetBytes(text, Append(text.Length));

    /// <summary>Text after its length in two bytes.</summary>
    internal void CountedAscii(string text)
    {
        UInt16(checked((ushort)text.Length));
        Ascii(text);
    }

    internal int BeginPdu(PduType type)
    {
        Byte((byte)type);
        Byte(0);
        UInt32(0);
        return count;
    }

    internal void EndPdu(int start) => BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(start - 4), (uint)(count - start));

    internal int BeginItem(ItemType type)
    {
        Byte((byte)type);
        Byte(0);
        UInt16(0);
        return count;
    }

    internal void EndItem(int start) => BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(start - 2), checked((ushort)(count - start)));

    internal void TextItem(ItemType type, string text)
    {
        var start = BeginItem(type);
        Ascii(text);
        EndItem(start);
    }

    public void Dispose()
    {
        if (bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(bytes);
            bytes = [];
            count = 0;
        }
    }
}
