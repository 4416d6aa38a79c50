namespace BrainTumorDicom.Dicom.UpperLayer;

/// <summary>The encrypted port of a server. The certificate comes from PEM files or from a PKCS #12 file; changed files are read anew.</summary>
public sealed record TlsServerOptions
{
    /// <summary>TCP port; 0 takes a free one. Default 2762, the registered port of DICOM with TLS (PS3.8 §9.1.1).</summary>
    public int Port { get; init; } = 2762;

    /// <summary>PEM file with our certificate and after it those between it and the root; or a PKCS #12 file (.pfx, .p12), which holds the key too.</summary>
    public required string CertificateFile { get; init; }

    /// <summary>PEM file with the private key; <see langword="null"/> where the certificate's file holds it.</summary>
    public string? KeyFile { get; init; }

    /// <summary>Password of the key; <see langword="null"/> for none.</summary>
    public string? Password { get; init; }

    /// <summary>Whether a peer must show a certificate that leads to <see cref="TrustedCaFile"/>. Default true.</summary>
    public bool RequireClientCertificate { get; init; } = true;

    /// <summary>PEM file with the certificates of the authorities that peers' certificates must lead to.</summary>
    public string? TrustedCaFile { get; init; }
}
