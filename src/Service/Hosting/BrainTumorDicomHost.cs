using System.Net;
using BrainTumorDicom.Dicom.Dimse;
using BrainTumorDicom.Dicom.UpperLayer;
using BrainTumorDicom.Service.Deliver;
using BrainTumorDicom.Service.Jobs;
using BrainTumorDicom.Service.Journal;
using BrainTumorDicom.Service.Ledger;
using BrainTumorDicom.Service.Models;
using BrainTumorDicom.Service.Receive;
using BrainTumorDicom.Service.Retention;
using BrainTumorDicom.Service.Shadow;
using BrainTumorDicom.Service.Web;
using BrainTumorDicom.Service.Web.Stow;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace BrainTumorDicom.Service.Hosting;

/// <summary>The service as one object: made from its configuration, started, stopped.</summary>
/// <remarks>
/// Start-up order, each step failing with one line that names what is wrong: 1 configuration, 2 data folder and its lock, 3 model (digest,
/// device, a first run), 4 ledger, 5 jobs, which take up what the last run left, 6 HTTP port, 7 journal read back and DICOM port. Stopping
/// goes the other way round, so that nothing is accepted that nobody works on.
/// </remarks>
public sealed class BrainTumorDicomHost : IAsyncDisposable
{
    private readonly DataFolder folder;
    private readonly LiveModel model;
    private readonly WebApplication application;
    private readonly InstanceReceiver receiver;
    private readonly DicomServer server;
    private readonly ILogger logger;
    private bool receiverEnded;

    private BrainTumorDicomHost(DataFolder folder, LiveModel model, WebApplication application)
    {
        this.folder = folder;
        this.model = model;
        this.application = application;
        logger = Get<ILogger<BrainTumorDicomHost>>();

        // Not the container's: it would end them after the jobs that they feed.
        receiver = new InstanceReceiver(
            Get<LedgerDatabase>(),
            Get<IStudyQueue>(),
            new FindStudySource(new AeTitle(Get<IOptions<DicomOptions>>().Value.AeTitle), Get<IOptions<ReceiveOptions>>().Value.SourceTimeout),
            Get<IOptions<JournalOptions>>().Value,
            Get<IOptions<ReceiveOptions>>().Value,
            Get<TimeProvider>(),
            Get<ILogger<InstanceReceiver>>());
        server = new DicomServer(ServerOptions(), _ => receiver.Accept(), Get<ILoggerFactory>(), Get<TimeProvider>());
    }

    /// <summary>Where the DICOM port is, once started.</summary>
    public IPEndPoint DicomEndPoint => State.DicomEndPoint ?? throw new InvalidOperationException("The service is not started.");

    /// <summary>Where the HTTP port is, once started.</summary>
    public Uri HttpAddress => new(application.Urls.First());

    private ServiceState State => Get<ServiceState>();

    /// <summary>Starts the service; when this returns, associations are accepted.</summary>
    /// <exception cref="InvalidDataException">The configuration or the model is wrong.</exception>
    /// <exception cref="IOException">The data folder or a port cannot be had, or the model is not there.</exception>
    /// <exception cref="InvalidOperationException">The device asked for is not there.</exception>
    public static async Task<BrainTumorDicomHost> StartAsync(ServiceArguments arguments, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        var configuration = ServiceConfiguration.Read(arguments);
        var options = ServiceConfiguration.Bind(configuration);
        var folder = DataFolder.Open(options.Data.Folder);
        LiveModel? model = null;
        BrainTumorDicomHost? host = null;
        try
        {
            var store = new ModelStore(folder.Path);
            model = LiveModel.Load(options.Model, store);
            host = new BrainTumorDicomHost(folder, model, Build(configuration, options, folder, store, model));
            await host.StartAsync(cancellationToken).ConfigureAwait(false);
            return host;
        }
        catch
        {
            if (host is not null)
            {
                await host.DisposeAsync().ConfigureAwait(false);
            }
            else
            {
                model?.Dispose();
                folder.Dispose();
            }

            throw;
        }
    }

