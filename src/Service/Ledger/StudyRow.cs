namespace BrainTumorDicom.Service.Ledger;

/// <summary>A study as lists show it.</summary>
internal sealed record StudyRow
{
    /// <summary>Study Instance UID.</summary>
    public required string StudyInstanceUid { get; init; }

    /// <summary>When its first instance came.</summary>
    public required DateTimeOffset FirstReceived { get; init; }

    /// <summary>When its last instance came.</summary>
    public required DateTimeOffset LastReceived { get; init; }

    /// <summary>Why the transfer counts as broken off, or empty.</summary>
    public required string Interruption { get; init; }

    /// <summary>How many series it has.</summary>
    public required int SeriesCount { get; init; }

    /// <summary>How many SOP Instance UIDs it has.</summary>
    public required int InstanceCount { get; init; }

    /// <summary>The newest revision that was opened; 0 while the study is still coming in.</summary>
    public required int Revision { get; init; }

    /// <summary>Disposition of that revision's finding, or <see langword="null"/> while there is none.</summary>
    public string? Disposition { get; init; }

    /// <summary>Class of that finding, or <see langword="null"/>.</summary>
    public string? Class { get; init; }

    /// <summary>Reason code of that finding, or <see langword="null"/>.</summary>
    public string? ReasonCode { get; init; }
}
