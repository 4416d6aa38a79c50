using System.Threading.Channels;
using BrainTumorDicom.Service.Journal;
using BrainTumorDicom.Service.Ledger;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace BrainTumorDicom.Service.Receive;

/// <summary>
/// Carries what is in the journal into the ledger, in batches and off the way between a sender and its response. A ledger that
/// cannot be written holds up this, not the journal; when the queue is full, senders wait.
/// </summary>
internal sealed class LedgerWriter : IAsyncDisposable
{
    private const int Capacity = 50_000;
    private const int BatchSize = 2000;

    // A transaction costs as much as some hundred rows, so rows are gathered; nobody waits for them but by FlushAsync, which hurries.
    private static readonly TimeSpan GatherTime = TimeSpan.FromMilliseconds(100);

    private readonly SemaphoreSlim hurry = new(0);
    private readonly Channel<Item> queue = Channel.CreateBounded<Item>(new BoundedChannelOptions(Capacity) { SingleReader = true });
    private readonly InstanceLedger ledger;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly CancellationTokenSource stop = new();
    private readonly Task loop;

    /// <summary>Begins to write.</summary>
    public LedgerWriter(InstanceLedger ledger, TimeProvider time, ILogger logger)
    {
        this.ledger = ledger;
        this.time = time;
        this.logger = logger;
        loop = Task.Run(WriteAllAsync);
    }

    /// <summary>The row of an instance record.</summary>
    public static InstanceRow Row(JournalEntry entry) => new()
    {
        SopInstanceUid = entry.Header.SopInstanceUid,
        Variant = entry.Header.Variant,
        StudyInstanceUid = entry.Header.StudyInstanceUid,
        SeriesInstanceUid = entry.Header.SeriesInstanceUid,
        Modality = entry.Header.Modality,
        SopClassUid = entry.Header.SopClassUid,
        TransferSyntaxUid = entry.Header.TransferSyntaxUid,
        CallingAe = entry.Header.CallingAe,
        Received = entry.Header.Received,
        Segment = entry.Segment,
        Offset = entry.Offset,
        Length = entry.Lengths.Record,
        DataLength = entry.Lengths.Data,
        DataChecksum = entry.DataChecksum,
        Own = entry.IsOwnResult,
    };

    /// <summary>Queues a record; records of one segment in their order.</summary>
    public ValueTask AddAsync(JournalEntry entry) => queue.Writer.WriteAsync(new Item(entry, null));

    /// <summary>Completes when everything queued before is in the ledger.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        while (!queue.Writer.TryWrite(new Item(null, done)))
        {
            if (!await queue.Writer.WaitToWriteAsync(cancellationToken).ConfigureAwait(false))
            {
                // It ends, and writes what is queued before that.
                await loop.WaitAsync(cancellationToken).ConfigureAwait(false);
                return;
            }
        }

        hurry.Release();
        await done.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Writes what is queued, then ends. What cannot be written is read back from the journal at the next start.</summary>
    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        hurry.Release();
        await stop.CancelAsync().ConfigureAwait(false);
        await loop.ConfigureAwait(false);
        stop.Dispose();
    }

    private async Task WriteAllAsync()
    {
        var batch = new List<Item>(BatchSize);
        while (await queue.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            await hurry.WaitAsync(GatherTime).ConfigureAwait(false);
            while (batch.Count < BatchSize && queue.Reader.TryRead(out var item))
            {
                batch.Add(item);
            }

            await WriteAsync(batch).ConfigureAwait(false);
            batch.Clear();
        }
    }

    private async Task WriteAsync(List<Item> batch)
    {
        var entries = batch.Where(item => item.Entry is not null).Select(item => item.Entry!).ToList();
        var rows = entries.Where(entry => entry.Header.Kind == JournalRecordKind.Instance).Select(Row).ToList();
        var segments = entries.GroupBy(entry => entry.Segment)
            .Select(group => new SegmentRow
            {
                Number = group.Key,
                Through = group.Max(entry => entry.End),
                Outcome = (int?)group.Max(entry => entry.Header.Outcome),
            })
            .ToList();
        while (entries.Count > 0)
        {
            try
            {
                await ledger.AppendAsync(rows, segments, CancellationToken.None).ConfigureAwait(false);
                break;
            }
            catch (SqliteException exception)
            {
                logger.LedgerWriteFailed(exception, rows.Count);
                if (stop.IsCancellationRequested)
                {
                    break;
                }

                await Task.Delay(TimeSpan.FromSeconds(1), time, stop.Token).ContinueWith(_ => { }, TaskScheduler.Default).ConfigureAwait(false);
            }
        }

        batch.ForEach(item => item.Done?.TrySetResult());
    }

    private readonly record struct Item(JournalEntry? Entry, TaskCompletionSource? Done);
}
