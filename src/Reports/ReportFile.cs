namespace BrainTumorDicom.Reports;

/// <summary>A file of a report.</summary>
/// <param name="Kind">One word, unique within a revision: <c>heatmap-1</c> for the first heat map and so on, <c>heatmap-1-png</c> for its picture, <c>pdf</c>, <c>pdf-page</c> for the plain PDF, <c>ko</c>, <c>pm</c>.</param>
/// <param name="Uid">SOP Instance UID, also of the object that a PNG or PDF is the content of.</param>
/// <param name="Path">Relative to the report's folder, with slashes.</param>
/// <param name="Bytes">The whole content.</param>
public sealed record ReportFile(string Kind, string Uid, string Path, ReadOnlyMemory<byte> Bytes);
