using System.Collections.Concurrent;
using BrainTumorDicom.Service.Journal;
using BrainTumorDicom.Service.Ledger;
using Microsoft.Extensions.Logging;

namespace BrainTumorDicom.Service.Receive;

/// <summary>
/// Decides when a study is here: when every association that carried one of its series has ended and nothing has come for the quiet
/// time. Then it opens the next revision and hands it on. C-STORE itself says nothing of the end of a study.
/// </summary>
internal sealed class StudyCompleteness : IAsyncDisposable
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, StudyActivity> studies = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim wake = new(0);
    private readonly CancellationTokenSource stop = new();
    private readonly RevisionLedger revisions;
    private readonly StudyLedger ledger;
    private readonly LedgerWriter writer;
    private readonly IStudyQueue queue;
    private readonly ReceiveOptions options;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly SourceCheck source;
    private readonly ConcurrentDictionary<Task, bool> handing = new();
    private readonly ITimer timer;
    private Task loop = Task.CompletedTask;

    /// <summary>Watches nothing yet.</summary>
    public StudyCompleteness(
        LedgerDatabase database, LedgerWriter writer, IStudyQueue queue, IStudySource source, ReceiveOptions options, TimeProvider time, ILogger logger)
    {
        revisions = new RevisionLedger(database);
        ledger = new StudyLedger(database);
        this.writer = writer;
        this.queue = queue;
        this.options = options;
        this.time = time;
        this.logger = logger;
        this.source = new SourceCheck(ledger, source, options, time, logger);
        timer = time.CreateTimer(_ => wake.Release(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Begins to hand studies on.</summary>
    public void Start() => loop = Task.Run(RunAsync);

    /// <summary>An instance was stored.</summary>
    public void Stored(string studyInstanceUid, long associationId)
    {
        lock (gate)
        {
            if (!studies.TryGetValue(studyInstanceUid, out var study))
            {
                studies.Add(studyInstanceUid, study = new StudyActivity());
            }

            study.Touch(associationId, time.GetUtcNow());
        }
    }

    /// <summary>An instance came that was here already: that keeps a study awake which is still coming in, and wakes no other.</summary>
    public void Repeated(string studyInstanceUid, long associationId)
    {
        lock (gate)
        {
            if (studies.TryGetValue(studyInstanceUid, out var study))
            {
                study.Touch(associationId, time.GetUtcNow());
            }
        }
    }

    /// <summary>An association ended. Unless it was released, the studies it carried count as broken off until another carries them to its release.</summary>
    public void Ended(long associationId, SegmentOutcome outcome)
    {
        lock (gate)
        {
            foreach (var study in studies.Values)
            {
                study.End(associationId, outcome, time.GetUtcNow(), options.QuietTime);
            }

            SetTimer();
        }
    }

    /// <summary>Watches a study that an earlier run left before it was handed on.</summary>
    /// <param name="studyInstanceUid">The study.</param>
    /// <param name="interruption">How its transfer was broken off, or <see langword="null"/>.</param>
    public void Resume(string studyInstanceUid, SegmentOutcome? interruption)
    {
        var quiet = interruption == SegmentOutcome.ServiceStopped ? options.RestartQuietTime : options.QuietTime;
        lock (gate)
        {
            var study = new StudyActivity();
            study.Resume(interruption, time.GetUtcNow(), quiet);
            studies[studyInstanceUid] = study;
            SetTimer();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync().ConfigureAwait(false);
        await timer.DisposeAsync().ConfigureAwait(false);
        await loop.ConfigureAwait(false);
        await Task.WhenAll(handing.Keys).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.Dispose();
        wake.Dispose();
    }

    private void SetTimer()
    {
        var next = studies.Values.Min(study => study.Due);
        if (next is { } due)
        {
            var wait = due - time.GetUtcNow();
            timer.Change(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }
    }

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                await wake.WaitAsync(stop.Token).ConfigureAwait(false);
                foreach (var (studyInstanceUid, study) in TakeDue())
                {
                    var task = HandOnAsync(studyInstanceUid, study);
                    if (source.IsConfigured)
                    {
                        // An archive that is slow to answer must not hold up the studies of others.
                        Track(task);
                    }
                    else
                    {
                        await task.ConfigureAwait(false);
                    }
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The next start finds what was not handed on.
        }
    }

    private void Track(Task task)
    {
        handing[task] = true;
        _ = task.ContinueWith(done => handing.TryRemove(done, out _), TaskScheduler.Default);
    }

    private List<KeyValuePair<string, StudyActivity>> TakeDue()
    {
        lock (gate)
        {
            var now = time.GetUtcNow();
            var due = studies.Where(study => study.Value.Due <= now).ToList();
            foreach (var study in due)
            {
                studies.Remove(study.Key);
            }

            SetTimer();
            return due;
        }
    }

    private async Task HandOnAsync(string studyInstanceUid, StudyActivity study)
    {
        try
        {
            await writer.FlushAsync(stop.Token).ConfigureAwait(false);
            var shortfall = source.IsConfigured ? await source.FindShortfallAsync(studyInstanceUid, stop.Token).ConfigureAwait(false) : "";
            if (IsAwake(studyInstanceUid, study, shortfall))
            {
                return;
            }

            var reason = string.Join(' ', new[] { study.InterruptionReason, shortfall }.Where(part => part.Length > 0));
            await ledger.NoteInterruptionAsync(studyInstanceUid, reason, stop.Token).ConfigureAwait(false);
            if (await revisions.OpenAsync(studyInstanceUid, time.GetUtcNow(), stop.Token).ConfigureAwait(false) is { } revision)
            {
                logger.StudyReady(studyInstanceUid, revision.Revision, revision.Complete, revision.IncompleteReason);
                await queue.EnqueueAsync(studyInstanceUid, revision.Revision, stop.Token).ConfigureAwait(false);
            }
            else
            {
                await EnqueueUnfinishedAsync(studyInstanceUid).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // The loop must go on for the other studies; this one is tried again.
            logger.HandOnFailed(exception, studyInstanceUid);
            lock (gate)
            {
                study.Postpone(time.GetUtcNow() + options.RetryTime);
                studies.TryAdd(studyInstanceUid, study);
                SetTimer();
            }
        }
    }

    /// <summary>Whether the study is not to be handed on yet: it came to life again while its source was asked, or waits for what the source has besides.</summary>
    private bool IsAwake(string studyInstanceUid, StudyActivity study, string shortfall)
    {
        lock (gate)
        {
            if (studies.ContainsKey(studyInstanceUid))
            {
                return true;
            }

            if (shortfall.Length == 0 || !study.TryWait(time.GetUtcNow(), options.QuietTime, options.SourceWait))
            {
                return false;
            }

            studies.Add(studyInstanceUid, study);
            SetTimer();
        }

        logger.StudyWaits(studyInstanceUid, shortfall);
        return true;
    }

    /// <summary>A revision that was opened but whose hand-over failed.</summary>
    private async Task EnqueueUnfinishedAsync(string studyInstanceUid)
    {
        foreach (var revision in await revisions.UnfinishedAsync().ConfigureAwait(false))
        {
            if (string.Equals(revision.StudyInstanceUid, studyInstanceUid, StringComparison.Ordinal))
            {
                await queue.EnqueueAsync(studyInstanceUid, revision.Revision, stop.Token).ConfigureAwait(false);
            }
        }
    }
}