    /// <summary>Stops in the order that loses nothing; what is under way is finished or kept for the next start.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        logger.Stopping();
        await Task.WhenAll(server.StopAsync(cancellationToken), Get<StowReceiver>().CloseAsync(cancellationToken)).ConfigureAwait(false);
        await DisposeReceiverAsync().ConfigureAwait(false);
        await Get<JobSchedule>().StopAsync(cancellationToken).ConfigureAwait(false);
        await application.StopAsync(cancellationToken).ConfigureAwait(false);
        logger.Stopped();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync().ConfigureAwait(false);
        await Get<StowReceiver>().CloseAsync(new CancellationToken(canceled: true)).ConfigureAwait(false);
        await DisposeReceiverAsync().ConfigureAwait(false);
        await Get<JobSchedule>().StopAsync(CancellationToken.None).ConfigureAwait(false);
        await application.DisposeAsync().ConfigureAwait(false);
        model.Dispose();
        folder.Dispose();
    }

    private DicomServerOptions ServerOptions() => Get<IOptions<DicomOptions>>().Value.ToServerOptions() with
    {
        EventReports = Get<IOptions<DeliveryOptions>>().Value.Dicom.Any(destination => destination.StorageCommitment) ? Get<CommitmentReports>().Service : null,
    };

    private async Task DisposeReceiverAsync()
    {
        if (!receiverEnded)
        {
            receiverEnded = true;
            await receiver.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static WebApplication Build(IConfiguration configuration, ServiceConfiguration options, DataFolder folder, ModelStore store, LiveModel model)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddConfiguration(configuration);
        builder.Logging.AddConfiguration(configuration.GetSection("Logging"));
        AddLogging(builder.Logging);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(EndPointText.Parse(options.Http.Address)));
        builder.Services
            .AddSingleton<IHostLifetime, NoSignals>()
            .AddSingleton(TimeProvider.System)
            .AddSingleton(_ => folder)
            .AddSingleton(_ => model)
            .AddSingleton(store)
            .AddSingleton<ModelWatcher>()
            .AddSingleton<ServiceState>()
            .AddServiceOptions(options)
            .AddLedger()
            .AddReporter()
            .AddDestinations()
            .AddJobs(new JobDatabase(folder.JobsFile), options.Analysis.Concurrency + options.Delivery.Count + 3)
            .AddWeb();
        var application = builder.Build();
        application.MapWeb();
        if (options.Http.StowPath.Length > 0)
        {
            application.MapStow(options.Http.StowPath);
        }

        return application;
    }

    private static void AddLogging(ILoggingBuilder logging)
    {
        logging.AddFilter("Microsoft", LogLevel.Warning).AddFilter("Quartz", LogLevel.Warning).AddFilter("System", LogLevel.Warning);

        // A port that is taken is said once, in our words.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ";
            console.ColorBehavior = LoggerColorBehavior.Disabled;
        });

        // stdout is for what a program reads: the line "ready".
        logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    }

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        logger.Starting(InstallationIdentity.Version, folder.Path);
        logger.ModelLoaded(model.Identity.Name, model.Identity.Version, model.Identity.Sha256, model.Identity.ExecutionProvider);
        _ = Get<IShadowReporter>();
        await Get<JobSchedule>().StartAsync(cancellationToken).ConfigureAwait(false);
        await StartHttpAsync(cancellationToken).ConfigureAwait(false);
        foreach (var destination in Get<DestinationList>().All)
        {
            logger.Destination(destination.Name);
        }

        if (Get<DestinationList>().All.Count == 0)
        {
            logger.NoDestination(folder.Reports);
        }

        if (!Get<IOptions<JournalOptions>>().Value.Sync)
        {
            logger.NotSynced();
        }

        await receiver.StartAsync(cancellationToken).ConfigureAwait(false);
        Get<JournalRetention>().Attach(receiver);
        Get<StudyList>().Attach(receiver);
        Get<StowReceiver>().Open(receiver.Accept, receiver.Space);
        Get<ModelWatcher>().Start();
        await Get<ReleaseWatcher>().StartAsync().ConfigureAwait(false);
        await StartDicomAsync(cancellationToken).ConfigureAwait(false);
        State.Started = Get<TimeProvider>().GetUtcNow();
    }

    private async Task StartHttpAsync(CancellationToken cancellationToken)
    {
        var address = Get<IOptions<HttpOptions>>().Value.Address;
        try
        {
            await application.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (IOException error)
        {
            throw new IOException($"HTTP port {address} cannot be opened: {error.GetBaseException().Message}. Choose another with --http, or stop what uses it.", error);
        }

        Listens("HTTP", new IPEndPoint(IPAddress.Parse(HttpAddress.Host.Trim('[', ']')), HttpAddress.Port), "Http:Address or --http");
    }

    private async Task StartDicomAsync(CancellationToken cancellationToken)
    {
        ReserveThreads(Get<IOptions<DicomOptions>>().Value.MaximumAssociations);
        try
        {
            await server.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (IOException error)
        {
            throw new IOException($"DICOM port cannot be opened: {error.Message}. Choose another with --port (Dicom:Tls:Port for TLS), or stop what uses it.", error);
        }

        State.DicomEndPoint = server.LocalEndPoint;
        var options = Get<IOptions<DicomOptions>>().Value;
        if (!options.Tls.Only)
        {
            Listens("DICOM", server.LocalEndPoint, "Dicom:BindAddress or --bind");
        }

        if (server.TlsEndPoint is { } encrypted)
        {
            Listens("DICOM with TLS", encrypted, "Dicom:BindAddress or --bind");
        }

        if (options.AllowedCallers.Count == 0 && !IPAddress.IsLoopback(server.LocalEndPoint.Address))
        {
            logger.NobodyAllowed();
        }
    }

    /// <summary>An association holds a thread while the disk works for it: the pool must not add them one by one as senders wait.</summary>
    private static void ReserveThreads(int associations)
    {
        ThreadPool.GetMinThreads(out var workers, out var completions);
        ThreadPool.SetMinThreads(Math.Max(workers, Math.Min(associations, 64) + Environment.ProcessorCount), completions);
    }

    private void Listens(string name, IPEndPoint endPoint, string setting)
    {
        if (IPAddress.IsLoopback(endPoint.Address))
        {
            logger.ListensLocally(name, endPoint.ToString(), setting);
        }
        else
        {
            logger.ListensOpenly(name, endPoint.ToString());
        }
    }

    private T Get<T>()
        where T : notnull => application.Services.GetRequiredService<T>();

    /// <summary>Signals are the command line's: it ends the wait, and the verb stops the service.</summary>
    private sealed class NoSignals : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
