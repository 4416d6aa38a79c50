using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace BrainTumorDicom.Dicom.UpperLayer;

/// <summary>The server's side of the TLS handshake, with files that are read anew when they change.</summary>
internal sealed class TlsServer
{
    private readonly TlsServerOptions options;
    private readonly Action<X509Certificate2> read;
    private readonly Action<string> unusable;
    private readonly Lock gate = new();
    private SslServerAuthenticationOptions current;
    private DateTime[] versions;

    /// <param name="options">The files.</param>
    /// <param name="read">Told of each certificate that is taken into use.</param>
    /// <param name="unusable">Told why changed files are not.</param>
    /// <exception cref="InvalidDataException">A file cannot be used; the message is one line.</exception>
    internal TlsServer(TlsServerOptions options, Action<X509Certificate2> read, Action<string> unusable)
    {
        this.options = options;
        this.read = read;
        this.unusable = unusable;
        versions = Versions();
        current = Load();
    }

    /// <summary>Shakes hands with a peer that connected.</summary>
    /// <exception cref="System.Security.Authentication.AuthenticationException">The peer offers nothing the profile allows, or its certificate is not trusted.</exception>
    /// <exception cref="IOException">The connection broke, or no TLS came.</exception>
    internal async Task<SslStream> AuthenticateAsync(Socket socket, CancellationToken cancellationToken)
    {
        var stream = new SslStream(new NetworkStream(socket, ownsSocket: false));
        try
        {
            await stream.AuthenticateAsServerAsync(Current(), cancellationToken).ConfigureAwait(false);
            return stream;
        }
        catch
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private SslServerAuthenticationOptions Current()
    {
        lock (gate)
        {
            var found = Versions();
            if (!found.SequenceEqual(versions))
            {
                versions = found;
                try
                {
                    current = Load();
                }
                catch (InvalidDataException error)
                {
                    // A certificate and its key are replaced one after the other; the next handshake looks again.
                    unusable(error.Message);
                }
            }

            return current;
        }
    }

    private DateTime[] Versions() =>
        [.. new[] { options.CertificateFile, options.KeyFile, options.TrustedCaFile }.Select(file => file is null ? default : File.GetLastWriteTimeUtc(file))];

    private SslServerAuthenticationOptions Load()
    {
        var own = TlsFiles.ReadOwn(options.CertificateFile, options.KeyFile, options.Password);
        var authorities = options.TrustedCaFile is { } file ? TlsFiles.ReadAuthorities(file) : null;
        var loaded = new SslServerAuthenticationOptions
        {
            ServerCertificateContext = SslStreamCertificateContext.Create(own[0], [.. own.Skip(1)], offline: true),
            ClientCertificateRequired = options.RequireClientCertificate,
            EnabledSslProtocols = TlsProfile.Protocols,
            CipherSuitesPolicy = TlsProfile.CipherSuites,
            CertificateChainPolicy = TlsProfile.Trust(authorities),
            AllowRenegotiation = false,
        };
        read(own[0]);
        return loaded;
    }
}
