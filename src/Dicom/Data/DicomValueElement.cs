namespace BrainTumorDicom.Dicom.Data;

/// <summary>An element with a value of bytes. What was read is a slice of the bytes it was read from.</summary>
public sealed class DicomValueElement : DicomElement
{
    /// <summary>Takes a value; one of odd length is padded (PS3.5 §6.2), which copies it.</summary>
    /// <param name="tag">The tag.</param>
    /// <param name="vr">The value representation.</param>
    /// <param name="value">Numbers in little endian; text in the character set of the data set. Not copied.</param>
    public DicomValueElement(DicomTag tag, DicomVr vr, ReadOnlyMemory<byte> value)
        : base(tag, vr)
    {
        if ((value.Length & 1) != 0)
        {
            var padded = new byte[value.Length + 1];
            value.CopyTo(padded);
            padded[^1] = vr.Padding;
            value = padded;
        }

        Value = value;
    }

    /// <summary>The value: even length, numbers in little endian whatever the transfer syntax.</summary>
    public ReadOnlyMemory<byte> Value { get; }

    /// <summary>The VR that tells how to read the value: that of the dictionary where the writer said UN (PS3.5 §6.2.2 note 3).</summary>
    internal DicomVr ReadingVr => Vr != DicomVr.UN ? Vr : Dictionary.DicomDictionary.VrOf(Tag);

    /// <inheritdoc/>
    public override bool ContentEquals(DicomElement? other) =>
        other is DicomValueElement value && value.Tag == Tag && value.Vr == Vr && value.Value.Span.SequenceEqual(Value.Span);
}
