namespace BrainTumorDicom.Service.Receive;

/// <summary>One stored content under a SOP Instance UID: enough to find and compare it.</summary>
/// <param name="Segment">Number of its journal segment.</param>
/// <param name="Offset">First byte of its record.</param>
/// <param name="DataLength">Length of its data set in bytes.</param>
/// <param name="DataChecksum">CRC-32C of its data set: when that or the length differs, the contents do, and nothing is read.</param>
/// <param name="Variant">0 for the first content under the UID.</param>
internal readonly record struct StoredVersion(long Segment, long Offset, long DataLength, uint DataChecksum, int Variant);
