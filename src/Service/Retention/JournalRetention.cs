using BrainTumorDicom.Service.Ledger;
using BrainTumorDicom.Service.Receive;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BrainTumorDicom.Service.Retention;

/// <summary>
/// Removes whole journal segments once all they hold is reported, delivered and old enough; and when the disk is nearly full, before
/// they are old enough. What is not delivered is never removed, whatever the disk.
/// </summary>
/// <remarks>
/// An instance that is sent again after its segment went is stored again, because success is answered only for bytes that are on disk.
/// The same content as before takes its old place in the ledger, and opens no new revision: it was analysed. Other content, and late
/// slices, open one, which says that it could not look at what was removed.
/// </remarks>
internal sealed class JournalRetention(
    RetentionLedger ledger, IOptions<RetentionOptions> options, TimeProvider time, ILogger<JournalRetention> logger)
{
    private InstanceReceiver? receiver;
    private DateTimeOffset next = DateTimeOffset.MinValue;

    /// <summary>Begins to look after the journal of <paramref name="started"/>.</summary>
    public void Attach(InstanceReceiver started) => receiver = started;

    /// <summary>Removes what is old enough when it is time to look, and what must go when the disk is nearly full.</summary>
    /// <returns>How many segments went.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        if (!options.Value.Enabled || receiver is not { } running)
        {
            return 0;
        }

        var removed = 0;
        var now = time.GetUtcNow();
        if (now >= next)
        {
            next = now + options.Value.Interval;
            removed = await RemoveAsync(running, now - options.Value.MinimumAge, long.MaxValue, cancellationToken).ConfigureAwait(false);
        }

        var missing = Missing(running);
        if (missing > 0 && options.Value.WhenDiskIsFull)
        {
            removed += await RemoveAsync(running, DateTimeOffset.MaxValue, missing, cancellationToken).ConfigureAwait(false);
        }

        return removed;
    }

    /// <summary>The bytes that the disk lacks to twice the limit below which instances are refused.</summary>
    private long Missing(InstanceReceiver running)
    {
        var minimum = running.Space.Minimum;
        var goal = minimum > long.MaxValue / 2 ? long.MaxValue : 2 * minimum;

        // Asked for so that it is measured.
        _ = running.Space.IsEnoughFor(0);
        var free = running.Space.Free;
        if (free < goal)
        {
            logger.DiskNearlyFull(free, goal);
        }

        return goal - free;
    }

    /// <summary>Removes the oldest segments that are done with until <paramref name="bytes"/> are free.</summary>
    private async Task<int> RemoveAsync(InstanceReceiver running, DateTimeOffset receivedBefore, long bytes, CancellationToken cancellationToken)
    {
        var removed = 0;
        foreach (var segment in await ledger.EligibleAsync(receivedBefore).ConfigureAwait(false))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (bytes <= 0)
            {
                break;
            }

            var length = running.Folder.LengthOf(segment);
            if (await ledger.PurgeAsync(segment, receivedBefore, time.GetUtcNow(), CancellationToken.None).ConfigureAwait(false) is not { } uids)
            {
                continue;
            }

            bytes -= length;
            removed++;
            Remove(running, segment, uids);
        }

        return removed;
    }

    private void Remove(InstanceReceiver running, long segment, IReadOnlyList<string> uids)
    {
        // Before the file goes, or what is sent again would be compared with bytes that are not there.
        running.Forget(segment, uids);
        try
        {
            running.Folder.Remove(segment);
            logger.SegmentRemoved(segment, uids.Count);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            logger.RemoveFailed(exception, segment);
        }
    }
}
