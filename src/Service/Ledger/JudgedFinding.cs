namespace BrainTumorDicom.Service.Ledger;

/// <summary>What a model said of a study that readers have judged.</summary>
internal sealed record JudgedFinding
{
    /// <summary>Study Instance UID.</summary>
    public required string StudyInstanceUid { get; init; }

    /// <summary>The revision that it is of.</summary>
    public required int Revision { get; init; }

    /// <summary>Label of the class, or <see langword="null"/> where the model gave no answer.</summary>
    public string? Class { get; init; }

    /// <summary>SHA-256 of the model's weights.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Name of the model.</summary>
    public required string Name { get; init; }

    /// <summary>Version of the model.</summary>
    public required string Version { get; init; }

    /// <summary>Whether it ran in the shadow of the model that was in use.</summary>
    public required bool Shadow { get; init; }
}
