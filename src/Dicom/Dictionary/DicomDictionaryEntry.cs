using BrainTumorDicom.Dicom.Data;

namespace BrainTumorDicom.Dicom.Dictionary;

/// <summary>What PS3.6 says of a data element.</summary>
public readonly record struct DicomDictionaryEntry
{
    private readonly int row;

    internal DicomDictionaryEntry(DicomTag tag, int row)
    {
        Tag = tag;
        this.row = row;
    }

    /// <summary>The tag that was looked up.</summary>
    public DicomTag Tag { get; }

    /// <summary>The keyword, such as <c>PatientName</c>.</summary>
    public string Keyword => DicomDictionary.KeywordOf(row);

    /// <summary>The name, such as <c>Patient's Name</c>.</summary>
    public string Name => DicomDictionary.NameOf(row);

    /// <summary>The VR where there is no choice, else the one used in implicit VR.</summary>
    public DicomVr Vr => DicomDictionary.VrOf(Tag);

    /// <summary>The VRs as the standard prints them, such as <c>US or SS</c>.</summary>
    public string VrText => DicomDictionary.VrTextOf(row);

    /// <summary>The value multiplicity as the standard prints it, such as <c>1-n</c>.</summary>
    public string Vm => DicomDictionary.VmOf(row);

    /// <summary>Whether the standard has retired it.</summary>
    public bool IsRetired => DicomDictionary.IsRetired(row);
}
