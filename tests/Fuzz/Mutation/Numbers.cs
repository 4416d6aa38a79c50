using System.Buffers.Binary;

namespace BrainTumorDicom.Fuzz.Mutation;

/// <summary>Numbers at which readers go wrong: nothing, everything, signs, powers of two, and one more or less.</summary>
internal static class Numbers
{
    private static readonly uint[] Interesting =
    [
        0, 1, 2, 3, 4, 7, 8, 16, 31, 32, 64, 100, 127, 128, 255, 256, 1023, 1024, 4095, 4096, 16383, 16384, 32767, 32768, 65534, 65535, 65536,
        1 << 20, 1 << 24, 0x7FFFFFFE, 0x7FFFFFFF, 0x80000000, 0x80000001, 0xFFFFFFF7, 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFEE000, 0xFFFEE00D, 0xFFFEE0DD,
    ];

    /// <summary>Puts another number over the field of 1, 2 or 4 bytes at the front of <paramref name="field"/>: near the old one, near what is left, or interesting.</summary>
    internal static void Change(Span<byte> field, bool isBigEndian, int left, Random random)
    {
        var old = Read(field, isBigEndian);
        var value = random.Next(5) switch
        {
            0 => old + 1,
            1 => old - 1,
            2 => (uint)(left + random.Next(-2, 3)),
            3 => old ^ (1u << random.Next(field.Length * 8)),
            _ => Interesting[random.Next(Interesting.Length)],
        };
        Write(field, isBigEndian, value);
    }

    private static uint Read(ReadOnlySpan<byte> field, bool isBigEndian) => field.Length switch
    {
        1 => field[0],
        2 => isBigEndian ? BinaryPrimitives.ReadUInt16BigEndian(field) : BinaryPrimitives.ReadUInt16LittleEndian(field),
        _ => isBigEndian ? BinaryPrimitives.ReadUInt32BigEndian(field) : BinaryPrimitives.ReadUInt32LittleEndian(field),
    };

    private static void Write(Span<byte> field, bool isBigEndian, uint value)
    {
        for (var i = 0; i < field.Length; i++)
        {
            field[isBigEndian ? field.Length - 1 - i : i] = (byte)(value >> (8 * i));
        }
    }
}
