namespace BrainTumorDicom.Reports;

/// <summary>A file of a report.</summary>
/// <param name="Kind">One of <see cref="ReportKinds"/>, unique within a revision.</param>
/// <param name="Uid">SOP Instance UID, also of the object that a PNG or PDF is the content of.</param>
/// <param name="Path">Relative to the report's folder, with slashes.</param>
/// <param name="Bytes">The whole content.</param>
public sealed record ReportFile(string Kind, string Uid, string Path, ReadOnlyMemory<byte> Bytes);
