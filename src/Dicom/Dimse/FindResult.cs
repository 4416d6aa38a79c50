using BrainTumorDicom.Dicom.Data;

namespace BrainTumorDicom.Dicom.Dimse;

/// <summary>The answer to a C-FIND request (PS3.7 §9.1.2).</summary>
/// <param name="Status">The final status: success, or why the search ended.</param>
/// <param name="ErrorComment">What the peer says besides.</param>
/// <param name="Matches">The identifiers that came with pending statuses, in order.</param>
/// <param name="IsTruncated">Whether there were more than asked for, and the rest was cancelled.</param>
/// <param name="HasUnsupportedKeys">Whether the peer warned that it did not match every optional key (FF01H).</param>
public sealed record FindResult(
    DimseStatus Status, string? ErrorComment, IReadOnlyList<DicomDataset> Matches, bool IsTruncated, bool HasUnsupportedKeys);
