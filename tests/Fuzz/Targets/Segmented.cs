using System.Buffers;

namespace BrainTumorDicom.Fuzz.Targets;

/// <summary>Bytes as a network hands them over: in pieces that do not know where anything ends.</summary>
internal static class Segmented
{
    /// <summary>The same bytes in pieces of <paramref name="length"/>, with an empty one now and then.</summary>
    internal static ReadOnlySequence<byte> Of(ReadOnlyMemory<byte> bytes, int length)
    {
        if (bytes.IsEmpty)
        {
            return ReadOnlySequence<byte>.Empty;
        }

        var first = new Piece(bytes[..Math.Min(length, bytes.Length)], null);
        var last = first;
        for (var at = length; at < bytes.Length; at += length)
        {
            if (at % 5 == 0)
            {
                last = new Piece(ReadOnlyMemory<byte>.Empty, last);
            }

            last = new Piece(bytes.Slice(at, Math.Min(length, bytes.Length - at)), last);
        }

        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    private sealed class Piece : ReadOnlySequenceSegment<byte>
    {
        internal Piece(ReadOnlyMemory<byte> memory, Piece? before)
        {
            Memory = memory;
            if (before is not null)
            {
                RunningIndex = before.RunningIndex + before.Memory.Length;
                before.Next = this;
            }
        }
    }
}
