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

    /// <summary>The address to listen on. Default loopback: a site opens the port knowingly.</summary>
    public IPAddress BindAddress { get; init; } = IPAddress.Loopback;

    /// <summary>TCP port; 0 takes a free one. Default 11112.</summary>
    public int Port { get; init; } = 11112;

    /// <summary>Announced maximum P-DATA-TF length in bytes, 4,096 to 16 MiB. Default 256 KiB: below 128 KiB senders are slower.</summary>
    public uint MaximumPduLength { get; init; } = 1 << 18;

    /// <summary>Most associations at once; more are rejected as transient. Default 32.</summary>
    public int MaximumAssociations { get; init; } = 32;

    /// <summary>The longest data set in bytes; a longer one is answered A700H. Default 1 GiB.</summary>
    public long MaximumDataSetBytes { get; init; } = 1L << 30;

    /// <summary>What all data sets under way may take together, in bytes; beyond it A700H. Default 2 GiB.</summary>
    public long MaximumMemoryBytes { get; init; } = 2L << 30;

    /// <summary>How long a peer may stay silent before A-ASSOCIATE-RQ, or leave the connection open at the end (ARTIM, PS3.8 §9.1.5). Default 30 s.</summary>
    public TimeSpan ArtimTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long an association may be silent. Default 120 s.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>How long running associations may go on when the server stops. Default 5 s.</summary>
    public TimeSpan StopGrace { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>SOP classes taken by C-STORE, beside Verification. Default all of Storage: what we cannot use is refused by a report, not in silence.</summary>
    public IReadOnlyList<string> AcceptedSopClasses { get; init; } = StorageSopClasses.All;

    /// <summary>Transfer syntaxes that can be decoded, in no order: the peer's first that is here is chosen. Default those that <see cref="PixelCodecs"/> reads here.</summary>
    public IReadOnlyList<string> AcceptedTransferSyntaxes { get; init; } = PixelCodecs.Decodable;

    /// <summary>Transfer syntaxes that are kept as they come though they cannot be decoded: chosen only in a presentation context that offers nothing else. Default none.</summary>
    public IReadOnlyList<string> KeptTransferSyntaxes { get; init; } = [];

    /// <exception cref="ArgumentException">A value is out of its range.</exception>
    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfEqual(AeTitle.Value, "", nameof(AeTitle));
        ArgumentOutOfRangeException.ThrowIfLessThan(Port, 0, nameof(Port));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Port, 65535, nameof(Port));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaximumPduLength, 4096u, nameof(MaximumPduLength));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaximumPduLength, 1u << 24, nameof(MaximumPduLength));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaximumAssociations, 1, nameof(MaximumAssociations));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaximumDataSetBytes, 1, nameof(MaximumDataSetBytes));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaximumMemoryBytes, 1, nameof(MaximumMemoryBytes));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(ArtimTimeout, TimeSpan.Zero, nameof(ArtimTimeout));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(IdleTimeout, TimeSpan.Zero, nameof(IdleTimeout));
    }
}
