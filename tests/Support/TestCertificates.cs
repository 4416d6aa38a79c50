using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace BrainTumorDicom.Support;

/// <summary>An authority with the certificates of a server (localhost, 127.0.0.1) and of a client, as PEM files in a folder.</summary>
public sealed class TestCertificates
{
    /// <summary>A key takes long to make; each name has one for the whole run.</summary>
    private static readonly ConcurrentDictionary<string, Lazy<RSA>> Keys = new();

    private static readonly DateTimeOffset Begin = DateTimeOffset.UtcNow.AddDays(-1);

    private readonly X509Certificate2 authority;

    /// <summary>Makes them.</summary>
    /// <param name="folder">Where the files go.</param>
    /// <param name="name">What their names begin with.</param>
    public TestCertificates(string folder, string name = "test")
    {
        Folder = folder;
        Name = name;
        var request = Request($"CN={name} authority", Key("authority"));
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        authority = request.CreateSelfSigned(Begin, Begin.AddDays(10));
        File.WriteAllText(AuthorityFile, authority.ExportCertificatePem());
        Issue("server");
        Issue("client");
    }

    /// <summary>The authority's certificate.</summary>
    public string AuthorityFile => Path.Combine(Folder, $"{Name}-ca.pem");

    /// <summary>The server's certificate.</summary>
    public string ServerFile => FileOf("server");

    /// <summary>The server's key.</summary>
    public string ServerKeyFile => FileOf("server-key");

    /// <summary>The client's certificate.</summary>
    public string ClientFile => FileOf("client");

    /// <summary>The client's key.</summary>
    public string ClientKeyFile => FileOf("client-key");

    private string Folder { get; }

    private string Name { get; }

    /// <summary>Makes a certificate, its PEM files, and its PKCS #12 file with the password <c>secret</c>.</summary>
    /// <returns>Its serial number in hexadecimal.</returns>
    public string Issue(string subject)
    {
        var key = Key(subject);
        var request = Request($"CN={subject}", key);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var issued = request.Create(authority, Begin, Begin.AddDays(9), RandomNumberGenerator.GetBytes(8));
        using var own = issued.CopyWithPrivateKey(key);
        File.WriteAllText(FileOf(subject), own.ExportCertificatePem());
        File.WriteAllText(FileOf($"{subject}-key"), key.ExportPkcs8PrivateKeyPem());
        File.WriteAllBytes(Path.ChangeExtension(FileOf(subject), ".pfx"), own.ExportPkcs12(Pkcs12ExportPbeParameters.Pbes2Aes256Sha256, "secret"));
        return own.SerialNumber;
    }

    private static CertificateRequest Request(string subject, RSA key) => new(subject, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

    private RSA Key(string subject) => Keys.GetOrAdd($"{Name} {subject}", _ => new Lazy<RSA>(() => RSA.Create(2048))).Value;

    private string FileOf(string subject) => Path.Combine(Folder, $"{Name}-{subject}.pem");
}
