using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Quartz;

namespace BrainTumorDicom.Service.Jobs;

/// <summary>Runs <see cref="StudyAnalysis"/> for one revision. The end of its trigger is not the end of the work: only the ledger's finding is.</summary>
[DisallowConcurrentExecution]
internal sealed class AnalyzeStudyJob(StudyAnalysis analysis, JobDatabase database, JobSchedule schedule, ILogger<AnalyzeStudyJob> logger) : IJob
{
    /// <inheritdoc/>
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        var study = context.MergedJobDataMap.GetString(JobSchedule.Study)!;
        var revision = int.Parse(context.MergedJobDataMap.GetString(JobSchedule.Revision)!, CultureInfo.InvariantCulture);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, schedule.Stopping);
        try
        {
            await analysis.RunAsync(study, revision, stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            database.TakeBack(study, revision);
            logger.AnalysisInterrupted(study, revision);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or SqliteException)
        {
            // A full disk is not the study's fault: it does not count against it.
            database.TakeBack(study, revision);
            logger.AnalysisFailed(study, revision, error.Message, error);
            await schedule.RetryAsync(study, revision, CancellationToken.None).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // The job loop: whatever one study does must not end the service.
        catch (Exception error)
#pragma warning restore CA1031
        {
            logger.AnalysisFailed(study, revision, error.Message, error);
            await schedule.RetryAsync(study, revision, CancellationToken.None).ConfigureAwait(false);
        }
    }
}
