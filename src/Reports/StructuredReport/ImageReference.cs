using System.Collections.Immutable;

namespace BrainTumorDicom.Reports.StructuredReport;

/// <summary>A reference to a source image (PS3.3 §C.18.4).</summary>
/// <param name="SopClassUid">Referenced SOP Class UID.</param>
/// <param name="SopInstanceUid">Referenced SOP Instance UID.</param>
/// <param name="Frames">1-based frames; empty when the reference is to the whole image.</param>
internal sealed record ImageReference(string SopClassUid, string SopInstanceUid, ImmutableArray<int> Frames);
