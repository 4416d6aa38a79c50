using System.Collections.Concurrent;
using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.Dimse;
using BrainTumorDicom.Dicom.StorageCommitment;
using BrainTumorDicom.Service.Deliver;
using BrainTumorDicom.Service.Ledger;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BrainTumorDicom.Service.Jobs;

/// <summary>Takes the answers of storage commitment (PS3.4 §J.3.3), on our own associations and on those that an archive opens to our port.</summary>
internal sealed class CommitmentReports
{
    /// <summary>An archive that loses a report so often is not helped by one more.</summary>
    private const int MostResends = 3;

    private readonly ConcurrentDictionary<string, TaskCompletionSource> awaited = new(StringComparer.Ordinal);
    private readonly CommitmentLedger ledger;
    private readonly JobSchedule schedule;
    private readonly RetryBackoff backoff;
    private readonly TimeProvider time;
    private readonly ILogger logger;

    /// <summary>Takes nothing yet.</summary>
    public CommitmentReports(
        CommitmentLedger ledger, JobSchedule schedule, IOptions<DeliveryOptions> options, TimeProvider time, ILogger<CommitmentReports> logger)
    {
        this.ledger = ledger;
        this.schedule = schedule;
        this.time = time;
        this.logger = logger;
        backoff = new RetryBackoff(options.Value.FirstRetry, options.Value.LongestRetry);
        Service = new EventReportService([DicomUid.StorageCommitmentPushModel.Value], TakeAsync);
    }

    /// <summary>As server and client take it.</summary>
    public EventReportService Service { get; }

    /// <summary>Completes when the answer to a transaction has been taken; <see cref="Forget"/> ends the waiting.</summary>
    public Task Expect(string transactionUid) =>
        awaited.GetOrAdd(transactionUid, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <summary>Nobody waits any more; the answer is taken all the same.</summary>
    public void Forget(string transactionUid) => awaited.TryRemove(transactionUid, out _);

    private async ValueTask<DimseResponse> TakeAsync(EventReport report, CancellationToken cancellationToken)
    {
        var (answer, refusal) = CommitmentReport.Read(report);
        if (answer is null)
        {
            logger.CommitmentReportRefused(report.Peer.ToString(), refusal.ErrorComment ?? "");
            return refusal;
        }

        if (await ledger.FindAsync(answer.TransactionUid).ConfigureAwait(false) is not var (row, isLatest))
        {
            logger.CommitmentReportRefused(report.Peer.ToString(), $"unknown Transaction UID {answer.TransactionUid}");
            return new DimseResponse(DimseStatus.InvalidArgumentValue, "unknown Transaction UID");
        }

        if (answer.Committed.Any(one => one.SopInstanceUid == row.SopInstanceUid))
        {
            await ledger.MarkCommittedAsync(row.Id, time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
            logger.Committed(row.StudyInstanceUid, row.Revision, row.Destination);
        }
        else if (answer.Failed.FirstOrDefault(one => one.SopInstanceUid == row.SopInstanceUid) is { } failure)
        {
            // What an earlier question failed for has been sent or asked again since.
            if (isLatest)
            {
                await FailAsync(row, failure, cancellationToken).ConfigureAwait(false);
            }
        }
        else
        {
            logger.CommitmentReportRefused(report.Peer.ToString(), $"transaction {answer.TransactionUid} without our instance");
            return new DimseResponse(DimseStatus.InvalidArgumentValue, "the instance of the transaction is not listed");
        }

        if (awaited.TryRemove(answer.TransactionUid, out var waiting))
        {
            waiting.SetResult();
        }

        return new DimseResponse(DimseStatus.Success);
    }

    private async Task FailAsync(DeliveryRow row, FailedReference failure, CancellationToken cancellationToken)
    {
        var error = $"storage commitment failed: {failure.Meaning}";
        var now = time.GetUtcNow();
        if (row.CommitmentFailures >= MostResends)
        {
            await ledger.MarkFailedAsync(row.Id, error, now, cancellationToken).ConfigureAwait(false);
            logger.CommitmentGivenUp(row.StudyInstanceUid, row.Revision, row.Destination, error);
            return;
        }

        var next = now + backoff.After(row.CommitmentFailures + 1);
        if (await ledger.SendAgainAsync(row.Id, error, next, now, cancellationToken).ConfigureAwait(false))
        {
            logger.CommitmentFailed(row.StudyInstanceUid, row.Revision, row.Destination, error, next);
            await schedule.EnqueueAsync(row, next, cancellationToken).ConfigureAwait(false);
        }
    }
}
