namespace BrainTumorDicom.Service.Ledger;

/// <summary>What was reported of a revision and what the shadow said of it.</summary>
internal sealed record ShadowPair
{
    /// <summary>Study Instance UID.</summary>
    public required string StudyInstanceUid { get; init; }

    /// <summary>Revision of the study.</summary>
    public required int Revision { get; init; }

    /// <summary>How the reported analysis ended.</summary>
    public required string ChampionDisposition { get; init; }

    /// <summary>Label of the reported class, or <see langword="null"/>.</summary>
    public string? ChampionClass { get; init; }

    /// <summary>Reason code, where there is no class.</summary>
    public string? ChampionReason { get; init; }

    /// <summary>SHA-256 of the weights that were reported from.</summary>
    public string? ChampionSha256 { get; init; }

    /// <summary>Name and version of that model.</summary>
    public string? ChampionName { get; init; }

    /// <summary>How the shadow's analysis ended.</summary>
    public required string ShadowDisposition { get; init; }

    /// <summary>Label of the shadow's class, or <see langword="null"/>.</summary>
    public string? ShadowClass { get; init; }

    /// <summary>Reason code, where there is no class.</summary>
    public string? ShadowReason { get; init; }

    /// <summary>SHA-256 of the shadow's weights.</summary>
    public required string ShadowSha256 { get; init; }

    /// <summary>Name and version of the shadow.</summary>
    public string? ShadowName { get; init; }
}
