using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.Dictionary;

namespace BrainTumorDicom.Dicom.Files;

/// <summary>How a data set is encoded (PS3.5 §10 and annex A).</summary>
public sealed class DicomTransferSyntax
{
    private DicomTransferSyntax(DicomUid uid, bool isExplicitVr = true, bool isBigEndian = false, bool isDeflated = false, bool isEncapsulated = false)
    {
        Uid = uid;
        IsExplicitVr = isExplicitVr;
        IsBigEndian = isBigEndian;
        IsDeflated = isDeflated;
        IsEncapsulated = isEncapsulated;
    }

    /// <summary>Implicit VR Little Endian.</summary>
    public static DicomTransferSyntax ImplicitVrLittleEndian { get; } = new(DicomUid.ImplicitVRLittleEndian, isExplicitVr: false);

    /// <summary>Explicit VR Little Endian.</summary>
    public static DicomTransferSyntax ExplicitVrLittleEndian { get; } = new(DicomUid.ExplicitVRLittleEndian);

    /// <summary>Explicit VR Big Endian (retired).</summary>
    public static DicomTransferSyntax ExplicitVrBigEndian { get; } = new(DicomUid.ExplicitVRBigEndian, isBigEndian: true);

    /// <summary>Deflated Explicit VR Little Endian.</summary>
    public static DicomTransferSyntax DeflatedExplicitVrLittleEndian { get; } = new(DicomUid.DeflatedExplicitVRLittleEndian, isDeflated: true);

    /// <summary>RLE Lossless.</summary>
    public static DicomTransferSyntax RleLossless { get; } = new(DicomUid.RLELossless, isEncapsulated: true);

    /// <summary>The identifier.</summary>
    public DicomUid Uid { get; }

    /// <summary>Whether elements carry their VR.</summary>
    public bool IsExplicitVr { get; }

    /// <summary>Whether numbers stand in big endian.</summary>
    public bool IsBigEndian { get; }

    /// <summary>Whether the data set is deflated (RFC 1951).</summary>
    public bool IsDeflated { get; }

    /// <summary>Whether pixel data is in fragments.</summary>
    public bool IsEncapsulated { get; }

    /// <summary>The transfer syntax of <paramref name="uid"/>. One that the registry names and that is none of the five above is encapsulated explicit little endian (PS3.5 §A.4).</summary>
    /// <returns><see langword="null"/> where nothing is known of it.</returns>
    public static DicomTransferSyntax? Find(DicomUid uid) => Find(uid.Value);

    /// <summary>As <see cref="Find(DicomUid)"/>.</summary>
    public static DicomTransferSyntax? Find(string uid)
    {
        foreach (var known in (ReadOnlySpan<DicomTransferSyntax>)[ImplicitVrLittleEndian, ExplicitVrLittleEndian, ExplicitVrBigEndian, DeflatedExplicitVrLittleEndian, RleLossless])
        {
            if (known.Uid.Value == uid)
            {
                return known;
            }
        }

        // Papyrus 3 was implicit, and JPIP refers to pixels elsewhere: neither has fragments.
        return DicomUidDictionary.Find(uid) is { Type: "Transfer Syntax" } entry
            && entry.Uid != DicomUid.Papyrus3ImplicitVRLittleEndian.Value
            && !entry.Keyword.StartsWith("JPIP", StringComparison.Ordinal)
            ? new DicomTransferSyntax(new DicomUid(uid), isEncapsulated: true)
            : null;
    }

    /// <summary>The name of PS3.6, or the UID.</summary>
    public override string ToString() => Uid.Name ?? Uid.Value;
}
