using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace BrainTumorDicom.Dicom.UpperLayer;

/// <summary>The Non-Downgrading BCP 195 TLS Secure Transport Connection Profile (PS3.15 §B.10): TLS 1.2 and 1.3, authenticated encryption and forward secrecy.</summary>
internal static class TlsProfile
{
#pragma warning disable CA5398 // The profile names the versions: 1.2 must not give way to an older one that a system still allows.
    internal const SslProtocols Protocols = SslProtocols.Tls12 | SslProtocols.Tls13;
#pragma warning restore CA5398

    /// <summary>The suites of BCP 195 (RFC 9325 §4.2); on Windows the system's own choice stands, for it cannot be set.</summary>
    internal static CipherSuitesPolicy? CipherSuites { get; } = OperatingSystem.IsLinux() || OperatingSystem.IsMacOS()
        ? new CipherSuitesPolicy(
        [
            TlsCipherSuite.TLS_AES_128_GCM_SHA256,
            TlsCipherSuite.TLS_AES_256_GCM_SHA384,
            TlsCipherSuite.TLS_CHACHA20_POLY1305_SHA256,
            TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
            TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
            TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
            TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
            TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
            TlsCipherSuite.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
        ])
        : null;

    /// <summary>How a peer's certificate is checked. Revocation is not asked for: a hospital's network reaches no responder.</summary>
    /// <param name="authorities">The only roots, or <see langword="null"/> for the system's.</param>
    internal static X509ChainPolicy Trust(X509Certificate2Collection? authorities)
    {
        var policy = new X509ChainPolicy { RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true };
        if (authorities is not null)
        {
            policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            policy.CustomTrustStore.AddRange(authorities);

            // Authorities between a root and the peer may stand in the same file.
            policy.ExtraStore.AddRange(authorities);
        }

        return policy;
    }
}
