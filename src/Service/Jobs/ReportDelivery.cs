using System.Diagnostics.CodeAnalysis;
using BrainTumorDicom.Reports;
using BrainTumorDicom.Service.Deliver;
using BrainTumorDicom.Service.Hosting;
using BrainTumorDicom.Service.Ledger;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BrainTumorDicom.Service.Jobs;

/// <summary>One attempt to bring one report to one destination, and what follows from how it ended.</summary>
internal sealed class ReportDelivery(
    DeliveryLedger deliveries,
    FindingLedger findings,
    DeadLetterLedger deadLetters,
    DestinationList destinations,
    ReportCommitment commitment,
    JobSchedule schedule,
    DataFolder folder,
    IOptions<DeliveryOptions> options,
    TimeProvider time,
    ILogger<ReportDelivery> logger)
{
    /// <summary>Tries once, unless it is done, the destination is gone, or an older revision has to go first.</summary>
    public async Task RunAsync(long id, CancellationToken cancellationToken)
    {
        var row = await deliveries.FindAsync(id).ConfigureAwait(false);
        if (IsUncommitted(row) && destinations.Find(row.Destination) is ICommittingDestination archive)
        {
            await commitment.RunAsync(row, archive, cancellationToken).ConfigureAwait(false);
            return;
        }

        if (row is not { State: DeliveryState.Pending } || destinations.Find(row.Destination) is not { } destination)
        {
            return;
        }

        // The older one puts this one in when it is done with: a destination sees the revisions in order.
        if (await HasOlderPendingAsync(row).ConfigureAwait(false))
        {
            return;
        }

        var reports = folder.ReportFolder(row.StudyInstanceUid, row.Revision);
        switch (await destination.DeliverAsync(row.Kind, reports, cancellationToken).ConfigureAwait(false))
        {
            case DeliveryOutcome.Delivered delivered:
                await deliveries.MarkDeliveredAsync(id, time.GetUtcNow(), CancellationToken.None, delivered.ToCommit).ConfigureAwait(false);
                logger.Delivered(row.StudyInstanceUid, row.Revision, row.Kind, row.Destination, delivered.Note);
                if (delivered.ToCommit is not null)
                {
                    await schedule.EnqueueAsync(row, time.GetUtcNow(), CancellationToken.None).ConfigureAwait(false);
                }

                await EnqueueNextAsync(row).ConfigureAwait(false);
                break;
            case DeliveryOutcome.Failed failed:
                await GiveUpAsync(row, failed.Error).ConfigureAwait(false);
                break;
            case DeliveryOutcome.Retry retry:
                await RetryAsync(row, retry).ConfigureAwait(false);
                break;
        }
    }

    /// <summary>Puts a delivery off that broke in our own hands.</summary>
    public async Task PostponeAsync(long id, string error)
    {
        var row = await deliveries.FindAsync(id).ConfigureAwait(false);
        if (row is { State: DeliveryState.Pending })
        {
            await RetryAsync(row, new DeliveryOutcome.Retry(error)).ConfigureAwait(false);
        }
        else if (IsUncommitted(row))
        {
            await commitment.PostponeAsync(row, error).ConfigureAwait(false);
        }
    }

    private static bool IsUncommitted([NotNullWhen(true)] DeliveryRow? row) =>
        row is { State: DeliveryState.Delivered, Commitment: CommitmentState.Wanted or CommitmentState.Requested };

    private async Task RetryAsync(DeliveryRow row, DeliveryOutcome.Retry retry)
    {
        var now = time.GetUtcNow();
        var finding = await findings.FindAsync(row.StudyInstanceUid, row.Revision).ConfigureAwait(false);
        var release = await deadLetters.FindReleaseAsync(row.Id).ConfigureAwait(false);
        if (finding is not null && now - (release?.Released ?? finding.Created) > options.Value.GiveUpAfter)
        {
            await GiveUpAsync(row, $"given up: {retry.Error}").ConfigureAwait(false);
            return;
        }

        var backoff = new RetryBackoff(options.Value.FirstRetry, options.Value.LongestRetry);
        var next = now + backoff.After(row.Attempts - (release?.Attempts ?? 0) + 1, retry.RetryAfter);
        await deliveries.MarkRetryAsync(row.Id, retry.Error, next, now, CancellationToken.None).ConfigureAwait(false);
        logger.DeliveryPutOff(row.StudyInstanceUid, row.Revision, row.Kind, row.Destination, row.Attempts + 1, retry.Error, next);
        await schedule.EnqueueAsync(row, next, CancellationToken.None).ConfigureAwait(false);
    }

    private async Task GiveUpAsync(DeliveryRow row, string error)
    {
        await deliveries.MarkFailedAsync(row.Id, error, time.GetUtcNow(), CancellationToken.None).ConfigureAwait(false);
        logger.DeliveryFailed(row.StudyInstanceUid, row.Revision, row.Kind, row.Destination, error);
        await EnqueueNextAsync(row).ConfigureAwait(false);
    }

    private async Task<bool> HasOlderPendingAsync(DeliveryRow row) =>
        (await PendingOfKindAsync(row).ConfigureAwait(false)).Any(other => other.Revision < row.Revision);

    private async Task EnqueueNextAsync(DeliveryRow row)
    {
        var newer = (await PendingOfKindAsync(row).ConfigureAwait(false)).Where(other => other.Revision > row.Revision).ToLookup(other => other.Revision);
        foreach (var next in newer.MinBy(revision => revision.Key) ?? Enumerable.Empty<DeliveryRow>())
        {
            await schedule.EnqueueAsync(next, time.GetUtcNow(), CancellationToken.None).ConfigureAwait(false);
        }
    }

    private async Task<IEnumerable<DeliveryRow>> PendingOfKindAsync(DeliveryRow row)
    {
        var kind = ReportKinds.Unnumbered(row.Kind);
        return (await deliveries.PendingAsync(row.StudyInstanceUid, row.Destination).ConfigureAwait(false)).Where(other => ReportKinds.Unnumbered(other.Kind) == kind);
    }
}
