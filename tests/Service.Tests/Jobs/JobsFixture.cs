using BrainTumorDicom.Reports;
using BrainTumorDicom.Service.Deliver;
using BrainTumorDicom.Service.Hosting;
using BrainTumorDicom.Service.Jobs;
using BrainTumorDicom.Service.Ledger;
using BrainTumorDicom.Service.Retention;
using BrainTumorDicom.Service.Shadow;
using BrainTumorDicom.Service.Tests.Shadow;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace BrainTumorDicom.Service.Tests.Jobs;

/// <summary>The jobs over a real ledger and a real Quartz store in a folder; <see cref="RestartAsync"/> is a new process in all but name.</summary>
internal sealed class JobsFixture : IAsyncDisposable
{
    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("btd-jobs-");
    private ServiceProvider? provider;

    public ScriptedReporter Reporter { get; } = new();

    public ScriptedShadow Shadow { get; } = new();

    /// <summary>How long an answer to a commitment request may take; for the next <see cref="RestartAsync"/>.</summary>
    public TimeSpan CommitmentTimeout { get; set; } = TimeSpan.FromHours(1);

    /// <summary>What <see cref="ReportAsync"/> puts in for every destination.</summary>
    public string Kind { get; set; } = ReportKinds.Fhir;

    public DataFolder Folder => Get<DataFolder>();

    public JobSchedule Schedule => Get<JobSchedule>();

    public DeliveryLedger Deliveries => Get<DeliveryLedger>();

    public T Get<T>()
        where T : notnull => provider!.GetRequiredService<T>();

    /// <summary>Starts (again) with these destinations.</summary>
    public async Task RestartAsync(params IDestination[] destinations)
    {
        await StopAsync();
        var data = DataFolder.Open(root.FullName);
        var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton(TimeProvider.System)
            .AddSingleton(_ => data)
            .AddSingleton(_ => new LedgerDatabase(data.LedgerFile))
            .AddSingleton<RevisionLedger>()
            .AddSingleton<InstanceLedger>()
            .AddSingleton<FindingLedger>()
            .AddSingleton<StudyLedger>()
            .AddSingleton<DeliveryLedger>()
            .AddSingleton<CommitmentLedger>()
            .AddSingleton<BrainTumorDicom.Service.Web.StudyList>()
            .AddSingleton(new DestinationList(destinations))
            .AddSingleton(Options.Create(new AnalysisOptions { RetryDelay = TimeSpan.FromMilliseconds(100) }))
            .AddSingleton(Options.Create(new DeliveryOptions { FirstRetry = TimeSpan.FromMilliseconds(100), LongestRetry = TimeSpan.FromMilliseconds(200), CommitmentTimeout = CommitmentTimeout }))
            .AddSingleton(Options.Create(new RetentionOptions()))
            .AddSingleton<IStudyReporter>(Reporter)
            .AddSingleton<IShadowReporter>(Shadow)
            .AddSingleton<ShadowLedger>()
            .AddJobs(new JobDatabase(data.JobsFile), threads: destinations.Length + 2);
        provider = services.BuildServiceProvider();
        _ = Folder;
        await Schedule.StartAsync(CancellationToken.None);
    }

    /// <summary>A study whose revisions 1 to <paramref name="revisions"/> are analysed, each with a delivery to each destination.</summary>
    public async Task<IReadOnlyList<DeliveryRow>> ReportAsync(string study, int revisions, params string[] destinations)
    {
        var now = DateTimeOffset.UtcNow;
        for (var revision = 1; revision <= revisions; revision++)
        {
            await AddInstanceAsync(study, revision);
            await Get<RevisionLedger>().OpenAsync(study, now, CancellationToken.None);
            await Get<FindingLedger>().SaveAsync(
                new FindingRow { StudyInstanceUid = study, Revision = revision, Disposition = "refused", Json = "{}", Created = now },
                [],
                [.. destinations.Select(name => new DeliveryRow { StudyInstanceUid = study, Revision = revision, Destination = name, Kind = Kind, NextAttempt = now, Changed = now })],
                CancellationToken.None);
        }

        return [.. (await Deliveries.PendingAsync()).Where(row => row.StudyInstanceUid == study)];
    }

    /// <summary>A study with one instance more, and its next revision opened and put in.</summary>
    public async Task<RevisionRow> ReceiveAsync(string study, int number = 1)
    {
        await AddInstanceAsync(study, number);
        var row = (await Get<RevisionLedger>().OpenAsync(study, DateTimeOffset.UtcNow, CancellationToken.None))!;
        await Schedule.EnqueueAsync(study, row.Revision, CancellationToken.None);
        return row;
    }

    /// <summary>Waits for the finding of a revision.</summary>
    public async Task<FindingRow> FindingAsync(string study, int revision)
    {
        FindingRow? row = null;
        await EventuallyAsync(async () => (row = await Get<FindingLedger>().FindAsync(study, revision)) is not null);
        return row!;
    }

    /// <summary>Waits for what the jobs do in their own time.</summary>
    public static async Task EventuallyAsync(Func<Task<bool>> condition)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(20));
        while (!await condition())
        {
            await Task.Delay(20, limit.Token);
        }
    }

    public static Task EventuallyAsync(Func<bool> condition) => EventuallyAsync(() => Task.FromResult(condition()));

    /// <summary>One instance of a study, as the receiving side puts it into the ledger.</summary>
    public Task AddInstanceAsync(string study, int number) => Get<InstanceLedger>().AppendAsync([Instance(study, number)], [], CancellationToken.None);

    /// <summary>The row of an instance whose bytes nobody reads.</summary>
    public static InstanceRow Instance(string study, int number) => new()
    {
        SopInstanceUid = $"{study}.{number}", Variant = 0, StudyInstanceUid = study, SeriesInstanceUid = $"{study}.0", SopClassUid = "1.2.840.10008.5.1.4.1.1.4",
        TransferSyntaxUid = "1.2.840.10008.1.2.1", CallingAe = "TEST", Received = DateTimeOffset.UtcNow, Segment = number, Offset = study.GetHashCode(StringComparison.Ordinal), Length = 1,
        DataLength = 1, DataChecksum = 0,
    };

    public async Task StopAsync()
    {
        if (provider is not null)
        {
            await Schedule.StopAsync(CancellationToken.None);
            await provider.DisposeAsync();
            provider = null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        root.Delete(recursive: true);
    }
}
