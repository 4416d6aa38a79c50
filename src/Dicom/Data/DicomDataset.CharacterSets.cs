namespace BrainTumorDicom.Dicom.Data;

public sealed partial class DicomDataset
{
    private DicomCharacterSet? ownCharacterSet;
    private DicomCharacterSet? aroundCharacterSet;

    /// <summary>The character set that holds here.</summary>
    internal DicomCharacterSet CharacterSet => ownCharacterSet ?? aroundCharacterSet ?? DicomCharacterSet.Default;

    /// <summary>Turns all text into UTF-8 and says so (ISO_IR 192).</summary>
    public void ConvertToUtf8() => Set(DicomTag.SpecificCharacterSet, DicomCharacterSet.Utf8.Name);

    /// <summary>Whether text beyond ASCII was put in, here or in an item, and nothing says how it is encoded.</summary>
    internal bool NeedsCharacterSet
    {
        get
        {
            if (ownCharacterSet is not null)
            {
                return false;
            }

            if (aroundCharacterSet == DicomCharacterSet.Utf8)
            {
                return true;
            }

            foreach (var element in Elements)
            {
                if (element is DicomSequence sequence && sequence.Items.Any(item => item.NeedsCharacterSet))
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>Tells the items, all the way down, which character set their bytes are in. For a data set just read.</summary>
    internal void PassCharacterSetOn()
    {
        foreach (var element in Elements)
        {
            if (element is DicomSequence sequence)
            {
                foreach (var item in sequence.Items)
                {
                    item.SetCharacterSetAround(CharacterSet);
                    item.PassCharacterSetOn();
                }
            }
        }
    }

    private void SetCharacterSetAround(DicomCharacterSet around) => aroundCharacterSet = around == DicomCharacterSet.Default ? null : around;

    private void Adopt(DicomSequence sequence)
    {
        foreach (var item in sequence.Items)
        {
            if (ownCharacterSet is null && aroundCharacterSet is null && item.aroundCharacterSet is not null && item.ownCharacterSet is null)
            {
                // Nothing holds here yet: what the item needs holds from now on.
                ChangeTextTo(item.aroundCharacterSet);
                aroundCharacterSet = item.aroundCharacterSet;
            }

            item.MoveTo(CharacterSet);
        }
    }

    /// <summary>Encodes the text anew where another character set comes to hold around this data set.</summary>
    private void MoveTo(DicomCharacterSet around)
    {
        if (ownCharacterSet is null)
        {
            ChangeTextTo(around);
        }

        SetCharacterSetAround(around);
    }

    private void ChangeTextTo(DicomCharacterSet target)
    {
        var source = CharacterSet;
        if (source == target || source.Name == target.Name)
        {
            return;
        }

        for (var i = 0; i < count; i++)
        {
            if (elements[i] is DicomSequence sequence)
            {
                foreach (var item in sequence.Items)
                {
                    item.MoveTo(target);
                }
            }
            else if (elements[i] is DicomValueElement { Vr.IsAffectedByCharacterSet: true } value
                && (value.Value.Span.ContainsAnyInRange<byte>(0x80, 0xFF) || value.Value.Span.Contains((byte)0x1B)))
            {
                var isPersonName = value.Vr == DicomVr.PN;
                var text = source.Decode(value.Value.Span, isPersonName);
                elements[i] = new DicomValueElement(value.Tag, value.Vr, Encode(value.Tag, text, target, isPersonName));
            }
        }
    }

    private byte[] EncodeText(DicomTag tag, DicomVr vr, string text)
    {
        if (ownCharacterSet is null && aroundCharacterSet is null && !System.Text.Ascii.IsValid(text) && vr.IsAffectedByCharacterSet)
        {
            ChangeTextTo(DicomCharacterSet.Utf8);
            aroundCharacterSet = DicomCharacterSet.Utf8;
        }

        return Encode(tag, text, vr.IsAffectedByCharacterSet ? CharacterSet : DicomCharacterSet.Default, vr == DicomVr.PN);
    }

    private static byte[] Encode(DicomTag tag, string text, DicomCharacterSet target, bool isPersonName) =>
        target.TryEncode(text, isPersonName)
        ?? throw new ArgumentException($"{tag} {tag.Keyword}: its text has characters that {(target.Name.Length == 0 ? "ASCII" : target.Name)} has not; ConvertToUtf8 first.");
}
