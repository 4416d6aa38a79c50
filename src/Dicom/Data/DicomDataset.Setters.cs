using BrainTumorDicom.Dicom.Dictionary;

namespace BrainTumorDicom.Dicom.Data;

public sealed partial class DicomDataset
{
    /// <summary>Sets text values; the VR is the dictionary's. Setting Specific Character Set encodes all text anew.</summary>
    /// <exception cref="ArgumentException">The VR takes no text, or the character set has not all the characters.</exception>
    public void Set(DicomTag tag, params string[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var vr = DicomDictionary.VrOf(tag);
        if (!vr.IsText)
        {
            throw new ArgumentException($"{tag} {tag.Keyword} is {vr}: it takes no text.", nameof(tag));
        }

        if (tag == DicomTag.SpecificCharacterSet)
        {
            var target = DicomCharacterSet.Parse(values);
            ChangeTextTo(target);
            Put(new DicomValueElement(tag, vr, EncodeText(tag, vr, string.Join('\\', values))));
            ownCharacterSet = target;
            return;
        }

        Put(new DicomValueElement(tag, vr, EncodeText(tag, vr, string.Join('\\', values))));
    }

    /// <summary>Sets whole numbers; the VR is the dictionary's (IS, DS or a binary number).</summary>
    /// <exception cref="ArgumentException">The VR takes no numbers, or a value does not fit.</exception>
    public void Set(DicomTag tag, params int[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        Set(tag, Array.ConvertAll(values, value => (double)value));
    }

    /// <summary>Sets numbers; the VR is the dictionary's (DS, IS or a binary number). DS keeps what 16 characters hold (PS3.5 §6.2).</summary>
    /// <exception cref="ArgumentException">The VR takes no numbers, or a value does not fit.</exception>
    public void Set(DicomTag tag, params double[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var signed = GetBytes(DicomTag.PixelRepresentation).Span is [1, ..] || Array.Exists(values, value => value < 0);
        var vr = DicomDictionary.VrOf(tag, signed);
        Put(new DicomValueElement(tag, vr, ElementNumbers.Encode(tag, vr, values)));
    }

    /// <summary>Sets a sequence. The items become part of this data set and take over its character set; an item of another data set is to be cloned first.</summary>
    public void SetSequence(DicomTag tag, params DicomDataset[] items) => Add(new DicomSequence(tag, items));

    /// <summary>Sets bytes as they are: numbers in little endian, text in the character set that holds here.</summary>
    public void SetBytes(DicomTag tag, DicomVr vr, ReadOnlyMemory<byte> value) => Add(new DicomValueElement(tag, vr, value));

    /// <summary>Sets an element without a value (type 2 attributes), or a sequence without items.</summary>
    public void SetEmpty(DicomTag tag)
    {
        var vr = DicomDictionary.VrOf(tag);
        Add(vr == DicomVr.SQ ? new DicomSequence(tag, []) : new DicomValueElement(tag, vr, default));
    }
}
