using BrainTumorDicom.Dicom.Data;

namespace BrainTumorDicom.Dicom.Files;

/// <summary>One pass over the bytes of a data set. Nothing is allocated by what a length says, only by what is there.</summary>
internal sealed class DatasetParser(ReadOnlyMemory<byte> bytes, int start, bool isExplicit, bool isBigEndian)
{
    // Reports nest some ten levels deep; a limit keeps hostile input off the stack.
    private const int MaximumDepth = 64;
    private const uint UndefinedLength = 0xFFFFFFFF;

    private readonly ReadOnlyMemory<byte> bytes = bytes;
    private int position = start;
    private DicomTag? stopBefore;
    private ushort? onlyGroup;
    private ElementHeaderReader headers = new(isExplicit, isBigEndian);

    /// <summary>Where the next element starts.</summary>
    internal int Position => position;

    /// <summary>Reads to the end of the bytes.</summary>
    internal DicomDataset ReadDataset(DicomTag? stopBefore)
    {
        this.stopBefore = stopBefore;
        var dataset = ReadElements(bytes.Length, isUndefined: false, isSigned: false, depth: 0);
        dataset.PassCharacterSetOn();
        return dataset;
    }

    /// <summary>Reads the elements of one group, up to the first of another or to <paramref name="end"/>.</summary>
    internal DicomDataset ReadGroup(ushort group, int end)
    {
        onlyGroup = group;
        return ReadElements(end, isUndefined: false, isSigned: false, depth: 0);
    }

    private DicomDataset ReadElements(int end, bool isUndefined, bool isSigned, int depth)
    {
        var read = new List<DicomElement>(depth == 0 ? 128 : 8);
        while (position < end)
        {
            if (depth == 0 && IsTrailingPadding(end))
            {
                position = end;
                break;
            }

            var header = headers.Read(bytes.Span[..end], position, isSigned);
            if (depth == 0 && (header.Tag.Key >= stopBefore?.Key || (onlyGroup is { } group && header.Tag.Group != group)))
            {
                break;
            }

            if (header.Tag.Group == 0xFFFE)
            {
                if (header.Tag == DicomTag.ItemDelimitationItem && isUndefined)
                {
                    position += 8;
                    return DicomDataset.FromRead(read);
                }

                throw new DicomFormatException("an item or delimiter where an element must stand", position, header.Tag);
            }

            var element = ReadElement(header, end, isSigned, depth);
            if (element.Tag == DicomTag.PixelRepresentation && element is DicomValueElement { Value.Length: >= 1 } representation)
            {
                isSigned = representation.Value.Span[0] == 1;
            }

            read.Add(element);
        }

        return isUndefined
            ? throw new DicomFormatException("the bytes end before the item's delimiter", position, DicomTag.ItemDelimitationItem)
            : DicomDataset.FromRead(read);
    }

    private DicomElement ReadElement(in ElementHeader header, int end, bool isSigned, int depth)
    {
        var at = position;
        position += header.HeaderLength;
        if (header.Length == UndefinedLength)
        {
            return ReadUndefined(header, at, end, isSigned, depth);
        }

        if (header.Length > (uint)(end - position))
        {
            throw new DicomFormatException($"length {header.Length}, but {end - position} bytes are left", at, header.Tag);
        }

        var length = (int)header.Length;
        if (header.Vr == DicomVr.SQ)
        {
            return ReadSequence(header.Tag, position + length, isUndefined: false, isSigned, depth + 1, at);
        }

        var value = bytes.Slice(position, length);
        position += length;
        return new DicomValueElement(header.Tag, header.Vr, isBigEndian ? ByteOrder.Swapped(value, header.Vr) : value);
    }

