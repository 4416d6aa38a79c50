using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace BrainTumorDicom.Dicom.Data;

/// <summary>A data set (PS3.5 §7): elements in the order of their tags. Not safe for writing from several threads.</summary>
/// <remarks>
/// Text is kept as the bytes of the character set that holds here: Specific Character Set of this data set or of the one around it.
/// A data set made in memory that says nothing holds UTF-8 once text beyond ASCII is set, and says so when it is written.
/// </remarks>
public sealed partial class DicomDataset : IEnumerable<DicomElement>
{
    private DicomElement[] elements = [];
    private int count;

    /// <summary>The number of elements.</summary>
    public int Count => count;

    /// <summary>Whether the element is there, with or without a value.</summary>
    public bool Contains(DicomTag tag) => IndexOf(tag) >= 0;

    /// <summary>Finds an element.</summary>
    public bool TryGet(DicomTag tag, [NotNullWhen(true)] out DicomElement? element)
    {
        var index = IndexOf(tag);
        element = index >= 0 ? elements[index] : null;
        return index >= 0;
    }

    /// <summary>Takes an element out.</summary>
    /// <returns>Whether it was there.</returns>
    public bool Remove(DicomTag tag)
    {
        var index = IndexOf(tag);
        if (index < 0)
        {
            return false;
        }

        if (tag == DicomTag.SpecificCharacterSet)
        {
            ownCharacterSet = null;
        }

        Array.Copy(elements, index + 1, elements, index, count - index - 1);
        elements[--count] = null!;
        return true;
    }

    /// <summary>Puts an element in, in place of one with the same tag. Its bytes are taken as they are; items take over the character set that holds here.</summary>
    public void Add(DicomElement element)
    {
        ArgumentNullException.ThrowIfNull(element);
        if (element is DicomSequence sequence)
        {
            Adopt(sequence);
        }

        Put(element);
        if (element.Tag == DicomTag.SpecificCharacterSet)
        {
            ownCharacterSet = DicomCharacterSet.Parse(GetStrings(element.Tag));
        }
    }

    /// <summary>A copy that shares only the bytes of the values. An item's copy keeps the character set that held for it.</summary>
    public DicomDataset Clone()
    {
        var copy = new DicomDataset
        {
            elements = new DicomElement[count],
            count = count,
            ownCharacterSet = ownCharacterSet,
            aroundCharacterSet = aroundCharacterSet,
        };
        for (var i = 0; i < count; i++)
        {
            copy.elements[i] = elements[i] is DicomSequence sequence ? Copy(sequence) : elements[i];
        }

        return copy;
    }

    /// <summary>Whether both hold the same elements with the same bytes.</summary>
    public bool ContentEquals(DicomDataset? other)
    {
        if (other is null || other.count != count)
        {
            return false;
        }

        for (var i = 0; i < count; i++)
        {
            if (!elements[i].ContentEquals(other.elements[i]))
            {
                return false;
            }
        }

        return true;
    }

    /// <inheritdoc/>
    public IEnumerator<DicomElement> GetEnumerator()
    {
        for (var i = 0; i < count; i++)
        {
            yield return elements[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The elements without an enumerator, for the writers.</summary>
    internal ReadOnlySpan<DicomElement> Elements => elements.AsSpan(0, count);

    /// <summary>Takes what a reader found, in the order of the file: sorted where the file was not, the last of several with one tag kept.</summary>
    internal static DicomDataset FromRead(List<DicomElement> read)
    {
        var isSorted = true;
        for (var i = 1; i < read.Count && isSorted; i++)
        {
            isSorted = read[i - 1].Tag < read[i].Tag;
        }

        if (!isSorted)
        {
            var byTag = new SortedDictionary<uint, DicomElement>();
            foreach (var element in read)
            {
                byTag[element.Tag.Key] = element;
            }

            read = [.. byTag.Values];
        }

        var dataset = new DicomDataset { elements = read.ToArray(), count = read.Count };
        if (dataset.Contains(DicomTag.SpecificCharacterSet))
        {
            dataset.ownCharacterSet = DicomCharacterSet.Parse(dataset.GetStrings(DicomTag.SpecificCharacterSet));
        }

        return dataset;
    }

    private static DicomSequence Copy(DicomSequence sequence)
    {
        var items = new DicomDataset[sequence.Items.Count];
        for (var i = 0; i < items.Length; i++)
        {
            items[i] = sequence.Items[i].Clone();
        }

        return new DicomSequence(sequence.Tag, items);
    }

    private void Put(DicomElement element)
    {
        // Readers come in order, so this is mostly an append.
        var index = count == 0 || elements[count - 1].Tag < element.Tag ? ~count : IndexOf(element.Tag);
        if (index >= 0)
        {
            elements[index] = element;
            return;
        }

        index = ~index;
        if (count == elements.Length)
        {
            Array.Resize(ref elements, Math.Max(8, count * 2));
        }

        Array.Copy(elements, index, elements, index + 1, count - index);
        elements[index] = element;
        count++;
    }

    private int IndexOf(DicomTag tag)
    {
        var key = tag.Key;
        int low = 0, high = count - 1;
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var found = elements[middle].Tag.Key;
            if (found == key)
            {
                return middle;
            }

            (low, high) = found < key ? (middle + 1, high) : (low, middle - 1);
        }

        return ~low;
    }
}
