using System.Globalization;
using BrainTumorDicom.Service.Deliver;
using BrainTumorDicom.Service.Ledger;
using BrainTumorDicom.Service.Receive;
using BrainTumorDicom.Service.Shadow;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Quartz;

namespace BrainTumorDicom.Service.Jobs;

/// <summary>
/// What is to be done, as Quartz triggers: one for each open revision and each pending delivery. A trigger is named after its work, so
/// putting the same in twice leaves one.
/// </summary>
/// <remarks>
/// Studies share <see cref="AnalysisOptions.Concurrency"/> analysis jobs and each destination has a job of its own, none of which runs
/// twice at the same time: a dead destination holds up one thread and no other destination.
/// </remarks>
internal sealed class JobSchedule(
    ISchedulerFactory factory,
    RevisionLedger revisions,
    DeliveryLedger deliveries,
    CommitmentLedger commitments,
    DestinationList destinations,
    IOptions<AnalysisOptions> options,
    TimeProvider time,
    ILogger<JobSchedule> logger) : IStudyQueue, IDisposable
{
    /// <summary>Job data key: Study Instance UID.</summary>
    public const string Study = "study";

    /// <summary>Job data key: revision.</summary>
    public const string Revision = "revision";

    /// <summary>Job data key: identity of the delivery.</summary>
    public const string Delivery = "delivery";

    // Quartz's own.
    private const int UsualPriority = 5;
    private const int LowPriority = 1;
    private const string AnalysisGroup = "analysis";
    private const string DeliveryGroup = "delivery";
    private static readonly JobKey Shadow = new("shadow", "shadow");
    private static readonly JobKey Retention = new("retention", "journal");
    private static readonly TimeSpan RetentionInterval = TimeSpan.FromMinutes(1);
    private readonly CancellationTokenSource stopping = new();
    private IScheduler? scheduler;

    /// <summary>The jobs are to end. Quartz's own token misses a job that begins while it is stopping.</summary>
    public CancellationToken Stopping => stopping.Token;

    /// <summary>Starts Quartz, and puts in again whatever the ledger says is open and the last run left behind.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        scheduler = await factory.GetScheduler(cancellationToken).ConfigureAwait(false);
        for (var lane = 0; lane < options.Value.Concurrency; lane++)
        {
            await AddAsync<AnalyzeStudyJob>(scheduler, AnalysisJob(lane), cancellationToken).ConfigureAwait(false);
        }

        foreach (var destination in destinations.All)
        {
            await AddAsync<DeliverReportJob>(scheduler, DeliveryJob(destination.Name), cancellationToken).ConfigureAwait(false);
        }

        await AddAsync<ShadowStudyJob>(scheduler, Shadow, cancellationToken).ConfigureAwait(false);
        await AddAsync<RetentionJob>(scheduler, Retention, cancellationToken).ConfigureAwait(false);
        await scheduler.Start(cancellationToken).ConfigureAwait(false);
        await ScheduleAsync(
            TriggerBuilder.Create()
                .WithIdentity(Retention.Name, Retention.Group)
                .ForJob(Retention)
                .StartAt(time.GetUtcNow() + RetentionInterval)
                .WithSimpleSchedule(every => every.WithInterval(RetentionInterval).RepeatForever())
                .Build(),
            TriggerConflict.Replace,
            cancellationToken).ConfigureAwait(false);
        await ResumeAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Interrupts what runs and waits for it; the ledger still has it as open.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref scheduler, null) is { } running)
        {
            await stopping.CancelAsync().ConfigureAwait(false);
            await running.Shutdown(waitForJobsToComplete: true, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => stopping.Dispose();

    /// <inheritdoc/>
    public Task EnqueueAsync(string studyInstanceUid, int revision, CancellationToken cancellationToken) =>
        EnqueueAsync(studyInstanceUid, revision, time.GetUtcNow(), TriggerConflict.Keep, cancellationToken);

    /// <summary>Puts a failed analysis in again.</summary>
    public Task RetryAsync(string studyInstanceUid, int revision, CancellationToken cancellationToken) =>
        EnqueueAsync(studyInstanceUid, revision, time.GetUtcNow() + options.Value.RetryDelay, TriggerConflict.Replace, cancellationToken);

    /// <summary>Puts a pending delivery in, for <paramref name="at"/>.</summary>
    public async Task EnqueueAsync(DeliveryRow delivery, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var id = delivery.Id.ToString(CultureInfo.InvariantCulture);
        var trigger = TriggerBuilder.Create()
            .WithIdentity(id, DeliveryGroup)
            .ForJob(DeliveryJob(delivery.Destination))
            .UsingJobData(Delivery, id)
            .StartAt(at)
            .Build();
        await ScheduleAsync(trigger, TriggerConflict.Replace, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Puts a revision in for the shadow model, behind everything else that is due.</summary>
    public Task EnqueueShadowAsync(string studyInstanceUid, int revision, DateTimeOffset at, CancellationToken cancellationToken) => ScheduleAsync(
        Trigger(studyInstanceUid, revision, Shadow, at, LowPriority), TriggerConflict.Replace, cancellationToken);

    private async Task EnqueueAsync(
        string studyInstanceUid, int revision, DateTimeOffset at, TriggerConflict conflict, CancellationToken cancellationToken)
    {
        var trigger = Trigger(studyInstanceUid, revision, AnalysisJob(Lane(studyInstanceUid)), at, UsualPriority);
        await ScheduleAsync(trigger, conflict, cancellationToken).ConfigureAwait(false);
    }

    private static ITrigger Trigger(string studyInstanceUid, int revision, JobKey job, DateTimeOffset at, int priority)
    {
        var number = revision.ToString(CultureInfo.InvariantCulture);
        return TriggerBuilder.Create()
            .WithIdentity($"{studyInstanceUid}/{number}", job.Group)
            .ForJob(job)
            .UsingJobData(Study, studyInstanceUid)
            .UsingJobData(Revision, number)
            .StartAt(at)
            .WithPriority(priority)
            .Build();
    }

    private async Task ScheduleAsync(ITrigger trigger, TriggerConflict conflict, CancellationToken cancellationToken)
    {
        // After the stop the ledger alone remembers; the next start takes it up from there.
        if (scheduler is { } running)
        {
            await running.ScheduleTrigger(trigger, conflict, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task ResumeAsync(CancellationToken cancellationToken)
    {
        var open = await revisions.UnfinishedAsync().ConfigureAwait(false);
        foreach (var revision in open)
        {
            await EnqueueAsync(revision.StudyInstanceUid, revision.Revision, cancellationToken).ConfigureAwait(false);
        }

        DeliveryRow[] pending = [.. await deliveries.PendingAsync().ConfigureAwait(false), .. await commitments.OpenAsync().ConfigureAwait(false)];
        foreach (var group in pending.GroupBy(delivery => delivery.Destination))
        {
            if (destinations.Find(group.Key) is null)
            {
                logger.DestinationGone(group.Key, group.Count());
                continue;
            }

            // The address may be mended by now: everything that waits is due at once, but for an answer that may still come.
            foreach (var delivery in group)
            {
                var due = delivery.Commitment == CommitmentState.Requested ? delivery.NextAttempt : time.GetUtcNow();
                await EnqueueAsync(delivery, due, cancellationToken).ConfigureAwait(false);
            }
        }

        if (open.Count > 0 || pending.Length > 0)
        {
            logger.Resumed(open.Count, pending.Length);
        }
    }

    private static async Task AddAsync<TJob>(IScheduler scheduler, JobKey key, CancellationToken cancellationToken)
        where TJob : IJob =>
        await scheduler.AddJob(JobBuilder.Create<TJob>().WithIdentity(key).StoreDurably().Build(), AddJobOptions.Replacing, cancellationToken)
            .ConfigureAwait(false);

    // One study is always on one job, so two revisions of it never run at the same time.
    private int Lane(string studyInstanceUid) =>
        (int)(studyInstanceUid.Aggregate(2166136261u, (hash, letter) => (hash ^ letter) * 16777619) % (uint)options.Value.Concurrency);

    private static JobKey AnalysisJob(int lane) => new(lane.ToString(CultureInfo.InvariantCulture), AnalysisGroup);

    private static JobKey DeliveryJob(string destination) => new(destination, DeliveryGroup);
}
