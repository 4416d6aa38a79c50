namespace BrainTumorDicom.Dicom.UpperLayer;

/// <summary>How a client encrypts. The peer's certificate must bear its host name or address.</summary>
public sealed record TlsClientOptions
{
    /// <summary>PEM file with the authorities that the peer's certificate must lead to; <see langword="null"/> for those the system trusts.</summary>
    public string? TrustedCaFile { get; init; }

    /// <summary>Our own certificate, for peers that ask for one: a PEM file, or a PKCS #12 file (.pfx, .p12).</summary>
    public string? CertificateFile { get; init; }

    /// <summary>PEM file with its private key; <see langword="null"/> where the certificate's file holds it.</summary>
    public string? KeyFile { get; init; }

    /// <summary>Password of the key; <see langword="null"/> for none.</summary>
    public string? Password { get; init; }

    /// <summary>The name in the peer's certificate where it is not the host that is called.</summary>
    public string? ServerName { get; init; }
}
