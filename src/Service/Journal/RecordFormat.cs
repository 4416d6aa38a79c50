using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace BrainTumorDicom.Service.Journal;

/// <summary>
/// The bytes of a journal record. All numbers little endian:
/// <code>
///  0  8  magic
///  8  1  version (2)
///  9  1  kind
/// 10  2  H, length of the header
/// 12  4  M, length of the Part 10 preamble and File Meta Information
/// 16  8  D, length of the data set
/// 24  4  CRC-32C of the data set
/// 28  4  CRC-32C of bytes 0 to 27, the header and the meta information
/// 32  H  header: association, time, variant, calling AE, UIDs
///     M  preamble, "DICM", group 0002 (PS3.10 §7.1)
///     D  the data set exactly as received
///        zeros to the end of the block (<see cref="SegmentFile.BlockLength"/>): the next record begins on a block
/// </code>
/// The two checksums part what says how long the record is from what may be large: a record whose data set is damaged still
/// shows where the next one begins.
/// </summary>
internal static class RecordFormat
{
    /// <summary>Length of the part before the header.</summary>
    public const int PrefixLength = 32;

    /// <summary>Most bytes of header and meta information that a record may claim: a resource limit for reading damaged ones.</summary>
    public const int MaximumHeadLength = 64 * 1024;

    private const byte Version = 2;
    private const int HeadChecksumOffset = 28;

    /// <summary>How each record begins. The first byte is no text, the line ends show a transfer that mangled them.</summary>
    public static ReadOnlySpan<byte> Magic => [0x9B, (byte)'B', (byte)'T', (byte)'D', (byte)'R', 0x0D, 0x0A, 0x1A];

