namespace BrainTumorDicom.Service.Ledger;

/// <summary>One report on its way to one destination.</summary>
internal sealed record DeliveryRow
{
    /// <summary>Identity; 0 before it is inserted.</summary>
    public long Id { get; init; }

    /// <summary>Study Instance UID.</summary>
    public required string StudyInstanceUid { get; init; }

    /// <summary>Revision of the study.</summary>
    public required int Revision { get; init; }

    /// <summary>The destination, as configured.</summary>
    public required string Destination { get; init; }

    /// <summary>Kind of the report (<see cref="ReportRow.Kind"/>), or what kind the destination is to get.</summary>
    public required string Kind { get; init; }

    /// <summary>How far it is.</summary>
    public DeliveryState State { get; init; }

    /// <summary>Attempts made.</summary>
    public int Attempts { get; init; }

    /// <summary>When it is to be tried next.</summary>
    public required DateTimeOffset NextAttempt { get; init; }

    /// <summary>What went wrong last, or empty.</summary>
    public string LastError { get; init; } = "";

    /// <summary>SOP class of what the destination took, or empty.</summary>
    public string SopClassUid { get; init; } = "";

    /// <summary>SOP instance of what the destination took, or empty.</summary>
    public string SopInstanceUid { get; init; } = "";

    /// <summary>How far its storage commitment is.</summary>
    public CommitmentState Commitment { get; init; }

    /// <summary>How often commitment was asked for.</summary>
    public int CommitmentRequests { get; init; }

    /// <summary>How often the answer was a failure, and the report was sent again.</summary>
    public int CommitmentFailures { get; init; }

    /// <summary>When this row last changed.</summary>
    public required DateTimeOffset Changed { get; init; }
}
