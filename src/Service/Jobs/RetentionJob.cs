using BrainTumorDicom.Service.Retention;
using Microsoft.Extensions.Logging;
using Quartz;

namespace BrainTumorDicom.Service.Jobs;

/// <summary>Runs <see cref="JournalRetention"/> every minute; it decides itself what is to be done.</summary>
[DisallowConcurrentExecution]
internal sealed class RetentionJob(JournalRetention retention, JobSchedule schedule, ILogger<RetentionJob> logger) : IJob
{
    /// <inheritdoc/>
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, schedule.Stopping);
        try
        {
            await retention.RunAsync(stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // What is noted as removed is removed by the next start.
        }
#pragma warning disable CA1031 // The job loop: retention must not end the service.
        catch (Exception error)
#pragma warning restore CA1031
        {
            logger.Failed(error);
        }
    }
}
