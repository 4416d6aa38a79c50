using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace BrainTumorDicom.Dicom.UpperLayer;

/// <summary>Walks the items of an A-ASSOCIATE PDU: type, reserved byte, length in two bytes, value.</summary>
internal ref struct ItemReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> rest = bytes;

    /// <summary>The next item, or <see langword="false"/> at the end.</summary>
    /// <exception cref="DicomProtocolException">An item is longer than what holds it.</exception>
    internal bool TryNext(out ItemType type, out ReadOnlySpan<byte> value)
    {
        type = default;
        value = default;
        if (rest.IsEmpty)
        {
            return false;
        }

        if (rest.Length < 4)
        {
            throw Invalid("an item of {0} bytes has no room for its header.", rest.Length);
        }

        var length = BinaryPrimitives.ReadUInt16BigEndian(rest[2..]);
        if (length > rest.Length - 4)
        {
            throw Invalid("an item claims more than the {0} bytes that are left.", rest.Length - 4);
        }

        type = (ItemType)rest[0];
        value = rest.Slice(4, length);
        rest = rest[(4 + length)..];
        return true;
    }

    /// <summary>A UID or name; padding is trimmed, as some peers pad to even length.</summary>
    internal static string Text(ReadOnlySpan<byte> value) => Encoding.Latin1.GetString(value.Trim([(byte)' ', (byte)0]));

    /// <summary>Takes a field of fixed length off the front.</summary>
    /// <exception cref="DicomProtocolException">It is not there.</exception>
    internal static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> value, int length)
    {
        if (value.Length < length)
        {
            throw Invalid("a field is cut short: {0} bytes are left.", value.Length);
        }

        var taken = value[..length];
        value = value[length..];
        return taken;
    }

    /// <summary>Takes a field after its length in two bytes off the front.</summary>
    internal static ReadOnlySpan<byte> TakeCounted(ref ReadOnlySpan<byte> value) =>
        Take(ref value, BinaryPrimitives.ReadUInt16BigEndian(Take(ref value, 2)));

    private static DicomProtocolException Invalid(string format, int number) =>
        new(AbortReason.InvalidPduParameterValue, "A-ASSOCIATE: " + string.Format(CultureInfo.InvariantCulture, format, number));
}
