using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Quartz;

namespace BrainTumorDicom.Service.Jobs;

/// <summary>Puts Quartz and the jobs into the container.</summary>
internal static class JobsRegistration
{
    /// <summary>Adds the jobs; the ledger's classes, the destinations, their options and a <see cref="TimeProvider"/> come from elsewhere.</summary>
    /// <param name="services">Receives them.</param>
    /// <param name="database">Where Quartz keeps its triggers.</param>
    /// <param name="threads">Jobs that can run at the same time: at least one for each destination and each study.</param>
    public static IServiceCollection AddJobs(this IServiceCollection services, JobDatabase database, int threads)
    {
        services.AddSingleton(database);
        services.AddSingleton<JobSchedule>();
        services.AddSingleton<Receive.IStudyQueue>(provider => provider.GetRequiredService<JobSchedule>());
        services.AddSingleton<ReportDelivery>();
        services.AddSingleton<Ledger.DeadLetterLedger>();
        services.AddSingleton<ReleaseWatcher>();
        services.AddSingleton<ReportCommitment>();
        services.AddSingleton<CommitmentReports>();
        services.AddSingleton<StudyAnalysis>();
        services.AddSingleton<Shadow.ShadowAnalysis>();
        services.AddSingleton<ReportStore>();
        services.AddSingleton<Receive.DamageNotes>();
        services.AddSingleton<Ledger.RetentionLedger>();
        services.AddSingleton<Retention.JournalRetention>();
        services.AddQuartz(quartz =>
        {
            quartz.ConfigureScheduler(scheduler =>
            {
                scheduler.InstanceName = "BrainTumorDicom";
                scheduler.ShutdownJobInterruption = ShutdownJobInterruption.Always;
            });
            quartz.UseDefaultThreadPool(threads);
            quartz.UsePersistentStore(store =>
            {
                store.UseSqlite(SqliteFactory.Instance, database.ConnectionString);
                store.UseSystemTextJsonSerializer();
                store.ProvisionSchema();
            });
        });
        return services;
    }
}
