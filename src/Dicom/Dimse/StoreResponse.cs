namespace BrainTumorDicom.Dicom.Dimse;

/// <summary>The answer to a C-STORE request.</summary>
/// <param name="Status">Success only once the instance is safe.</param>
/// <param name="ErrorComment">At most 64 characters, without patient data.</param>
public readonly record struct StoreResponse(DimseStatus Status, string? ErrorComment = null);