    /// <summary>Writes everything of a record but its data set.</summary>
    /// <param name="head">Receives prefix, header and meta information; cleared first.</param>
    /// <param name="header">What the record says of its object.</param>
    /// <param name="writeMeta">Writes preamble and File Meta Information; writes nothing in a record without an object.</param>
    /// <param name="dataLength">Length of the data set that follows.</param>
    /// <param name="dataChecksum">CRC-32C of it.</param>
    public static void WriteHead(
        ArrayBufferWriter<byte> head, RecordHeader header, Action<IBufferWriter<byte>>? writeMeta, long dataLength, uint dataChecksum)
    {
        head.ResetWrittenCount();
        head.GetSpan(PrefixLength)[..PrefixLength].Clear();
        head.Advance(PrefixLength);
        WriteHeader(head, header);
        var headerLength = head.WrittenCount - PrefixLength;
        writeMeta?.Invoke(head);

        // The buffer's own array, written again at its beginning now that the lengths are known.
        var bytes = System.Runtime.InteropServices.MemoryMarshal.AsMemory(head.WrittenMemory).Span;
        Magic.CopyTo(bytes);
        bytes[8] = Version;
        bytes[9] = (byte)header.Kind;
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[10..], checked((ushort)headerLength));
        BinaryPrimitives.WriteInt32LittleEndian(bytes[12..], bytes.Length - PrefixLength - headerLength);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[16..], dataLength);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[24..], dataChecksum);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[HeadChecksumOffset..], HeadChecksum(bytes));
    }

    /// <summary>Reads the lengths from the first bytes of a record.</summary>
    /// <param name="prefix">At least <see cref="PrefixLength"/> bytes.</param>
    /// <param name="lengths">Not to be trusted before <see cref="TryReadHead"/> has checked the whole head.</param>
    /// <returns><see langword="false"/> when no record of a known version begins here.</returns>
    public static bool TryReadLengths(ReadOnlySpan<byte> prefix, out RecordLengths lengths)
    {
        lengths = default;
        if (!prefix.StartsWith(Magic) || prefix[8] != Version)
        {
            return false;
        }

        var header = BinaryPrimitives.ReadUInt16LittleEndian(prefix[10..]);
        var meta = BinaryPrimitives.ReadInt32LittleEndian(prefix[12..]);
        var data = BinaryPrimitives.ReadInt64LittleEndian(prefix[16..]);
        if (meta < 0 || data < 0 || header + (long)meta > MaximumHeadLength || data > long.MaxValue / 2)
        {
            return false;
        }

        lengths = new RecordLengths(header, meta, data);
        return true;
    }

    /// <summary>Reads a whole head (prefix, header and meta information) and checks it.</summary>
    /// <returns><see langword="false"/> when the checksum does not match, or the header cannot be.</returns>
    public static bool TryReadHead(ReadOnlySpan<byte> head, RecordLengths lengths, out RecordHeader? header, out uint dataChecksum)
    {
        header = null;
        dataChecksum = BinaryPrimitives.ReadUInt32LittleEndian(head[24..]);
        return BinaryPrimitives.ReadUInt32LittleEndian(head[HeadChecksumOffset..]) == HeadChecksum(head)
            && TryReadHeader((JournalRecordKind)head[9], head.Slice(PrefixLength, lengths.Header), out header);
    }

    private static uint HeadChecksum(ReadOnlySpan<byte> head) =>
        default(Crc32C).Append(head[..HeadChecksumOffset]).Append(head[PrefixLength..]).Value;

    private static void WriteHeader(ArrayBufferWriter<byte> output, RecordHeader header)
    {
        var numbers = output.GetSpan(21);
        BinaryPrimitives.WriteInt64LittleEndian(numbers, header.AssociationId);
        BinaryPrimitives.WriteInt64LittleEndian(numbers[8..], header.Received.ToUnixTimeMilliseconds());
        BinaryPrimitives.WriteInt32LittleEndian(numbers[16..], header.Variant);
        numbers[20] = (byte)(header.Outcome ?? 0);
        output.Advance(21);
        WriteText(output, header.CallingAe);
        WriteText(output, header.SopClassUid);
        WriteText(output, header.SopInstanceUid);
        WriteText(output, header.TransferSyntaxUid);
        WriteText(output, header.StudyInstanceUid);
        WriteText(output, header.SeriesInstanceUid);
        WriteText(output, header.Modality);
    }

    private static void WriteText(ArrayBufferWriter<byte> output, string text)
    {
        var span = output.GetSpan(1 + text.Length);
        span[0] = checked((byte)text.Length);
        output.Advance(1 + Encoding.Latin1.GetBytes(text, span[1..]));
    }

    private static bool TryReadHeader(JournalRecordKind kind, ReadOnlySpan<byte> bytes, out RecordHeader? header)
    {
        header = null;
        if (bytes.Length < 21)
        {
            return false;
        }

        // A sound checksum says that the bytes are as they were written, not that they were written here.
        var received = BinaryPrimitives.ReadInt64LittleEndian(bytes[8..]);
        if (received < DateTimeOffset.MinValue.ToUnixTimeMilliseconds() || received > DateTimeOffset.MaxValue.ToUnixTimeMilliseconds())
        {
            return false;
        }

        var texts = new string[7];
        var rest = bytes[21..];
        for (var i = 0; i < texts.Length; i++)
        {
            if (rest.IsEmpty || rest.Length < 1 + rest[0])
            {
                return false;
            }

            texts[i] = Encoding.Latin1.GetString(rest.Slice(1, rest[0]));
            rest = rest[(1 + rest[0])..];
        }

        header = new RecordHeader
        {
            Kind = kind,
            AssociationId = BinaryPrimitives.ReadInt64LittleEndian(bytes),
            Received = DateTimeOffset.FromUnixTimeMilliseconds(received),
            Variant = BinaryPrimitives.ReadInt32LittleEndian(bytes[16..]),
            Outcome = bytes[20] == 0 ? null : (SegmentOutcome)bytes[20],
            CallingAe = texts[0],
            SopClassUid = texts[1],
            SopInstanceUid = texts[2],
            TransferSyntaxUid = texts[3],
            StudyInstanceUid = texts[4],
            SeriesInstanceUid = texts[5],
            Modality = texts[6],
        };
        return true;
    }
}
