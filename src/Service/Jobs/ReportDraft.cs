namespace BrainTumorDicom.Service.Jobs;

/// <summary>One report object before it is on disk.</summary>
/// <param name="Kind">One word, unique within the revision (<see cref="Reports.ReportKinds"/>).</param>
/// <param name="Uid">SOP Instance UID, or the identifier of the bundle.</param>
/// <param name="File">File, relative to the report's folder.</param>
/// <param name="Bytes">The whole content.</param>
internal sealed record ReportDraft(string Kind, string Uid, string File, ReadOnlyMemory<byte> Bytes);
