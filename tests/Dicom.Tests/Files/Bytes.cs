using System.Buffers.Binary;

namespace BrainTumorDicom.Dicom.Tests.Files;

/// <summary>Bytes written out as the standard prints them.</summary>
internal static class Bytes
{
    /// <summary>Hexadecimal digits, with spaces where they help.</summary>
    public static byte[] Hex(string text) => Convert.FromHexString(text.Replace(" ", "", StringComparison.Ordinal).ReplaceLineEndings(""));

    public static byte[] Join(params byte[][] parts) => [.. parts.SelectMany(part => part)];

    /// <summary>Preamble, prefix, and a meta header that names only the transfer syntax.</summary>
    public static byte[] Part10(string transferSyntax, byte[] dataset)
    {
        var uid = transferSyntax.Length % 2 == 0 ? transferSyntax : transferSyntax + "\0";
        var length = new byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(length, (ushort)uid.Length);
        return Join(new byte[128], "DICM"u8.ToArray(), Hex("02001000 5549"), length, [.. uid.Select(c => (byte)c)], dataset);
    }
}
