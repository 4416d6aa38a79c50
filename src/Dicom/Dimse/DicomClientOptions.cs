using BrainTumorDicom.Dicom.UpperLayer;

namespace BrainTumorDicom.Dicom.Dimse;

/// <summary>Whom a <see cref="DicomClient"/> calls, and for what.</summary>
public sealed record DicomClientOptions
{
    /// <summary>Name or address of the peer.</summary>
    public required string Host { get; init; }

    /// <summary>TCP port of the peer.</summary>
    public required int Port { get; init; }

    /// <summary>The peer's title.</summary>
    public required AeTitle CalledAe { get; init; }

    /// <summary>Our title. Default BRAINTUMORDICOM.</summary>
    public AeTitle CallingAe { get; init; } = new("BRAINTUMORDICOM");

    /// <summary>1 to 128 contexts.</summary>
    public required IReadOnlyList<PresentationContextProposal> Contexts { get; init; }

    /// <summary>Takes the event reports that the peer sends on this association; <see langword="null"/> (the default) where none is expected.</summary>
    public EventReportService? EventReports { get; init; }

    /// <summary>How the connection is encrypted; <see langword="null"/> for not at all. Default not.</summary>
    public TlsClientOptions? Tls { get; init; }

    /// <summary>How long to wait for the connection, a TLS handshake included. Default 10 s.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long to wait for each answer. Default 60 s: an archive may be slow to store.</summary>
    public TimeSpan ResponseTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Announced maximum P-DATA-TF length in bytes. Default 128 KiB.</summary>
    public uint MaximumPduLength { get; init; } = 1 << 17;
}
