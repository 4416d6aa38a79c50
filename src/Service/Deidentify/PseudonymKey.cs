using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace BrainTumorDicom.Service.Deidentify;

/// <summary>
/// Makes other names of names, the same for the same, by a hash with a secret (HMAC-SHA256). The secret stays in the data folder:
/// without it nobody can tell by trying which name a pseudonym belongs to.
/// </summary>
internal sealed class PseudonymKey
{
    /// <summary>File of the secret in the data folder.</summary>
    public const string FileName = "deidentification.key";

    private const int Length = 32;
    private readonly byte[] secret;

    /// <summary>Takes a secret of 32 bytes.</summary>
    public PseudonymKey(byte[] secret)
    {
        ArgumentNullException.ThrowIfNull(secret);
        ArgumentOutOfRangeException.ThrowIfNotEqual(secret.Length, Length);
        this.secret = secret;
    }

    /// <summary>Reads the secret of a data folder; the first time it is made, readable by its owner only.</summary>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public static PseudonymKey Open(string dataFolder)
    {
        var path = Path.Combine(dataFolder, FileName);
        if (!File.Exists(path))
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            using var file = new FileStream(path, options);
            file.Write(RandomNumberGenerator.GetBytes(Length));
            file.Flush(flushToDisk: true);
        }

        var bytes = File.ReadAllBytes(path);
        return bytes.Length == Length
            ? new PseudonymKey(bytes)
            : throw new InvalidDataException($"{path} is damaged: it has {bytes.Length} bytes, not {Length}. Without it exports cannot go on with the pseudonyms of earlier ones.");
    }

    /// <summary>Another UID, of the 2.25 arc (PS3.5 §B.2; a UUID of version 8, RFC 9562 §5.8).</summary>
    public string Uid(string uid)
    {
        var bytes = Hash("uid", uid).AsSpan(0, 16);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return "2.25." + new BigInteger(bytes, isUnsigned: true, isBigEndian: true).ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>A patient's pseudonym: <c>P</c> and 16 hexadecimal digits.</summary>
    public string Patient(string identity) => "P" + Convert.ToHexString(Hash("patient", identity).AsSpan(0, 8));

    private byte[] Hash(string kind, string name) => HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes($"{kind}\0{name}"));
}
