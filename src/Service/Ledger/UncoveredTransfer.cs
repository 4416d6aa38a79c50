namespace BrainTumorDicom.Service.Ledger;

/// <summary>The instances of a study in one journal segment that no revision covers.</summary>
internal sealed record UncoveredTransfer
{
    /// <summary>Study Instance UID.</summary>
    public required string StudyInstanceUid { get; init; }

    /// <summary>Number of the segment.</summary>
    public required long Segment { get; init; }

    /// <summary>When the first of them came.</summary>
    public required DateTimeOffset First { get; init; }

    /// <summary>When the last of them came.</summary>
    public required DateTimeOffset Last { get; init; }

    /// <summary>How the association ended, or <see langword="null"/> when that is not known.</summary>
    public int? Outcome { get; init; }
}
