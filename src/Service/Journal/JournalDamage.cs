namespace BrainTumorDicom.Service.Journal;

/// <summary>Bytes of a segment that are no whole record.</summary>
/// <param name="Segment">Number of the segment.</param>
/// <param name="Offset">First of them.</param>
/// <param name="Length">How many.</param>
/// <param name="Reason">What is wrong, for people.</param>
/// <param name="AtEnd">Whether they reach to the end of the file: a record that was being written when the service stopped.</param>
internal sealed record JournalDamage(long Segment, long Offset, long Length, string Reason, bool AtEnd);
