namespace BrainTumorDicom.Service.Ledger;

/// <summary>Bytes of a journal segment that are no whole record.</summary>
internal sealed record DamageRow
{
    /// <summary>Number of the segment.</summary>
    public required long Segment { get; init; }

    /// <summary>First damaged byte.</summary>
    public required long Offset { get; init; }

    /// <summary>How many bytes.</summary>
    public required long Length { get; init; }

    /// <summary>What is wrong, for people.</summary>
    public required string Reason { get; init; }

    /// <summary>Name of the file in the journal folder that keeps a copy of them.</summary>
    public required string SetAside { get; init; }

    /// <summary>When it was found.</summary>
    public required DateTimeOffset Found { get; init; }
}
