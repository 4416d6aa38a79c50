using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace BrainTumorDicom.Service.Receive;

/// <summary>
/// A SOP Instance UID in 16 bytes, so that many fit in memory: the first half of its SHA-256, which nobody can make two UIDs share.
/// </summary>
internal readonly record struct InstanceKey(ulong High, ulong Low)
{
    /// <summary>The key of <paramref name="sopInstanceUid"/>.</summary>
    public static InstanceKey Of(string sopInstanceUid)
    {
        Span<byte> text = stackalloc byte[256];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        var length = Encoding.Latin1.GetBytes(sopInstanceUid, text);
        SHA256.HashData(text[..length], hash);
        return new InstanceKey(BinaryPrimitives.ReadUInt64BigEndian(hash), BinaryPrimitives.ReadUInt64BigEndian(hash[8..]));
    }
}
