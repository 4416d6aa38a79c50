using System.ComponentModel.DataAnnotations;
using System.Net;
using BrainTumorDicom.Dicom.Dimse;
using BrainTumorDicom.Dicom.UpperLayer;
using Microsoft.Extensions.Options;

namespace BrainTumorDicom.Service.Hosting;

/// <summary>The port that series are sent to. Section <c>Dicom</c>.</summary>
internal sealed class DicomOptions : IValidatableObject
{
    /// <summary>Our AE title (PS3.5 §6.2, AE): at most 16 characters. Default <c>BRAINTUMORDICOM</c>.</summary>
    [Required]
    public string AeTitle { get; set; } = "BRAINTUMORDICOM";

    /// <summary>TCP port; 0 is any free port. Default 11112, the registered port of DICOM.</summary>
    [Range(0, 65535)]
    public int Port { get; set; } = 11112;

    /// <summary>Address to listen on. Default <c>127.0.0.1</c>: this machine only. <c>0.0.0.0</c> is every IPv4 address, <c>::</c> every address.</summary>
    [Required]
    public string BindAddress { get; set; } = "127.0.0.1";

    /// <summary>Whether a peer must call us by <see cref="AeTitle"/>. Default false: a title set wrongly is the commonest reason why nothing arrives, and checking it protects nothing.</summary>
    public bool RequireCalledAe { get; set; }

    /// <summary>Who may call. Default none: then only callers on this machine are taken, whatever <see cref="BindAddress"/> is.</summary>
    [ValidateEnumeratedItems]
    public IList<AllowedCallerOptions> AllowedCallers { get; } = [];

    /// <summary>The encrypted port. Default none.</summary>
    [ValidateObjectMembers]
    public DicomTlsOptions Tls { get; set; } = new();

    /// <summary>SOP classes with rules of their own. Default none: every Storage SOP class is taken, and what cannot be used is refused by a report.</summary>
    [ValidateEnumeratedItems]
    public IList<SopClassOptions> SopClasses { get; } = [];

    /// <summary>Most associations at once; more are rejected as transient. Default 32.</summary>
    [Range(1, 1000)]
    public int MaximumAssociations { get; set; } = 32;

    /// <summary>Most associations at once of one address; more are rejected as transient. Default 16.</summary>
    [Range(1, 1000)]
    public int MaximumAssociationsPerPeer { get; set; } = 16;

    /// <summary>Most associations that one address may begin in a minute; more are rejected as temporary congestion. Default 1200.</summary>
    [Range(1, 1_000_000)]
    public int MaximumAssociationsPerMinute { get; set; } = 1200;

    /// <summary>Most connections at once that have no association; for one more the oldest of the address that has most is closed. Default 128.</summary>
    [Range(1, 10_000)]
    public int MaximumPendingConnections { get; set; } = 128;

    /// <summary>The same of one address. Default 32.</summary>
    [Range(1, 10_000)]
    public int MaximumPendingConnectionsPerPeer { get; set; } = 32;

    /// <summary>Operations that a peer may have outstanding on an association, if it asks for that (PS3.7 §D.3.3.3). Default 8.</summary>
    [Range(1, 65535)]
    public int MaximumOperations { get; set; } = 8;

    /// <summary>The longest data set in bytes; a longer one is refused with A700. Default 1 GiB.</summary>
    [Range(1, long.MaxValue)]
    public long MaximumDataSetBytes { get; set; } = 1L << 30;

    /// <summary>What all data sets under way may take together, in bytes; beyond it A700. Default 2 GiB.</summary>
    [Range(1, long.MaxValue)]
    public long MaximumMemoryBytes { get; set; } = 2L << 30;

    /// <summary>The same of one address. Default 1.5 GiB.</summary>
    [Range(1, long.MaxValue)]
    public long MaximumMemoryBytesPerPeer { get; set; } = 3L << 29;

    /// <summary>How long a peer may take to ask for an association, and again for a TLS handshake (ARTIM, PS3.8 §9.1.5). Default 15 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan ArtimTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long an association may be silent. Default 2 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>The least average rate of a message under way, in bytes a second, counted after <see cref="IdleTimeout"/>; 0 is any. Default 1024: far below the slowest line.</summary>
    [Range(0, 1_000_000)]
    public int MinimumBytesPerSecond { get; set; } = 1024;

    /// <summary>As the server takes them.</summary>
    public DicomServerOptions ToServerOptions() => new()
    {
        AeTitle = new AeTitle(AeTitle),
        RequireCalledAe = RequireCalledAe,
        AllowedCallers = [.. AllowedCallers.Select(rule => rule.ToRule())],
        BindAddress = IPAddress.Parse(BindAddress),
        Port = Tls.Only ? null : Port,
        Tls = Tls.ToServerOptions(),
        SopClassPolicies = [.. SopClasses.Select(one => one.ToPolicy())],
        MaximumAssociations = MaximumAssociations,
        MaximumAssociationsPerPeer = MaximumAssociationsPerPeer,
        MaximumAssociationsPerMinute = MaximumAssociationsPerMinute,
        MaximumPendingConnections = MaximumPendingConnections,
        MaximumPendingConnectionsPerPeer = MaximumPendingConnectionsPerPeer,
        MaximumOperations = MaximumOperations,
        MaximumDataSetBytes = MaximumDataSetBytes,
        MaximumMemoryBytes = MaximumMemoryBytes,
        MaximumMemoryBytesPerPeer = MaximumMemoryBytesPerPeer,
        ArtimTimeout = ArtimTimeout,
        IdleTimeout = IdleTimeout,
        MinimumBytesPerSecond = MinimumBytesPerSecond,
    };

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!BrainTumorDicom.Dicom.UpperLayer.AeTitle.TryParse(AeTitle, out _))
        {
            yield return new ValidationResult($"AeTitle is '{AeTitle}', not 1 to 16 printable ASCII characters without backslash.");
        }

        if (!IPAddress.TryParse(BindAddress, out _))
        {
            yield return new ValidationResult($"BindAddress is '{BindAddress}', not an IP address such as 127.0.0.1 or 0.0.0.0.");
        }

        if (SopClasses.GroupBy(one => one.ToPolicy().SopClassUid).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            yield return new ValidationResult($"SopClasses has more than one entry for {twice.First().SopClass}.");
        }
    }
}

/// <summary>Checks <see cref="DicomOptions"/> before a port opens.</summary>
[OptionsValidator]
internal sealed partial class DicomOptionsValidator : IValidateOptions<DicomOptions>;
