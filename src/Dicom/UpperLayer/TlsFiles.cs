using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace BrainTumorDicom.Dicom.UpperLayer;

/// <summary>Reads certificates and keys; what is wrong becomes one line that names the file.</summary>
internal static class TlsFiles
{
    /// <summary>Our certificate with its key, first, and after it the ones that were in the same file.</summary>
    /// <exception cref="InvalidDataException">A file is not there, holds something else, or the key is not the certificate's.</exception>
    internal static X509Certificate2Collection ReadOwn(string certificateFile, string? keyFile, string? password) =>
        Read(certificateFile, keyFile, () => IsPkcs12(certificateFile)
            ? OwnFirst(X509CertificateLoader.LoadPkcs12CollectionFromFile(certificateFile, password))
            : ReadPem(certificateFile, keyFile, password));

    /// <summary>The authorities of a PEM file.</summary>
    /// <exception cref="InvalidDataException">It is not there, or holds no certificate.</exception>
    internal static X509Certificate2Collection ReadAuthorities(string file) => Read(file, null, () =>
    {
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPemFile(file);
        return authorities.Count > 0 ? authorities : throw new CryptographicException("it holds no certificate in PEM");
    });

    private static bool IsPkcs12(string file) =>
        Path.GetExtension(file).ToUpperInvariant() is ".PFX" or ".P12";

    private static X509Certificate2Collection ReadPem(string certificateFile, string? keyFile, string? password)
    {
        var all = new X509Certificate2Collection();
        all.ImportFromPemFile(certificateFile);
        using var first = password is null
            ? X509Certificate2.CreateFromPemFile(certificateFile, keyFile)
            : X509Certificate2.CreateFromEncryptedPemFile(certificateFile, password, keyFile);

        // Windows takes a key for TLS only from a store, which a PKCS #12 read makes for it.
        var own = X509CertificateLoader.LoadPkcs12(first.Export(X509ContentType.Pkcs12), null);
        return [own, .. all.Skip(1)];
    }

    private static X509Certificate2Collection OwnFirst(X509Certificate2Collection all)
    {
        var own = all.FirstOrDefault(one => one.HasPrivateKey) ?? throw new CryptographicException("it holds no private key");
        return [own, .. all.Where(one => one != own)];
    }

    private static X509Certificate2Collection Read(string file, string? keyFile, Func<X509Certificate2Collection> read)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException($"TLS: {error.Message.ReplaceLineEndings(" ")}", error);
        }
        catch (Exception error) when (error is CryptographicException or ArgumentException)
        {
            var files = keyFile is null ? file : $"{file} with the key {keyFile}";
            throw new InvalidDataException($"TLS: {files} cannot be used: {error.Message.ReplaceLineEndings(" ")}", error);
        }
    }
}
