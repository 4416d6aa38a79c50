namespace BrainTumorDicom.Dicom.Dictionary;

/// <summary>What PS3.6 annex A says of a UID.</summary>
/// <param name="Uid">The identifier.</param>
/// <param name="Type">Such as <c>SOP Class</c> or <c>Transfer Syntax</c>.</param>
/// <param name="Keyword">Such as <c>MRImageStorage</c>.</param>
/// <param name="Name">Such as <c>MR Image Storage</c>.</param>
/// <param name="IsRetired">Whether the standard has retired it.</param>
public sealed record DicomUidEntry(string Uid, string Type, string Keyword, string Name, bool IsRetired);
