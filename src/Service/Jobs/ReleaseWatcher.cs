using BrainTumorDicom.Service.Ledger;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace BrainTumorDicom.Service.Jobs;

/// <summary>Puts released deliveries in, whoever released them: the command line writes into the ledger only, so it is looked at from time to time.</summary>
internal sealed class ReleaseWatcher(
    DeadLetterLedger deadLetters, DeliveryLedger deliveries, JobSchedule schedule, TimeProvider time, ILogger<ReleaseWatcher> logger) : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);
    private readonly CancellationTokenSource stopping = new();
    private readonly SemaphoreSlim turn = new(1, 1);
    private long seen;
    private Task run = Task.CompletedTask;

    /// <summary>Begins to look. What was released before is put in by the start of the jobs.</summary>
    public async Task StartAsync()
    {
        seen = await deadLetters.NewestReleaseAsync().ConfigureAwait(false);
        run = RunAsync();
    }

    /// <summary>Looks once.</summary>
    public async Task LookAsync()
    {
        await turn.WaitAsync().ConfigureAwait(false);
        try
        {
            foreach (var release in await deadLetters.ReleasesAfterAsync(seen).ConfigureAwait(false))
            {
                seen = release.Id;
                if (await deliveries.FindAsync(release.Delivery).ConfigureAwait(false) is { } row)
                {
                    logger.Released(row.StudyInstanceUid, row.Revision, row.Kind, row.Destination, release.Attempts);
                    await schedule.EnqueueAsync(row, time.GetUtcNow(), CancellationToken.None).ConfigureAwait(false);
                }
            }
        }
        finally
        {
            turn.Release();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync().ConfigureAwait(false);
        await run.ConfigureAwait(false);
        stopping.Dispose();
        turn.Dispose();
    }

    private async Task RunAsync()
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stopping.Token).ConfigureAwait(false))
            {
                await TryLookAsync().ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The service stops.
        }
    }

    private async Task TryLookAsync()
    {
        try
        {
            await LookAsync().ConfigureAwait(false);
        }
        catch (SqliteException error)
        {
            // The ledger cannot be read just now; the next look has it.
            logger.ReleasesUnreadable(error.Message);
        }
    }
}
