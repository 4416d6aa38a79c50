using BrainTumorDicom.Dicom.Data;

namespace BrainTumorDicom.Dicom.Files;

/// <summary>What stands before a value (PS3.5 §7.1).</summary>
/// <param name="Tag">The tag.</param>
/// <param name="Vr">The VR, from the dictionary where the bytes do not say.</param>
/// <param name="Length">The length field; FFFFFFFFH is undefined.</param>
/// <param name="HeaderLength">Bytes of tag, VR and length: 8 or 12.</param>
internal readonly record struct ElementHeader(DicomTag Tag, DicomVr Vr, uint Length, int HeaderLength);
