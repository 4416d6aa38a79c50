using BrainTumorDicom.Service.Journal;
using BrainTumorDicom.Service.Ledger;
using Microsoft.Extensions.Logging;

namespace BrainTumorDicom.Service.Receive;

/// <summary>
/// The receiving half of the service: journal, index, ledger writer and completeness, and the order in which they start and stop.
/// </summary>
internal sealed class InstanceReceiver : IAsyncDisposable
{
    // Once in the life of a data folder: the spares of an earlier run are there at once.
    private static readonly TimeSpan LongestWaitForSpares = TimeSpan.FromSeconds(2);

    private readonly LedgerDatabase database;
    private readonly JournalOptions journal;
    private readonly ReceiveOptions options;
    private readonly IStudyQueue queue;
    private readonly IStudySource source;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly FreeSpace space;
    private SpareSegments? spares;
    private InstanceIndex? index;
    private LedgerWriter? writer;
    private StudyCompleteness? completeness;

    /// <summary>Makes the journal's folder; <see cref="StartAsync"/> does the rest.</summary>
    /// <param name="database">The ledger.</param>
    /// <param name="queue">Where studies go that are ready.</param>
    /// <param name="source">Asks senders what they have.</param>
    /// <param name="journal">Where the journal is.</param>
    /// <param name="options">When a study is ready.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">For the journal and for receiving.</param>
    /// <param name="space">Whether the disk has room; <see langword="null"/> measures the journal's disk.</param>
    public InstanceReceiver(
        LedgerDatabase database,
        IStudyQueue queue,
        IStudySource source,
        JournalOptions journal,
        ReceiveOptions options,
        TimeProvider time,
        ILogger<InstanceReceiver> logger,
        FreeSpace? space = null)
    {
        this.database = database;
        this.queue = queue;
        this.source = source;
        this.journal = journal;
        this.options = options;
        this.time = time;
        this.logger = logger;
        Folder = new JournalFolder(journal.Folder);
        this.space = space ?? FreeSpace.Of(Folder.FullPath, journal, time);
        Store = new InstanceStore(new JournalReader(Folder));
    }

    /// <summary>The segments.</summary>
    public JournalFolder Folder { get; }

    /// <summary>Reads instances back.</summary>
    public InstanceStore Store { get; }

    /// <summary>Whether the disk has room for more.</summary>
    public FreeSpace Space => space;

    /// <summary>Brings the ledger up to the journal, fills the index, and takes up the studies that an earlier run left.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        spares = new SpareSegments(Folder, journal.Sync ? journal.SpareSegments : 0, space, logger);
        var instances = new InstanceLedger(database);
        await new JournalReplay(Folder, instances, time, logger).RunAsync(cancellationToken).ConfigureAwait(false);
        index = new InstanceIndex(options.MaximumIndexedInstances, uid => instances.Find(uid).Select(Version).ToList());
        foreach (var row in instances.Newest(options.MaximumIndexedInstances))
        {
            index.Add(row.SopInstanceUid, Version(row));
        }

        if (instances.Count() > options.MaximumIndexedInstances)
        {
            index.MarkIncomplete();
        }

        writer = new LedgerWriter(instances, time, logger);
        completeness = new StudyCompleteness(database, writer, queue, source, options, time, logger);
        await ResumeAsync(completeness, cancellationToken).ConfigureAwait(false);
        completeness.Start();
        await spares.WaitAsync(LongestWaitForSpares, time, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The handler of a new association.</summary>
    public StoreHandler Accept() => new(
        new SegmentWriter(Folder, spares, journal.Sync ? DurableFile.Flush : null, journal.MaximumSegmentBytes, logger),
        new JournalReader(Folder),
        index ?? throw new InvalidOperationException("The receiver is not started."),
        writer!,
        completeness!,
        space,
        time,
        logger);

    /// <summary>Forgets the instances of a segment that is about to be removed.</summary>
    public void Forget(long segment, IReadOnlyCollection<string> sopInstanceUids)
    {
        foreach (var uid in sopInstanceUids)
        {
            index?.Forget(uid, segment);
        }
    }

    /// <summary>Completes when everything answered so far is in the ledger.</summary>
    public Task FlushAsync(CancellationToken cancellationToken) => writer?.FlushAsync(cancellationToken) ?? Task.CompletedTask;

    /// <summary>To be called after the last association has ended.</summary>
    public async ValueTask DisposeAsync()
    {
        if (completeness is not null)
        {
            await completeness.DisposeAsync().ConfigureAwait(false);
        }

        if (spares is not null)
        {
            await spares.DisposeAsync().ConfigureAwait(false);
        }

        if (writer is not null)
        {
            await writer.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static StoredVersion Version(InstanceRow row) => new(row.Segment, row.Offset, row.DataLength, (uint)row.DataChecksum, row.Variant);

    private async Task ResumeAsync(StudyCompleteness studies, CancellationToken cancellationToken)
    {
        var revisions = new RevisionLedger(database);
        foreach (var revision in await revisions.UnfinishedAsync().ConfigureAwait(false))
        {
            await queue.EnqueueAsync(revision.StudyInstanceUid, revision.Revision, cancellationToken).ConfigureAwait(false);
        }

        foreach (var study in (await revisions.UncoveredAsync().ConfigureAwait(false)).GroupBy(transfer => transfer.StudyInstanceUid))
        {
            logger.StudyResumed(study.Key);
            studies.Resume(study.Key, Interruptions.Of(study.ToList()));
        }
    }
}
