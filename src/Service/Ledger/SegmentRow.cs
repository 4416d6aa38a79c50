namespace BrainTumorDicom.Service.Ledger;

/// <summary>How far a journal segment is in the ledger.</summary>
internal sealed record SegmentRow
{
    /// <summary>Number of the segment.</summary>
    public required long Number { get; init; }

    /// <summary>Every record before this offset is in the ledger.</summary>
    public required long Through { get; init; }

    /// <summary>How the association ended, or <see langword="null"/> while it goes on (or when the service stopped under it).</summary>
    public int? Outcome { get; init; }

    /// <summary>When retention removed it, or <see langword="null"/>.</summary>
    public DateTimeOffset? Purged { get; init; }
}
