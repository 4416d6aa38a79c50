using System.Buffers.Binary;
using System.Text;
using BrainTumorDicom.Dicom.UpperLayer;

namespace BrainTumorDicom.Dicom.Dimse;

/// <summary>The elements of a command set that our services need (PS3.7 §9.3, §10.3, §E.1), always in implicit VR little endian (§6.3.1).</summary>
internal readonly record struct CommandSet
{
    /// <summary>The Command Data Set Type that says there is none.</summary>
    internal const ushort NoDataSet = 0x0101;

    /// <summary>Affected SOP Class UID, or the Requested one of N-ACTION.</summary>
    internal string? SopClassUid { get; init; }

    internal ushort Field { get; init; }

    internal ushort MessageId { get; init; }

    internal ushort MessageIdBeingRespondedTo { get; init; }

    internal ushort DataSetType { get; init; }

    internal ushort? Status { get; init; }

    internal string? ErrorComment { get; init; }

    /// <summary>Affected SOP Instance UID, or the Requested one of N-ACTION.</summary>
    internal string? SopInstanceUid { get; init; }

    internal ushort? EventTypeId { get; init; }

    internal ushort? ActionTypeId { get; init; }

    internal bool HasDataSet => DataSetType != NoDataSet;

    internal bool IsResponse => (Field & CommandField.ResponseBit) != 0;

    private bool IsRequested => Field == CommandField.ActionRequest;

    private bool HasPriority => Field is CommandField.StoreRequest or CommandField.FindRequest;

    /// <param name="bytes">A whole command set.</param>
    /// <param name="likelySopClass">Taken in place of a new string where it is equal: on a context it nearly always is.</param>
    /// <exception cref="DicomProtocolException">Lengths lie, or Command Field is missing.</exception>
    internal static CommandSet Read(ReadOnlySpan<byte> bytes, string likelySopClass)
    {
        var command = new CommandSet { DataSetType = NoDataSet };
        while (!bytes.IsEmpty)
        {
            if (bytes.Length < 8 || BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]) > bytes.Length - 8)
            {
                throw new DicomProtocolException(AbortReason.InvalidPduParameterValue, "a command element is longer than the command set.");
            }

            var group = BinaryPrimitives.ReadUInt16LittleEndian(bytes);
            var element = BinaryPrimitives.ReadUInt16LittleEndian(bytes[2..]);
            var length = BinaryPrimitives.ReadInt32LittleEndian(bytes[4..]);
            var value = bytes.Slice(8, length);
            bytes = bytes[(8 + length)..];
            if (group != 0)
            {
                throw new DicomProtocolException(AbortReason.InvalidPduParameterValue, "a command set has elements outside group 0000.");
            }

            command = command.With(element, value, likelySopClass);
        }

        return command.Field != 0 ? command : throw new DicomProtocolException(AbortReason.InvalidPduParameterValue, "a command set has no Command Field.");
    }

    /// <summary>The bytes of the command set, with its group length.</summary>
    internal byte[] ToArray()
    {
        var comment = ErrorComment is { Length: > 64 } ? ErrorComment[..64] : ErrorComment;
        var length = 12 + (Field != 0 ? 10 : 0) + 10
            + TextLength(SopClassUid) + TextLength(SopInstanceUid) + TextLength(comment)
            + (HasPriority ? 10 : 0) + (IsResponse ? 10 + 10 : 10)
            + (EventTypeId is null ? 0 : 10) + (ActionTypeId is null ? 0 : 10);
        var bytes = new byte[length];
        var rest = bytes.AsSpan();
        BinaryPrimitives.WriteUInt32LittleEndian(rest[4..], 4);
        BinaryPrimitives.WriteUInt32LittleEndian(rest[8..], (uint)(length - 12));
        rest = rest[12..];
        WriteText(ref rest, IsRequested ? (ushort)0x0003 : (ushort)0x0002, SopClassUid, 0);
        WriteNumber(ref rest, 0x0100, Field);

        // A C-CANCEL names the request that it ends, and has no Message ID of its own (PS3.7 §9.3.2.3).
        var isAboutAnother = IsResponse || Field == CommandField.CancelRequest;
        WriteNumber(ref rest, isAboutAnother ? (ushort)0x0120 : (ushort)0x0110, isAboutAnother ? MessageIdBeingRespondedTo : MessageId);
        if (HasPriority)
        {
            // Priority: medium (PS3.7 §9.3.1.1, §9.3.2.1).
            WriteNumber(ref rest, 0x0700, 0);
        }

        WriteNumber(ref rest, 0x0800, DataSetType);
        if (IsResponse)
        {
            WriteNumber(ref rest, 0x0900, Status ?? 0);
        }

        WriteText(ref rest, 0x0902, comment, (byte)' ');
        WriteText(ref rest, IsRequested ? (ushort)0x1001 : (ushort)0x1000, SopInstanceUid, 0);
        WriteOptional(ref rest, 0x1002, EventTypeId);
        WriteOptional(ref rest, 0x1008, ActionTypeId);
        return bytes;
    }

    private CommandSet With(ushort element, ReadOnlySpan<byte> value, string likelySopClass) => element switch
    {
        0x0002 or 0x0003 => this with { SopClassUid = Text(value, likelySopClass) },
        0x0100 => this with { Field = Number(value) },
        0x0110 => this with { MessageId = Number(value) },
        0x0120 => this with { MessageIdBeingRespondedTo = Number(value) },
        0x0800 => this with { DataSetType = Number(value) },
        0x0900 => this with { Status = Number(value) },
        0x0902 => this with { ErrorComment = Text(value, "") },
        0x1000 or 0x1001 => this with { SopInstanceUid = Text(value, "") },
        0x1002 => this with { EventTypeId = Number(value) },
        0x1008 => this with { ActionTypeId = Number(value) },
        _ => this,
    };

    private static ushort Number(ReadOnlySpan<byte> value) => value.Length >= 2
        ? BinaryPrimitives.ReadUInt16LittleEndian(value)
        : throw new DicomProtocolException(AbortReason.InvalidPduParameterValue, "a command element has no room for its number.");

    private static string Text(ReadOnlySpan<byte> value, string likely)
    {
        value = value.Trim([(byte)' ', (byte)0]);
        return Ascii.Equals(value, likely) ? likely : Encoding.Latin1.GetString(value);
    }

    private static int TextLength(string? text) => text is null ? 0 : 8 + text.Length + (text.Length & 1);

    private static void WriteNumber(ref Span<byte> rest, ushort element, ushort value)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(rest[2..], element);
        rest[4] = 2;
        BinaryPrimitives.WriteUInt16LittleEndian(rest[8..], value);
        rest = rest[10..];
    }

    private static void WriteOptional(ref Span<byte> rest, ushort element, ushort? value)
    {
        if (value is { } number)
        {
            WriteNumber(ref rest, element, number);
        }
    }

    private static void WriteText(ref Span<byte> rest, ushort element, string? text, byte padding)
    {
        if (text is null)
        {
            return;
        }

        BinaryPrimitives.WriteUInt16LittleEndian(rest[2..], element);
        BinaryPrimitives.WriteInt32LittleEndian(rest[4..], text.Length + (text.Length & 1));
        Encoding.ASCII.GetBytes(text, rest[8..]);
        if ((text.Length & 1) != 0)
        {
            rest[8 + text.Length] = padding;
        }

        rest = rest[TextLength(text)..];
    }
}
