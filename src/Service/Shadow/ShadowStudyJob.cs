using System.Globalization;
using BrainTumorDicom.Service.Jobs;
using Microsoft.Extensions.Logging;
using Quartz;

namespace BrainTumorDicom.Service.Shadow;

/// <summary>Runs <see cref="ShadowAnalysis"/> for one revision; one after the other, and a failure is said and forgotten.</summary>
[DisallowConcurrentExecution]
internal sealed class ShadowStudyJob(ShadowAnalysis analysis, JobSchedule schedule, ILogger<ShadowStudyJob> logger) : IJob
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
            // Nobody waits for it.
        }
#pragma warning disable CA1031 // The job loop: the shadow must not disturb the service.
        catch (Exception error)
#pragma warning restore CA1031
        {
            logger.Failed(study, revision, error.Message.ReplaceLineEndings(" "));
        }
    }
}
