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
        .AddSingleton(_ => new HttpClient(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(10), PooledConnectionLifetime = TimeSpan.FromMinutes(2) })
        {
            // Each attempt has its own limit.
            Timeout = Timeout.InfiniteTimeSpan,
        })
        .AddSingleton(provider => new DestinationList(Destinations(provider)));

    /// <summary>What the HTTP port needs.</summary>
    public static IServiceCollection AddWeb(this IServiceCollection services) => services
        .AddRoutingCore()
        .AddSingleton<StudyList>()
        .AddSingleton<HealthReader>()
        .AddSingleton<StowReceiver>();

    private static IEnumerable<IDestination> Destinations(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<DeliveryOptions>>().Value;
        var time = provider.GetRequiredService<TimeProvider>();
        var client = provider.GetRequiredService<HttpClient>();
        var own = new AeTitle(provider.GetRequiredService<IOptions<DicomOptions>>().Value.AeTitle);
        return
        [
            .. options.Dicom.Select(dicom => new DicomDestination(
                DicomAddress.Parse(dicom.Address), dicom.SrClass, own, options.Timeout, dicom.StorageCommitment ? options.CommitmentWait : null, dicom.Tls.ToClientOptions())),
            .. options.Fhir.Select(fhir => new FhirDestination(new Uri(fhir.Url), client, options.Timeout, time)),
        ];
    }
}
