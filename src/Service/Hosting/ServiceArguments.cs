namespace BrainTumorDicom.Service.Hosting;

/// <summary>What the service is started with. Later wins: defaults, configuration file, environment (<c>BTD__Section__Key</c>), <see cref="Settings"/>.</summary>
public sealed record ServiceArguments
{
    /// <summary>A JSON file of sections, or <see langword="null"/>.</summary>
    public string? ConfigurationFile { get; init; }

    /// <summary>Single settings by configuration key, such as <c>Dicom:Port</c>.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>Rules of who may call (<c>AET@NETWORK</c>), in addition to the configured ones.</summary>
    public IReadOnlyList<string> AllowedCallers { get; init; } = [];

    /// <summary>Storage destinations (<c>AET@HOST:PORT</c>), in addition to the configured ones.</summary>
    public IReadOnlyList<string> DicomDestinations { get; init; } = [];

    /// <summary>FHIR base addresses, in addition to the configured ones.</summary>
    public IReadOnlyList<string> FhirDestinations { get; init; } = [];
}
