using System.ComponentModel.DataAnnotations;
using BrainTumorDicom.Dicom.UpperLayer;

namespace BrainTumorDicom.Service.Hosting;

/// <summary>The encrypted DICOM port: TLS 1.2 and 1.3 by PS3.15 §B.10. Section <c>Dicom:Tls</c>; it is there when <see cref="CertificateFile"/> is set.</summary>
internal sealed class DicomTlsOptions : IValidatableObject
{
    /// <summary>TCP port; 0 is any free port. Default 2762, the registered port of DICOM with TLS.</summary>
    [Range(0, 65535)]
    public int Port { get; set; } = 2762;

    /// <summary>Whether there is no port without TLS. Default false: both.</summary>
    public bool Only { get; set; }

    /// <summary>Our certificate: a PEM file, with those between it and the root after it, or a PKCS #12 file (.pfx, .p12). Read anew when it changes. Default empty: no TLS.</summary>
    public string CertificateFile { get; set; } = "";

    /// <summary>PEM file with the private key. Default empty: the certificate's file holds it.</summary>
    public string KeyFile { get; set; } = "";

    /// <summary>Password of the key. Default empty: none.</summary>
    public string Password { get; set; } = "";

    /// <summary>Whether a peer must show a certificate that leads to <see cref="TrustedCaFile"/>. Default true: encryption alone does not say who sends.</summary>
    public bool RequireClientCertificate { get; set; } = true;

    /// <summary>PEM file with the authorities of peers' certificates. Default empty.</summary>
    public string TrustedCaFile { get; set; } = "";

    /// <summary>As the server takes it; <see langword="null"/> without TLS.</summary>
    public TlsServerOptions? ToServerOptions() => CertificateFile.Length == 0 ? null : new TlsServerOptions
    {
        Port = Port,
        CertificateFile = CertificateFile,
        KeyFile = KeyFile.Length > 0 ? KeyFile : null,
        Password = Password.Length > 0 ? Password : null,
        RequireClientCertificate = RequireClientCertificate,
        TrustedCaFile = TrustedCaFile.Length > 0 ? TrustedCaFile : null,
    };

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (CertificateFile.Length == 0 && (Only || KeyFile.Length > 0 || TrustedCaFile.Length > 0))
        {
            yield return new ValidationResult("Tls: CertificateFile is not set, and without it there is no TLS.");
        }

        if (CertificateFile.Length > 0 && RequireClientCertificate && TrustedCaFile.Length == 0)
        {
            yield return new ValidationResult("Tls: TrustedCaFile is not set: name the authorities of your peers' certificates, or set RequireClientCertificate to false.");
        }
    }
}
