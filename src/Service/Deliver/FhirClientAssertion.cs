using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace BrainTumorDicom.Service.Deliver;

/// <summary>The signed statement that stands for a client secret (RFC 7523; SMART backend services: RS384 or ES384, at most five minutes).</summary>
internal static class FhirClientAssertion
{
    // Under the five minutes by what two clocks may differ.
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(4);

    /// <summary>Makes one: a JWT with an id of its own, which a server takes once.</summary>
    /// <param name="pem">The private key.</param>
    /// <param name="keyId">Its id in the key set that the server knows.</param>
    /// <param name="clientId">Who we are.</param>
    /// <param name="tokenUrl">Whom it is for.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="InvalidDataException">The key is neither RSA nor P-384.</exception>
    public static string Write(string pem, string keyId, string clientId, string tokenUrl, DateTimeOffset now)
    {
        using var elliptic = EllipticKey(pem);
        using var rsa = elliptic is null ? RsaKey(pem) : null;
        var header = new JsonObject { ["alg"] = rsa is null ? "ES384" : "RS384", ["kid"] = keyId, ["typ"] = "JWT" };
        var claims = new JsonObject
        {
            ["iss"] = clientId,
            ["sub"] = clientId,
            ["aud"] = tokenUrl,
            ["jti"] = Guid.NewGuid().ToString(),
            ["iat"] = now.ToUnixTimeSeconds(),
            ["exp"] = (now + Life).ToUnixTimeSeconds(),
        };
        var signed = $"{Encode(header)}.{Encode(claims)}";
        var bytes = Encoding.ASCII.GetBytes(signed);
        var signature = rsa?.SignData(bytes, HashAlgorithmName.SHA384, RSASignaturePadding.Pkcs1)
            ?? elliptic!.SignData(bytes, HashAlgorithmName.SHA384, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        return $"{signed}.{Base64Url.EncodeToString(signature)}";
    }

    private static string Encode(JsonObject json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json.ToJsonString()));

    /// <summary>The key, where it is one of P-384; <see langword="null"/> for a key of another kind.</summary>
    private static ECDsa? EllipticKey(string pem)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
            return key.KeySize == 384 ? key : throw new InvalidDataException($"the key has {key.KeySize} bits, and ES384 needs P-384.");
        }
        catch (Exception error) when (error is ArgumentException or CryptographicException)
        {
            key.Dispose();
            return null;
        }
    }

    private static RSA RsaKey(string pem)
    {
        var key = RSA.Create();
        try
        {
            key.ImportFromPem(pem);
            return key;
        }
        catch (Exception error) when (error is ArgumentException or CryptographicException)
        {
            key.Dispose();
            throw new InvalidDataException("the key file holds no private key of RSA or P-384 in PEM.", error);
        }
    }
}
