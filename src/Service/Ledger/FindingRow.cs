namespace BrainTumorDicom.Service.Ledger;

/// <summary>The finding of one revision.</summary>
internal sealed record FindingRow
{
    /// <summary>Study Instance UID.</summary>
    public required string StudyInstanceUid { get; init; }

    /// <summary>Revision of the study.</summary>
    public required int Revision { get; init; }

    /// <summary>How the analysis ended, as <c>finding.json</c> spells it.</summary>
    public required string Disposition { get; init; }

    /// <summary>Reason code, or <see langword="null"/> where there is an answer.</summary>
    public string? ReasonCode { get; init; }

    /// <summary>Label of the class, or <see langword="null"/>.</summary>
    public string? Class { get; init; }

    /// <summary>The whole finding.</summary>
    public required string Json { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset Created { get; init; }
}
