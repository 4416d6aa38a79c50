using System.Net.Security;
using System.Net.Sockets;

namespace BrainTumorDicom.Dicom.UpperLayer;

/// <summary>The client's side of the TLS handshake. What speaks other protocols beside DICOM keeps to the same profile with it.</summary>
public sealed class TlsClient
{
    /// <summary>Reads the files.</summary>
    /// <param name="options">How to encrypt.</param>
    /// <param name="host">The host that is called.</param>
    /// <exception cref="InvalidDataException">A file cannot be used; the message is one line.</exception>
    public TlsClient(TlsClientOptions options, string host)
    {
        ArgumentNullException.ThrowIfNull(options);
        Authentication = new SslClientAuthenticationOptions
        {
            TargetHost = options.ServerName ?? host,
            EnabledSslProtocols = TlsProfile.Protocols,
            CipherSuitesPolicy = TlsProfile.CipherSuites,
            CertificateChainPolicy = TlsProfile.Trust(options.TrustedCaFile is { } file ? TlsFiles.ReadAuthorities(file) : null),
            AllowRenegotiation = false,
        };
        if (options.CertificateFile is { } certificate)
        {
            var own = TlsFiles.ReadOwn(certificate, options.KeyFile, options.Password);
            Authentication.ClientCertificateContext = SslStreamCertificateContext.Create(own[0], [.. own.Skip(1)], offline: true);
        }
    }

    /// <summary>The same for an HTTP client.</summary>
    public SslClientAuthenticationOptions Authentication { get; }

    /// <summary>Shakes hands over a connection that is open.</summary>
    /// <exception cref="System.Security.Authentication.AuthenticationException">The peer is not trusted, or offers nothing the profile allows.</exception>
    /// <exception cref="IOException">The connection broke, or no TLS came.</exception>
    public async Task<SslStream> AuthenticateAsync(Socket socket, CancellationToken cancellationToken)
    {
        var stream = new SslStream(new NetworkStream(socket, ownsSocket: false));
        try
        {
            await stream.AuthenticateAsClientAsync(Authentication, cancellationToken).ConfigureAwait(false);
            return stream;
        }
        catch
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}