    private DicomElement ReadUndefined(in ElementHeader header, int at, int end, bool isSigned, int depth)
    {
        if (header.Vr == DicomVr.SQ)
        {
            return ReadSequence(header.Tag, end, isUndefined: true, isSigned, depth + 1, at);
        }

        if (header.Tag == DicomTag.PixelData || (header.Vr.IsBulk && header.Vr != DicomVr.UN))
        {
            return ReadFragments(header, end);
        }

        if (header.Vr != DicomVr.UN)
        {
            throw new DicomFormatException($"undefined length with VR {header.Vr}", at, header.Tag);
        }

        // UN of undefined length is a sequence in implicit VR little endian (PS3.5 §6.2.2, note 2 of the table).
        var (outer, outerBig) = (headers, isBigEndian);
        headers = new ElementHeaderReader(isExplicit: false, isBigEndian: false);
        isBigEndian = false;
        var sequence = ReadSequence(header.Tag, end, isUndefined: true, isSigned, depth + 1, at);
        (headers, isBigEndian) = (outer, outerBig);
        return sequence;
    }

    private DicomSequence ReadSequence(DicomTag tag, int end, bool isUndefined, bool isSigned, int depth, int at)
    {
        if (depth > MaximumDepth)
        {
            throw new DicomFormatException($"sequences nest deeper than {MaximumDepth}", at, tag);
        }

        var items = new List<DicomDataset>(1);
        while (isUndefined || position < end)
        {
            var item = ReadItemHeader(end, tag);
            if (item.Tag == DicomTag.SequenceDelimitationItem)
            {
                if (isUndefined)
                {
                    break;
                }

                // A needless delimiter inside a sequence of defined length occurs; it must be the last thing there.
                continue;
            }

            var isOpen = item.Length == UndefinedLength;
            items.Add(ReadElements(isOpen ? end : position + (int)item.Length, isOpen, isSigned, depth));
        }

        return new DicomSequence(tag, items);
    }

    private DicomFragments ReadFragments(in ElementHeader header, int end)
    {
        var offsetTable = ReadOnlyMemory<byte>.Empty;
        var fragments = new List<ReadOnlyMemory<byte>>();
        for (var isTable = true; ; isTable = false)
        {
            // Some writers leave out the last delimiter of a data set; every fragment is there, so nothing is guessed.
            if (fragments.Count > 0 && position == end)
            {
                return new DicomFragments(header.Tag, header.Vr, offsetTable, fragments);
            }

            var item = ReadItemHeader(end, header.Tag);
            if (item.Tag == DicomTag.SequenceDelimitationItem)
            {
                return new DicomFragments(header.Tag, header.Vr, offsetTable, fragments);
            }

            if (item.Length == UndefinedLength)
            {
                throw new DicomFormatException("a fragment of undefined length", position - 8, header.Tag);
            }

            var fragment = bytes.Slice(position, (int)item.Length);
            position += fragment.Length;
            if (isTable)
            {
                offsetTable = fragment;
            }
            else
            {
                fragments.Add(fragment);
            }
        }
    }

    /// <summary>Reads the header of an item or a sequence delimiter; its length is within <paramref name="end"/> or undefined.</summary>
    private ElementHeader ReadItemHeader(int end, DicomTag sequence)
    {
        if (end - position < 8)
        {
            throw new DicomFormatException("the bytes end before the sequence's delimiter", position, sequence);
        }

        var item = headers.ReadItem(bytes.Span, position);
        if (item.Tag != DicomTag.Item && item.Tag != DicomTag.SequenceDelimitationItem)
        {
            throw new DicomFormatException($"{item.Tag} where an item must stand", position, sequence);
        }

        position += 8;
        return item.Tag == DicomTag.Item && item.Length != UndefinedLength && item.Length > (uint)(end - position)
            ? throw new DicomFormatException($"item length {item.Length}, but {end - position} bytes are left", position - 8, sequence)
            : item;
    }

    /// <summary>Some writers fill the file up with zeros.</summary>
    /// <exception cref="DicomFormatException">A header of zeros, and something else after it: no element looks like that, and
    /// looking again at the next would take a time that grows with the square of the length.</exception>
    private bool IsTrailingPadding(int end)
    {
        var rest = bytes.Span[position..end];
        if (rest[..Math.Min(8, rest.Length)].ContainsAnyExcept((byte)0))
        {
            return false;
        }

        return !rest.ContainsAnyExcept((byte)0) ? true : throw new DicomFormatException("zeros where an element must stand", position);
    }
}
