using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace BrainTumorDicom.Dicom.Data;

/// <summary>A unique identifier (PS3.5 §9): digits and dots, at most 64 characters.</summary>
public readonly partial record struct DicomUid
{
    private static readonly SearchValues<char> Allowed = SearchValues.Create("0123456789.");

    private readonly string? value;

    /// <summary>Takes digits and dots. Leading zeros of a component break PS3.5 §9.1 but occur, so they are let through here; see <see cref="IsValid"/>.</summary>
    /// <exception cref="ArgumentException"><paramref name="value"/> is not 1 to 64 digits and dots.</exception>
    public DicomUid(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (!IsPlausible(value))
        {
            throw new ArgumentException($"\"{value}\" is not a UID: 1 to 64 digits and dots.", nameof(value));
        }

        this.value = value;
    }

    /// <summary>The identifier; empty for the default value.</summary>
    public string Value => value ?? "";

    /// <summary>Whether every rule of PS3.5 §9.1 is kept: no empty component and no leading zero.</summary>
    public bool IsValid => value is not null && value.Split('.').All(part => part.Length > 0 && (part.Length == 1 || part[0] != '0'));

    /// <summary>The name of PS3.6 annex A, or <see langword="null"/>.</summary>
    public string? Name => Dictionary.DicomUidDictionary.Find(Value)?.Name;

    /// <summary>Takes 1 to 64 digits and dots; padding is trimmed.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out DicomUid uid)
    {
        uid = default;
        var trimmed = text?.Trim(' ', '\0');
        if (trimmed is null || !IsPlausible(trimmed))
        {
            return false;
        }

        uid = new DicomUid(trimmed);
        return true;
    }

    /// <summary>A new UID of the 2.25 arc (PS3.5 §B.2), from a random UUID.</summary>
    public static DicomUid Generate() => FromUuid(Guid.NewGuid());

    /// <summary>The UID of the 2.25 arc (PS3.5 §B.2) that belongs to a name: the same name gives the same UID (UUID version 5, RFC 9562 §5.5).</summary>
    public static DicomUid FromName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);

        // The OID name space of RFC 9562 §6.6, then the name.
        ReadOnlySpan<byte> space = [0x6b, 0xa7, 0xb8, 0x12, 0x9d, 0xad, 0x11, 0xd1, 0x80, 0xb4, 0x00, 0xc0, 0x4f, 0xd4, 0x30, 0xc8];
        var input = new byte[16 + Encoding.UTF8.GetByteCount(name)];
        space.CopyTo(input);
        Encoding.UTF8.GetBytes(name, input.AsSpan(16));
#pragma warning disable CA5350 // RFC 9562 prescribes SHA-1 for version 5; nothing is secured by it.
        var hash = SHA1.HashData(input).AsSpan(0, 16);
#pragma warning restore CA5350
        hash[6] = (byte)((hash[6] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return FromUuid(new Guid(hash, bigEndian: true));
    }

    /// <summary>The identifier.</summary>
    public override string ToString() => Value;

    private static DicomUid FromUuid(Guid uuid) =>
        new("2.25." + new BigInteger(uuid.ToByteArray(bigEndian: true), isUnsigned: true, isBigEndian: true).ToString(CultureInfo.InvariantCulture));

    private static bool IsPlausible(string value) =>
        value.Length is >= 1 and <= 64 && !value.AsSpan().ContainsAnyExcept(Allowed);
}
