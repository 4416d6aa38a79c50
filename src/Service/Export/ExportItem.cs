namespace BrainTumorDicom.Service.Export;

/// <summary>How the export of one instance, or of one place in the journal, went.</summary>
/// <param name="State">How.</param>
/// <param name="SopInstanceUid">SOP Instance UID, or empty where that cannot be read.</param>
/// <param name="File">The file, or empty where none can be named.</param>
/// <param name="Detail">What is wrong, for people; or empty.</param>
public sealed record ExportItem(ExportState State, string SopInstanceUid, string File, string Detail);
