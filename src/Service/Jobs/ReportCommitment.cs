using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.StorageCommitment;
using BrainTumorDicom.Service.Deliver;
using BrainTumorDicom.Service.Ledger;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BrainTumorDicom.Service.Jobs;

/// <summary>Asks the destination of a delivered report for storage commitment, and again where no answer comes.</summary>
internal sealed class ReportCommitment(
    CommitmentLedger commitments,
    FindingLedger findings,
    DeadLetterLedger deadLetters,
    CommitmentReports reports,
    JobSchedule schedule,
    IOptions<DeliveryOptions> options,
    TimeProvider time,
    ILogger<ReportCommitment> logger)
{
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromDays(1);

    /// <summary>Asks once, unless an answer may still come.</summary>
    public async Task RunAsync(DeliveryRow row, ICommittingDestination destination, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (row.Commitment == CommitmentState.Requested && now < row.NextAttempt)
        {
            await schedule.EnqueueAsync(row, row.NextAttempt, cancellationToken).ConfigureAwait(false);
            return;
        }

        var finding = await findings.FindAsync(row.StudyInstanceUid, row.Revision).ConfigureAwait(false);
        var release = await deadLetters.FindReleaseAsync(row.Id).ConfigureAwait(false);
        if (finding is not null && now - (release?.Released ?? finding.Created) > options.Value.GiveUpAfter)
        {
            var error = $"no storage commitment: {(row.LastError.Length > 0 ? row.LastError : "no answer")}";
            await commitments.MarkFailedAsync(row.Id, error, now, CancellationToken.None).ConfigureAwait(false);
            logger.CommitmentGivenUp(row.StudyInstanceUid, row.Revision, row.Destination, error);
            return;
        }

        await AskAsync(row, destination, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Puts a question off that could not be asked.</summary>
    public async Task PostponeAsync(DeliveryRow row, string error)
    {
        var now = time.GetUtcNow();
        var next = now + new RetryBackoff(options.Value.FirstRetry, options.Value.LongestRetry).After(row.CommitmentRequests + 1);
        if (await commitments.PutOffAsync(row.Id, error, next, now, CancellationToken.None).ConfigureAwait(false))
        {
            logger.CommitmentPutOff(row.StudyInstanceUid, row.Revision, row.Destination, error, next);
            await schedule.EnqueueAsync(row, next, CancellationToken.None).ConfigureAwait(false);
        }
    }

    private async Task AskAsync(DeliveryRow row, ICommittingDestination destination, CancellationToken cancellationToken)
    {
        var transaction = DicomUid.Generate();
        var now = time.GetUtcNow();
        var next = now + new RetryBackoff(options.Value.CommitmentTimeout, LongestTimeout).After(row.CommitmentRequests + 1);

        // On record, with what follows if nothing comes, before the question goes out: the answer may be faster than its response.
        await commitments.RequestAsync(row.Id, transaction.Value, next, now, CancellationToken.None).ConfigureAwait(false);
        await schedule.EnqueueAsync(row, next, CancellationToken.None).ConfigureAwait(false);
        try
        {
            var error = await destination.RequestCommitmentAsync(
                new SopReference(row.SopClassUid, row.SopInstanceUid), transaction, reports.Service, reports.Expect(transaction.Value), cancellationToken)
                .ConfigureAwait(false);
            if (error is null)
            {
                logger.CommitmentRequested(row.StudyInstanceUid, row.Revision, row.Destination, transaction.Value);
            }
            else
            {
                await PostponeAsync(row, error).ConfigureAwait(false);
            }
        }
        finally
        {
            reports.Forget(transaction.Value);
        }
    }
}
