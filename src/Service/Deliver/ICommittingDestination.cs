using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.Dimse;
using BrainTumorDicom.Dicom.StorageCommitment;

namespace BrainTumorDicom.Service.Deliver;

/// <summary>A destination that can be asked for storage commitment (PS3.4 Annex J).</summary>
internal interface ICommittingDestination : IDestination
{
    /// <summary>Asks once. The answer comes to <paramref name="reports"/>, now or later. Network faults and refusals are results, not exceptions.</summary>
    /// <param name="instance">What it is to take responsibility for.</param>
    /// <param name="transaction">New for each request.</param>
    /// <param name="reports">Takes an answer on the same association.</param>
    /// <param name="answered">Completes when the answer has come, on whichever association.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>Why it could not be asked, in one line; <see langword="null"/> where it has the request.</returns>
    public Task<string?> RequestCommitmentAsync(
        SopReference instance, DicomUid transaction, EventReportService reports, Task answered, CancellationToken cancellationToken);
}
