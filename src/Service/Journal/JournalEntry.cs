namespace BrainTumorDicom.Service.Journal;

/// <summary>A whole record found in a segment.</summary>
/// <param name="Segment">Number of the segment.</param>
/// <param name="Offset">First byte of the record.</param>
/// <param name="Lengths">Its lengths.</param>
/// <param name="DataChecksum">CRC-32C of the data set.</param>
/// <param name="Header">What it says of its object.</param>
internal sealed record JournalEntry(long Segment, long Offset, RecordLengths Lengths, uint DataChecksum, RecordHeader Header)
{
    /// <summary>Whether the object is a result of this program, which is kept and not analysed.</summary>
    public bool IsOwnResult { get; init; }

    /// <summary>First byte after the record and its padding: where the next one begins.</summary>
    public long End => SegmentFile.Align(Offset + Lengths.Record);
}
