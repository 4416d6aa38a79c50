using System.Net.Security;
using BrainTumorDicom.Dicom.Dimse;
using BrainTumorDicom.Dicom.UpperLayer;
using BrainTumorDicom.Reports;
using BrainTumorDicom.Service.Deliver;
using BrainTumorDicom.Service.Jobs;
using BrainTumorDicom.Service.Journal;
using BrainTumorDicom.Service.Ledger;
using BrainTumorDicom.Service.Receive;
using BrainTumorDicom.Service.Shadow;
using BrainTumorDicom.Service.Web;
using BrainTumorDicom.Service.Web.Stow;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace BrainTumorDicom.Service.Hosting;

/// <summary>What the container makes, part by part.</summary>
internal static class ServiceRegistration
{
    /// <summary>The options as read and checked before the container was made.</summary>
    public static IServiceCollection AddServiceOptions(this IServiceCollection services, ServiceConfiguration configuration) => services
        .AddSingleton(Options.Create(configuration.Data))
        .AddSingleton(Options.Create(configuration.Dicom))
        .AddSingleton(Options.Create(configuration.Http))
        .AddSingleton(Options.Create(configuration.Model))
        .AddSingleton(Options.Create(configuration.Journal))
        .AddSingleton(Options.Create(configuration.Receive))
        .AddSingleton(Options.Create(configuration.Analysis))
        .AddSingleton(Options.Create(configuration.Delivery))
        .AddSingleton(Options.Create(configuration.Retention))
        .AddSingleton(Options.Create(configuration.Site))
        .AddSingleton(Options.Create(configuration.Fhir))
        .AddSingleton(Options.Create(configuration.Hl7))
        .AddSingleton(Options.Create(configuration.Triage))
        .AddSingleton(Options.Create(configuration.Reports));

    /// <summary>The ledger's parts.</summary>
    public static IServiceCollection AddLedger(this IServiceCollection services) => services
        .AddSingleton(provider => new LedgerDatabase(provider.GetRequiredService<DataFolder>().LedgerFile))
        .AddSingleton<InstanceLedger>()
        .AddSingleton<StudyLedger>()
        .AddSingleton<RevisionLedger>()
        .AddSingleton<FindingLedger>()
        .AddSingleton<DeliveryLedger>()
        .AddSingleton<VerdictLedger>()
        .AddSingleton<ShadowLedger>()
        .AddSingleton<CommitmentLedger>();

    /// <summary>What turns a study into reports.</summary>
    public static IServiceCollection AddReporter(this IServiceCollection services) => services
        .AddSingleton<IStudyReporter, StudyReporter>()
        .AddSingleton<IShadowReporter, ShadowReporter>()
        .AddSingleton(provider => new JournalFolder(provider.GetRequiredService<IOptions<JournalOptions>>().Value.Folder))
        .AddSingleton(provider => new InstanceStore(new JournalReader(provider.GetRequiredService<JournalFolder>()), provider.GetRequiredService<DamageNotes>()))
        .AddSingleton(provider =>
        {
            var site = provider.GetRequiredService<IOptions<SiteOptions>>().Value;
            return new ReportOrigin(
                provider.GetRequiredService<IOptions<DicomOptions>>().Value.AeTitle,
                site.InstitutionName,
                site.SerialNumber.Length > 0 ? site.SerialNumber : InstallationIdentity.SerialNumber(provider.GetRequiredService<DataFolder>()),
                InstallationIdentity.Version);
        });

    /// <summary>The destinations of the configuration.</summary>
    public static IServiceCollection AddDestinations(this IServiceCollection services) => services
        .AddSingleton(_ => Client(tls: null))
        .AddSingleton(provider => new DestinationList(Destinations(provider)));

    /// <summary>What the HTTP port needs.</summary>
    public static IServiceCollection AddWeb(this IServiceCollection services) => services
        .AddRoutingCore()
        .AddSingleton<StudyList>()
        .AddSingleton<HealthReader>()
        .AddSingleton<StowReceiver>();

    /// <summary>A destination with certificates of its own has a client of its own; all live as long as the service.</summary>
    private static HttpClient Client(DestinationTlsOptions own, string url, HttpClient shared) =>
        own.ToClientOptions() is { } tls ? Client(new TlsClient(tls, new Uri(url).Host).Authentication) : shared;

    private static HttpClient Client(SslClientAuthenticationOptions? tls)
    {
        var handler = new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(10), PooledConnectionLifetime = TimeSpan.FromMinutes(2) };
        if (tls is not null)
        {
            handler.SslOptions = tls;
        }

        // Each attempt has its own limit.
        return new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }

    private static IEnumerable<IDestination> Destinations(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<DeliveryOptions>>().Value;
        var time = provider.GetRequiredService<TimeProvider>();
        var client = provider.GetRequiredService<HttpClient>();
        var own = new AeTitle(provider.GetRequiredService<IOptions<DicomOptions>>().Value.AeTitle);
        return
        [
            .. options.Dicom.Select(dicom => new DicomDestination(
                DicomAddress.Parse(dicom.Address), dicom.SrClass, own, options.Timeout, dicom.StorageCommitment ? options.CommitmentWait : null, dicom.Tls.ToClientOptions(),
                dicom.Objects.Or(DicomObject.Usual))),
            .. options.Stow.Select(stow => new StowDestination(stow, Client(stow.Tls, stow.Url, client), options.Timeout, time)),
            .. options.Folder.Select(folder => new FolderDestination(folder)),
            .. options.Fhir.Select(fhir => new FhirDestination(fhir, Client(fhir.Tls, fhir.Url, client), options.Timeout, time)),
            .. options.Hl7.Select(hl7 => new Hl7Destination(hl7, options.Timeout)),
        ];
    }
}
