using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace BrainTumorDicom.Service.Receive;

/// <summary>Walks over the elements of a data set (PS3.5 §7.1), skipping their values.</summary>
internal ref struct ElementWalk
{
    private const uint Undefined = 0xFFFFFFFF;
    private const uint Item = 0xFFFEE000;
    private const uint ItemDelimitation = 0xFFFEE00D;
    private const uint SequenceDelimitation = 0xFFFEE0DD;
    private const uint SopClassUid = 0x00080016;
    private const uint SopInstanceUid = 0x00080018;
    private const uint Modality = 0x00080060;
    private const uint Manufacturer = 0x00080070;
    private const uint ManufacturerModelName = 0x00081090;
    private const uint StudyInstanceUid = 0x0020000D;
    private const uint SeriesInstanceUid = 0x0020000E;
    private const uint PixelData = 0x7FE00010;

    // Two spaces stand for a VR that the writer could not tell, with the short length.
    private const ushort Blank = 0x2020;

    // Deeper than any template nests; keeps a hostile data set from overflowing the stack.
    private const int MaximumDepth = 64;

    // A UID has at most 64 characters (PS3.5 §9.1); anything much longer is no value to file by.
    private const int MaximumText = 128;

    private readonly bool explicitVr;
    private bool bigEndian;
    private SequenceReader<byte> reader;
    private DataSetIndex index = new();

    /// <summary>Stands before the first element of <paramref name="data"/>.</summary>
    public ElementWalk(ReadOnlySequence<byte> data, bool explicitVr, bool bigEndian)
    {
        reader = new SequenceReader<byte>(data);
        this.explicitVr = explicitVr;
        this.bigEndian = bigEndian;
    }

    /// <summary>Walks to the end, or with <paramref name="headOnly"/> no further than the last attribute that is wanted.</summary>
    public DataSetIndex Run(bool headOnly)
    {
        if (reader.End)
        {
            return new DataSetIndex { Problem = "the data set is empty" };
        }

        while (!reader.End)
        {
            var start = reader.Consumed;
            if (start > 0 && IsPadding())
            {
                break;
            }

            if (!TryReadHeader(explicitVr, out var tag, out var vr, out var length))
            {
                return Fail($"no element at byte {start}");
            }

            if (tag >> 16 < 0x0008)
            {
                return Fail($"{Name(tag)} at byte {start} does not belong in a data set");
            }

            if (headOnly && tag > SeriesInstanceUid)
            {
                break;
            }

            if (!TryTake(tag, vr, length))
            {
                return Fail($"{Name(tag)} at byte {start} claims more than is there");
            }
        }

        return index;
    }

    private static string Name(uint tag) => string.Create(CultureInfo.InvariantCulture, $"({tag >> 16:X4},{tag & 0xFFFF:X4})");

    private readonly DataSetIndex Fail(string problem) => index with { Problem = problem };

    /// <summary>
    /// Nothing but zeros to the end: some writers fill up with them, and the reader of the analysis takes that the same way. Fewer
    /// than a header has bytes may as well be the start of an element that was cut off.
    /// </summary>
    private readonly bool IsPadding()
    {
        if (reader.Remaining < 8)
        {
            return false;
        }

        var ahead = reader;
        ahead.AdvancePast((byte)0);
        return ahead.End;
    }

    private bool TryTake(uint tag, ushort vr, uint length)
    {
        if (length == Undefined)
        {
            return TrySkipUndefined(tag, vr, explicitVr, depth: 0);
        }

        if (length > reader.Remaining)
        {
            return false;
        }

        if (tag <= SeriesInstanceUid && length <= MaximumText)
        {
            Take(tag, (int)length);
        }

        reader.Advance(length);
        return true;
    }

    private void Take(uint tag, int length)
    {
        index = tag switch
        {
            SopClassUid => index with { SopClassUid = Text(length) },
            SopInstanceUid => index with { SopInstanceUid = Text(length) },
            Modality => index with { Modality = Text(length) },
            Manufacturer => index with { Manufacturer = Text(length) },
            ManufacturerModelName => index with { ManufacturerModelName = Text(length) },
            StudyInstanceUid => index with { StudyInstanceUid = Text(length) },
            SeriesInstanceUid => index with { SeriesInstanceUid = Text(length) },
            _ => index,
        };
    }

    /// <summary>A value padded with NUL (UI) or spaces (CS), PS3.5 §6.2.</summary>
    private readonly string Text(int length)
    {
        Span<byte> bytes = stackalloc byte[MaximumText];
        bytes = bytes[..length];
        _ = reader.TryCopyTo(bytes);
        return Encoding.Latin1.GetString(bytes.Trim((ReadOnlySpan<byte>)[0, (byte)' ']));
    }

    private bool TryReadHeader(bool withVr, out uint tag, out ushort vr, out uint length)
    {
        vr = 0;
        length = 0;
        Span<byte> bytes = stackalloc byte[8];
        tag = 0;
        if (!reader.TryCopyTo(bytes))
        {
            return false;
        }

        reader.Advance(8);
        tag = ((uint)UInt16(bytes) << 16) | UInt16(bytes[2..]);
        if (!withVr || tag >> 16 == 0xFFFE)
        {
            length = UInt32(bytes[4..]);
            return true;
        }

        vr = BinaryPrimitives.ReadUInt16BigEndian(bytes[4..]);
        if (vr != Blank && !(char.IsAsciiLetterUpper((char)bytes[4]) && char.IsAsciiLetterUpper((char)bytes[5])))
        {
            // Some writers fall back to implicit VR for single elements; the reader of the analysis takes them the same way.
            vr = 0;
            length = UInt32(bytes[4..]);
            return true;
        }

        if (vr == Blank || HasShortLength(vr))
        {
            length = UInt16(bytes[6..]);
            return true;
        }

        if (!reader.TryCopyTo(bytes[..4]))
        {
            return false;
        }

        reader.Advance(4);
        length = UInt32(bytes);
        return true;
    }

    private readonly ushort UInt16(ReadOnlySpan<byte> bytes) =>
        bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    private readonly uint UInt32(ReadOnlySpan<byte> bytes) =>
        bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);

    /// <summary>The VRs of PS3.5 Table 7.1-2; all others, also ones yet unknown, have 32-bit lengths (Table 7.1-1).</summary>
    private static bool HasShortLength(ushort vr) => vr is
        ('A' << 8 | 'E') or ('A' << 8 | 'S') or ('A' << 8 | 'T') or ('C' << 8 | 'S') or ('D' << 8 | 'A') or ('D' << 8 | 'S')
        or ('D' << 8 | 'T') or ('F' << 8 | 'L') or ('F' << 8 | 'D') or ('I' << 8 | 'S') or ('L' << 8 | 'O') or ('L' << 8 | 'T')
        or ('P' << 8 | 'N') or ('S' << 8 | 'H') or ('S' << 8 | 'L') or ('S' << 8 | 'S') or ('S' << 8 | 'T') or ('T' << 8 | 'M')
        or ('U' << 8 | 'I') or ('U' << 8 | 'L') or ('U' << 8 | 'S');

    /// <summary>Skips a value of undefined length: the fragments of pixel data (PS3.5 §A.4), or the items of a sequence (§7.5).</summary>
    private bool TrySkipUndefined(uint tag, ushort vr, bool withVr, int depth)
    {
        if (depth > MaximumDepth)
        {
            return false;
        }

        var fragments = vr != ('S' << 8 | 'Q') && (tag == PixelData || vr >> 8 == 'O');

        // The items of an unknown VR are in implicit VR little endian whatever the rest is (PS3.5 §6.2.2 note 2).
        var unknown = vr == ('U' << 8 | 'N');
        var order = bigEndian;
        bigEndian = order && !unknown;
        var whole = TrySkipItems(fragments, withVr && !unknown, depth);
        bigEndian = order;
        return whole;
    }

    private bool TrySkipItems(bool fragments, bool withVr, int depth)
    {
        var items = 0;
        while (TryReadHeader(withVr: false, out var item, out _, out var length))
        {
            if (item == SequenceDelimitation)
            {
                return true;
            }

            if (item != Item || (fragments && length == Undefined))
            {
                return false;
            }

            if (length != Undefined)
            {
                if (length > reader.Remaining)
                {
                    return false;
                }

                reader.Advance(length);
            }
            else if (!TrySkipItem(withVr, depth))
            {
                return false;
            }

            items++;
        }

        // An offset table and whole fragments without the last delimiter: the reader of the analysis takes them the same way.
        return fragments && items > 1 && reader.End;
    }

    private bool TrySkipItem(bool withVr, int depth)
    {
        while (TryReadHeader(withVr, out var tag, out var vr, out var length))
        {
            if (tag == ItemDelimitation)
            {
                return true;
            }

            if (length == Undefined)
            {
                if (!TrySkipUndefined(tag, vr, withVr, depth + 1))
                {
                    return false;
                }
            }
            else if (length > reader.Remaining)
            {
                return false;
            }
            else
            {
                reader.Advance(length);
            }
        }

        return false;
    }
}
