namespace BrainTumorDicom.Service.Ledger;

/// <summary>One analysis of a study: which instances it covers. Opened when the study fell quiet with something new in it.</summary>
internal sealed record RevisionRow
{
    /// <summary>Study Instance UID.</summary>
    public required string StudyInstanceUid { get; init; }

    /// <summary>1 for the first report, 2 and so on for late slices.</summary>
    public required int Revision { get; init; }

    /// <summary>Covers every instance of the study with an id up to this one.</summary>
    public required long ThroughInstance { get; init; }

    /// <summary>Whether the study is known to be here whole.</summary>
    public required bool Complete { get; init; }

    /// <summary>What is wrong with the input, for people, when it is not complete; else empty.</summary>
    public required string IncompleteReason { get; init; }

    /// <summary>When it was opened.</summary>
    public required DateTimeOffset Created { get; init; }
}
