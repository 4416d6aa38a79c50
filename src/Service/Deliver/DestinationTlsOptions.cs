using System.ComponentModel.DataAnnotations;
using BrainTumorDicom.Dicom.UpperLayer;

namespace BrainTumorDicom.Service.Deliver;

/// <summary>TLS to one DICOM destination. The destination's certificate must bear the host name or address of its <c>Address</c>.</summary>
internal sealed class DestinationTlsOptions : IValidatableObject
{
    /// <summary>Whether the connection is encrypted. Default false.</summary>
    public bool Enabled { get; set; }

    /// <summary>PEM file with the authorities that the destination's certificate must lead to. Default empty: those that the system trusts.</summary>
    public string TrustedCaFile { get; set; } = "";

    /// <summary>Our own certificate, for a destination that asks for one: PEM or PKCS #12. Default empty: none.</summary>
    public string CertificateFile { get; set; } = "";

    /// <summary>PEM file with its private key. Default empty: the certificate's file holds it.</summary>
    public string KeyFile { get; set; } = "";

    /// <summary>Password of the key. Default empty: none.</summary>
    public string Password { get; set; } = "";

    /// <summary>The name in the destination's certificate, where it is another than the host. Default empty.</summary>
    public string ServerName { get; set; } = "";

    /// <summary>As the client takes it; <see langword="null"/> without TLS.</summary>
    public TlsClientOptions? ToClientOptions() => !Enabled ? null : new TlsClientOptions
    {
        TrustedCaFile = TrustedCaFile.Length > 0 ? TrustedCaFile : null,
        CertificateFile = CertificateFile.Length > 0 ? CertificateFile : null,
        KeyFile = KeyFile.Length > 0 ? KeyFile : null,
        Password = Password.Length > 0 ? Password : null,
        ServerName = ServerName.Length > 0 ? ServerName : null,
    };

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!Enabled && (TrustedCaFile.Length > 0 || CertificateFile.Length > 0 || KeyFile.Length > 0 || ServerName.Length > 0))
        {
            yield return new ValidationResult("Tls has settings, but Enabled is not true.");
        }
    }
}
