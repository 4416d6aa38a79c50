namespace BrainTumorDicom.Service.Ledger;

/// <summary>A person's word that a delivery which was given up is to be tried anew.</summary>
internal sealed record ReleaseRow
{
    /// <summary>Rises with time.</summary>
    public required long Id { get; init; }

    /// <summary>Which delivery.</summary>
    public required long Delivery { get; init; }

    /// <summary>Attempts made before.</summary>
    public required int Attempts { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset Released { get; init; }
}
