namespace BrainTumorDicom.Service.Ledger;

/// <summary>How far the storage commitment (PS3.4 Annex J) of a delivered report is. Until it is <see cref="Committed"/>, our copy is the only one that counts.</summary>
internal enum CommitmentState
{
    /// <summary>Not asked for.</summary>
    None = 0,

    /// <summary>Delivered, and to be asked for.</summary>
    Wanted = 1,

    /// <summary>Asked for; the answer is awaited until the next attempt's time.</summary>
    Requested = 2,

    /// <summary>The destination has taken responsibility.</summary>
    Committed = 3,

    /// <summary>Given up: a person must look.</summary>
    Failed = 4,
}
