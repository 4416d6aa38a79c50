using System.Globalization;
using BrainTumorDicom.Reports;
using BrainTumorDicom.Reports.Fhir;
using BrainTumorDicom.Reports.Hl7;
using BrainTumorDicom.Service.Deliver;
using BrainTumorDicom.Service.Jobs;
using BrainTumorDicom.Service.Journal;
using BrainTumorDicom.Service.Receive;
using BrainTumorDicom.Service.Retention;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace BrainTumorDicom.Service.Hosting;

/// <summary>Reads the configuration from its three places, checks that every key of it is known, and holds what is needed before the container is there.</summary>
internal sealed record ServiceConfiguration(
    DataOptions Data,
    DicomOptions Dicom,
    HttpOptions Http,
    ModelOptions Model,
    JournalOptions Journal,
    ReceiveOptions Receive,
    AnalysisOptions Analysis,
    DeliveryOptions Delivery,
    RetentionOptions Retention,
    SiteOptions Site,
    FhirOptions Fhir,
    Hl7Options Hl7,
    TriageOptions Triage,
    ReportOptions Reports)
{
    /// <summary>Prefix of our environment variables; <c>BTD__Dicom__Port</c> is <c>Dicom:Port</c>.</summary>
    public const string EnvironmentPrefix = "BTD__";

    /// <summary>Every section and its class; the one list of what can be configured.</summary>
    public static IReadOnlyDictionary<string, Type?> Sections { get; } = new Dictionary<string, Type?>
    {
        ["Data"] = typeof(DataOptions),
        ["Dicom"] = typeof(DicomOptions),
        ["Http"] = typeof(HttpOptions),
        ["Model"] = typeof(ModelOptions),
        ["Journal"] = typeof(JournalOptions),
        ["Receive"] = typeof(ReceiveOptions),
        ["Analysis"] = typeof(AnalysisOptions),
        ["Delivery"] = typeof(DeliveryOptions),
        ["Retention"] = typeof(RetentionOptions),
        ["Fhir"] = typeof(FhirOptions),
        ["Hl7"] = typeof(Hl7Options),
        ["Triage"] = typeof(TriageOptions),
        ["Reports"] = typeof(ReportOptions),
        ["Site"] = typeof(SiteOptions),
        ["Logging"] = null,
    };

    /// <summary>Reads and checks.</summary>
    /// <exception cref="InvalidDataException">The file is missing or damaged, or a key or value is wrong; the message is one line.</exception>
    public static IConfiguration Read(ServiceArguments arguments)
    {
        var builder = new ConfigurationBuilder();
        if (arguments.ConfigurationFile is { } file)
        {
            builder.AddJsonFile(Path.GetFullPath(file), optional: false, reloadOnChange: false);
        }

        builder.AddEnvironmentVariables(EnvironmentPrefix);
        var settings = new Dictionary<string, string?>(arguments.Settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)));
        builder.AddInMemoryCollection(settings);
        try
        {
            var configured = builder.Build();
            Append(settings, configured.GetSection("Dicom:AllowedCallers"), "AeTitle", [.. arguments.AllowedCallers.Select(rule => Split(rule).AeTitle)]);
            Append(settings, configured.GetSection("Dicom:AllowedCallers"), "Addresses:0", [.. arguments.AllowedCallers.Select(rule => Split(rule).Network)]);
            Append(settings, configured.GetSection("Delivery:Dicom"), "Address", arguments.DicomDestinations);
            Append(settings, configured.GetSection("Delivery:Fhir"), "Url", arguments.FhirDestinations);
        }
        catch (FileNotFoundException error)
        {
            throw new InvalidDataException($"configuration: {arguments.ConfigurationFile} does not exist.", error);
        }
        catch (Exception error) when (error is InvalidDataException or FormatException)
        {
            var cause = (error.InnerException ?? error).GetBaseException().Message.ReplaceLineEndings(" ");
            throw new InvalidDataException($"configuration: {arguments.ConfigurationFile} is not valid JSON: {cause}", error);
        }

        var configuration = builder.Build();
        ConfigurationCheck.Check(configuration, Sections);
        return configuration;
    }

    /// <summary>Binds and validates the option classes.</summary>
    /// <exception cref="InvalidDataException">A value is out of its range; the message is one line.</exception>
    public static ServiceConfiguration Bind(IConfiguration configuration)
    {
        var bound = BindSections(configuration);
        foreach (var kind in bound.Delivery.AskedFor)
        {
            bound.Reports.Ask(kind);
        }

        return bound;
    }

    private static ServiceConfiguration BindSections(IConfiguration configuration) => new(
        BindData(configuration),
        Bind(configuration, "Dicom", new DicomOptions(), new DicomOptionsValidator()),
        Bind(configuration, "Http", new HttpOptions(), new HttpOptionsValidator()),
        Bind(configuration, "Model", new ModelOptions(), new ModelOptionsValidator()),
        Bind(configuration, "Journal", new JournalOptions { Folder = Path.Combine(BindData(configuration).Folder, DataFolder.JournalName) }, new JournalOptionsValidator()),
        Bind(configuration, "Receive", new ReceiveOptions(), new ReceiveOptionsValidator()),
        Bind(configuration, "Analysis", new AnalysisOptions(), new AnalysisOptionsValidator()),
        Bind(configuration, "Delivery", new DeliveryOptions(), new DeliveryOptionsValidator()),
        Bind(configuration, "Retention", new RetentionOptions(), new RetentionOptionsValidator()),
        configuration.GetSection("Site").Get<SiteOptions>() ?? new SiteOptions(),
        configuration.GetSection("Fhir").Get<FhirOptions>() ?? new FhirOptions(),
        configuration.GetSection("Hl7").Get<Hl7Options>() ?? new Hl7Options(),
        configuration.GetSection("Triage").Get<TriageOptions>() ?? new TriageOptions(),
        configuration.GetSection("Reports").Get<ReportOptions>() ?? new ReportOptions());

    private static DataOptions BindData(IConfiguration configuration) => Bind(configuration, "Data", new DataOptions(), new DataOptionsValidator());

    private static TOptions Bind<TOptions>(IConfiguration configuration, string section, TOptions options, IValidateOptions<TOptions> validator)
        where TOptions : class
    {
        configuration.GetSection(section).Bind(options);
        var result = validator.Validate(null, options);
        return result.Failed
            ? throw new InvalidDataException($"configuration: {section}: {string.Join("; ", result.Failures).ReplaceLineEndings(" ")}")
            : options;
    }

    private static (string AeTitle, string Network) Split(string rule)
    {
        var at = rule.LastIndexOf('@');
        return at < 0 ? ("", rule) : (rule[..at], rule[(at + 1)..]);
    }

    private static void Append(Dictionary<string, string?> settings, IConfigurationSection list, string key, IReadOnlyList<string> values)
    {
        var next = list.GetChildren().Count();
        foreach (var value in values)
        {
            settings[string.Create(CultureInfo.InvariantCulture, $"{list.Path}:{next++}:{key}")] = value;
        }
    }
}
