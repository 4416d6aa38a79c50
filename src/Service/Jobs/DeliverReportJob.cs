using System.Globalization;
using Microsoft.Extensions.Logging;
using Quartz;

namespace BrainTumorDicom.Service.Jobs;

/// <summary>Runs <see cref="ReportDelivery"/> for one report and destination.</summary>
[DisallowConcurrentExecution]
internal sealed class DeliverReportJob(ReportDelivery delivery, JobSchedule schedule, ILogger<DeliverReportJob> logger) : IJob
{
    /// <inheritdoc/>
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        var id = long.Parse(context.MergedJobDataMap.GetString(JobSchedule.Delivery)!, CultureInfo.InvariantCulture);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, schedule.Stopping);
        try
        {
            await delivery.RunAsync(id, stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Still pending in the ledger: the next start sends the same bytes.
        }
#pragma warning disable CA1031 // The job loop: one report must not hold up the others.
        catch (Exception error)
#pragma warning restore CA1031
        {
            logger.DeliveryBroke(id, error.Message, error);
            await delivery.PostponeAsync(id, error.Message).ConfigureAwait(false);
        }
    }
}
