namespace BrainTumorDicom.Dicom.Dimse;

/// <summary>The answer to a DIMSE-N request.</summary>
/// <param name="Status">How it went.</param>
/// <param name="ErrorComment">At most 64 characters, without patient data.</param>
public readonly record struct DimseResponse(DimseStatus Status, string? ErrorComment = null);
