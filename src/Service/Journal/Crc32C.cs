using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BrainTumorDicom.Service.Journal;

/// <summary>CRC-32C (Castagnoli), the checksum that processors have an instruction for. A running value; starts as <c>default</c>.</summary>
internal readonly record struct Crc32C
{
    // Kept inverted, so that the default value is the checksum of nothing.
    private readonly uint inverted;

    private Crc32C(uint value) => inverted = ~value;

    /// <summary>The checksum of all bytes appended so far.</summary>
    public uint Value => inverted;

    /// <summary>The checksum of <paramref name="bytes"/> alone.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes) => default(Crc32C).Append(bytes).Value;

    /// <summary>The checksum of what came before followed by <paramref name="bytes"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public Crc32C Append(ReadOnlySpan<byte> bytes)
    {
        var crc = ~inverted;
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (var word in words)
        {
            crc = BitOperations.Crc32C(crc, word);
        }

        foreach (var rest in bytes[(words.Length * sizeof(ulong))..])
        {
            crc = BitOperations.Crc32C(crc, rest);
        }

        return new Crc32C(crc);
    }

    /// <summary>The checksum of what came before followed by <paramref name="bytes"/>.</summary>
    public Crc32C Append(in ReadOnlySequence<byte> bytes)
    {
        var crc = this;
        foreach (var part in bytes)
        {
            crc = crc.Append(part.Span);
        }

        return crc;
    }
}
