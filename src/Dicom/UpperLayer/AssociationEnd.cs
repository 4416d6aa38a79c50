namespace BrainTumorDicom.Dicom.UpperLayer;

/// <summary>How an association ended. Reported once for each that was established.</summary>
/// <param name="Kind">Released, aborted, or lost.</param>
/// <param name="Detail">What happened, in words for the log.</param>
public sealed record AssociationEnd(AssociationEndKind Kind, string Detail);
