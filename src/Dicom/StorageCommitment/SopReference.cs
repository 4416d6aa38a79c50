namespace BrainTumorDicom.Dicom.StorageCommitment;

/// <summary>An item of Referenced SOP Sequence (0008,1199).</summary>
/// <param name="SopClassUid">Referenced SOP Class UID.</param>
/// <param name="SopInstanceUid">Referenced SOP Instance UID.</param>
public sealed record SopReference(string SopClassUid, string SopInstanceUid);
