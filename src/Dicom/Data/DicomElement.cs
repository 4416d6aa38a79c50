namespace BrainTumorDicom.Dicom.Data;

/// <summary>A data element (PS3.5 §7.1): a value, a sequence, or pixel data in fragments. Immutable but for the items of a sequence.</summary>
public abstract class DicomElement
{
    private protected DicomElement(DicomTag tag, DicomVr vr)
    {
        Tag = tag;
        Vr = vr;
    }

    /// <summary>The tag.</summary>
    public DicomTag Tag { get; }

    /// <summary>The value representation.</summary>
    public DicomVr Vr { get; }

    /// <summary>Whether tag, VR and content are the same, items and all.</summary>
    public abstract bool ContentEquals(DicomElement? other);

    /// <summary>Tag and VR.</summary>
    public override string ToString() => $"{Tag} {Vr} {Tag.Keyword}";
}
