using BrainTumorDicom.Dicom.StorageCommitment;

namespace BrainTumorDicom.Service.Deliver;

/// <summary>How one attempt to deliver ended.</summary>
internal abstract record DeliveryOutcome
{
    private DeliveryOutcome()
    {
    }

    /// <summary>The destination has it.</summary>
    /// <param name="Note">What it said besides, such as a warning status; may be empty.</param>
    /// <param name="ToCommit">What it is to be asked to take responsibility for, or <see langword="null"/>.</param>
    internal sealed record Delivered(string Note, SopReference? ToCommit = null) : DeliveryOutcome;

    /// <summary>The destination was not reached or cannot take it now; the same bytes go again later.</summary>
    /// <param name="Error">One line for the ledger and the log.</param>
    /// <param name="RetryAfter">How long the destination asked us to wait, or <see langword="null"/>.</param>
    internal sealed record Retry(string Error, TimeSpan? RetryAfter = null) : DeliveryOutcome;

    /// <summary>The destination refuses these bytes for good; a person must look (no or several matching patients, for example).</summary>
    /// <param name="Error">One line for the ledger and the log.</param>
    internal sealed record Failed(string Error) : DeliveryOutcome;
}
