namespace BrainTumorDicom.Service.Ledger;

/// <summary>What a reader says of a study. A reader's latest verdict counts; earlier ones are kept.</summary>
internal sealed record VerdictRow
{
    /// <summary>Rises with the order of arrival; 0 before it is inserted.</summary>
    public long Id { get; init; }

    /// <summary>Study Instance UID.</summary>
    public required string StudyInstanceUid { get; init; }

    /// <summary>Who read it.</summary>
    public required string Reader { get; init; }

    /// <summary>Label of the class.</summary>
    public required string Class { get; init; }

    /// <summary>For people, or empty.</summary>
    public required string Comment { get; init; }

    /// <summary>When it came.</summary>
    public required DateTimeOffset Given { get; init; }
}
