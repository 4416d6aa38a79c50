using System.Net;
using BrainTumorDicom.Dicom.Pixels;
using BrainTumorDicom.Dicom.UpperLayer;

namespace BrainTumorDicom.Dicom.Dimse;

/// <summary>What a <see cref="DicomServer"/> listens to and takes.</summary>
public sealed record DicomServerOptions
{
    /// <summary>Our own title. Default BRAINTUMORDICOM.</summary>
    public AeTitle AeTitle { get; init; } = new("BRAINTUMORDICOM");

    /// <summary>Whether a peer must call us by <see cref="AeTitle"/>. Default true.</summary>
    public bool RequireCalledAe { get; init; } = true;

    /// <summary>Who may call: one rule that allows a caller is enough. Default none, and then only this machine may.</summary>
    public IReadOnlyList<CallerRule> AllowedCallers { get; init; } = [];

    /// <summary>The address to listen on, for both ports. Default loopback: a site opens the port knowingly.</summary>
    public IPAddress BindAddress { get; init; } = IPAddress.Loopback;

    /// <summary>TCP port; 0 takes a free one, <see langword="null"/> listens on <see cref="Tls"/>'s port only. Default 11112.</summary>
    public int? Port { get; init; } = 11112;

    /// <summary>A second port, on which associations are encrypted (PS3.15 §B.10); <see langword="null"/> for none. Default none.</summary>
    public TlsServerOptions? Tls { get; init; }

    /// <summary>Announced maximum P-DATA-TF length in bytes, 4,096 to 16 MiB. Default 256 KiB: below 128 KiB senders are slower.</summary>
    public uint MaximumPduLength { get; init; } = 1 << 18;

    /// <summary>Most associations at once; more are rejected as transient. Default 32.</summary>
    public int MaximumAssociations { get; init; } = 32;

    /// <summary>Most associations at once of one address; more are rejected as transient. Default 16.</summary>
    public int MaximumAssociationsPerPeer { get; init; } = 16;

    /// <summary>
    /// Most associations that one address may begin in a minute; more are rejected as temporary congestion. Default 1,200: some modalities
    /// open one for every image.
    /// </summary>
    public int MaximumAssociationsPerMinute { get; init; } = 1200;

    /// <summary>Most connections at once that have no association; for one more the oldest of the address that has most is closed. Default 128.</summary>
    public int MaximumPendingConnections { get; init; } = 128;

    /// <summary>The same of one address. Default 32: as many as a sender may open at one blow.</summary>
    public int MaximumPendingConnectionsPerPeer { get; init; } = 32;

    /// <summary>Outstanding operations that a peer may invoke on an association, if it negotiates them (PS3.7 §D.3.3.3). Default 8.</summary>
    public int MaximumOperations { get; init; } = 8;

    /// <summary>The longest data set in bytes; a longer one is answered A700H. Default 1 GiB.</summary>
    public long MaximumDataSetBytes { get; init; } = 1L << 30;

    /// <summary>What all data sets under way may take together, in bytes; beyond it A700H. Default 2 GiB.</summary>
    public long MaximumMemoryBytes { get; init; } = 2L << 30;

    /// <summary>The same of one address. Default 1.5 GiB: one peer cannot shut the others out.</summary>
    public long MaximumMemoryBytesPerPeer { get; init; } = 3L << 29;

    /// <summary>
    /// How long a peer may take for a TLS handshake, for A-ASSOCIATE-RQ, or leave the connection open at the end (ARTIM, PS3.8 §9.1.5).
    /// Default 15 s: a peer that connects has its request ready.
    /// </summary>
    public TimeSpan ArtimTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long an association may be silent. Default 120 s.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>
    /// The least average rate of a message under way in bytes a second, counted after <see cref="IdleTimeout"/>; a slower peer is aborted.
    /// 0 is any. Default 1,024: an eighth of a 64 kbit/s line.
    /// </summary>
    public int MinimumBytesPerSecond { get; init; } = 1024;

    /// <summary>How long running associations may go on when the server stops. Default 5 s.</summary>
    public TimeSpan StopGrace { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>SOP classes taken by C-STORE, beside Verification. Default all of Storage: what we cannot use is refused by a report, not in silence.</summary>
    public IReadOnlyList<string> AcceptedSopClasses { get; init; } = StorageSopClasses.All;

    /// <summary>What is done with single SOP classes instead; beside Verification, which is always taken. Default none.</summary>
    public IReadOnlyList<SopClassPolicy> SopClassPolicies { get; init; } = [];

    /// <summary>Transfer syntaxes that can be decoded, in no order: the peer's first that is here is chosen. Default those that <see cref="PixelCodecs"/> reads here.</summary>
    public IReadOnlyList<string> AcceptedTransferSyntaxes { get; init; } = PixelCodecs.Decodable;

    /// <summary>
    /// Takes the event reports of SOP classes that we use as SCU: their contexts are accepted only where the peer proposes itself as SCP
    /// (PS3.7 §D.3.3.4). Default <see langword="null"/>: none.
    /// </summary>
    public EventReportService? EventReports { get; init; }

    /// <exception cref="ArgumentException">A value is out of its range.</exception>
    internal void Validate()
    {
        if (Port is null && Tls is null)
        {
            throw new ArgumentException("There is neither a port without TLS nor one with it.");
        }

        ArgumentOutOfRangeException.ThrowIfEqual(AeTitle.Value, "", nameof(AeTitle));
        ArgumentOutOfRangeException.ThrowIfLessThan(Port ?? 0, 0, nameof(Port));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Port ?? 0, 65535, nameof(Port));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaximumPduLength, 4096u, nameof(MaximumPduLength));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaximumPduLength, 1u << 24, nameof(MaximumPduLength));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaximumAssociations, 1, nameof(MaximumAssociations));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaximumAssociationsPerPeer, 1, nameof(MaximumAssociationsPerPeer));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaximumAssociationsPerMinute, 1, nameof(MaximumAssociationsPerMinute));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaximumPendingConnections, 1, nameof(MaximumPendingConnections));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaximumPendingConnectionsPerPeer, 1, nameof(MaximumPendingConnectionsPerPeer));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaximumOperations, 1, nameof(MaximumOperations));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaximumOperations, ushort.MaxValue, nameof(MaximumOperations));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaximumMemoryBytesPerPeer, 1, nameof(MaximumMemoryBytesPerPeer));
        ArgumentOutOfRangeException.ThrowIfLessThan(MinimumBytesPerSecond, 0, nameof(MinimumBytesPerSecond));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaximumDataSetBytes, 1, nameof(MaximumDataSetBytes));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaximumMemoryBytes, 1, nameof(MaximumMemoryBytes));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(ArtimTimeout, TimeSpan.Zero, nameof(ArtimTimeout));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(IdleTimeout, TimeSpan.Zero, nameof(IdleTimeout));
    }
}
