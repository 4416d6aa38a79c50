using System.Buffers;
using Microsoft.Win32.SafeHandles;

namespace BrainTumorDicom.Service.Journal;

/// <summary>Reads single records back, each checked.</summary>
internal sealed class JournalReader(JournalFolder folder)
{
    /// <summary>Reads the Part 10 object of the record at <paramref name="offset"/>.</summary>
    /// <exception cref="InvalidDataException">The record is damaged.</exception>
    /// <exception cref="IOException">The segment is gone or unreadable.</exception>
    public ReadOnlyMemory<byte> ReadObject(long segment, long offset)
    {
        using var file = Open(segment);
        var head = ReadHead(file, segment, offset, out var lengths, out var dataChecksum);
        if (lengths.Meta + lengths.Data > Array.MaxLength || offset + lengths.Record > RandomAccess.GetLength(file))
        {
            throw new InvalidDataException($"Journal segment {segment}: the record at byte {offset} is longer than its file.");
        }

        var bytes = new byte[lengths.Meta + lengths.Data];
        head.AsSpan(lengths.Head - lengths.Meta).CopyTo(bytes);
        var data = bytes.AsMemory(lengths.Meta);
        ReadFully(file, data.Span, offset + lengths.Head);
        if (Crc32C.Of(data.Span) != dataChecksum)
        {
            throw new InvalidDataException($"Journal segment {segment}: the checksum of the record at byte {offset} does not match.");
        }

        return bytes;
    }

    /// <summary>Whether the record holds exactly this data set.</summary>
    /// <exception cref="InvalidDataException">The head of the record is damaged.</exception>
    public bool Holds(long segment, long offset, string transferSyntaxUid, in ReadOnlySequence<byte> data)
    {
        using var file = Open(segment);
        var head = ReadHead(file, segment, offset, out var lengths, out _);
        if (lengths.Data != data.Length
            || !RecordFormat.TryReadHead(head, lengths, out var header, out _)
            || !string.Equals(header!.TransferSyntaxUid, transferSyntaxUid, StringComparison.Ordinal))
        {
            return false;
        }

        var buffer = ArrayPool<byte>.Shared.Rent(128 * 1024);
        try
        {
            var position = offset + lengths.Head;
            foreach (var part in data)
            {
                for (var rest = part.Span; !rest.IsEmpty;)
                {
                    var stored = buffer.AsSpan(0, Math.Min(rest.Length, buffer.Length));
                    ReadFully(file, stored, position);
                    if (!stored.SequenceEqual(rest[..stored.Length]))
                    {
                        return false;
                    }

                    position += stored.Length;
                    rest = rest[stored.Length..];
                }
            }

            return true;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static byte[] ReadHead(SafeFileHandle file, long segment, long offset, out RecordLengths lengths, out uint dataChecksum)
    {
        var prefix = new byte[RecordFormat.PrefixLength];
        ReadFully(file, prefix, offset);
        if (RecordFormat.TryReadLengths(prefix, out lengths))
        {
            var head = new byte[lengths.Head];
            ReadFully(file, head, offset);
            if (RecordFormat.TryReadHead(head, lengths, out _, out dataChecksum))
            {
                return head;
            }
        }

        throw new InvalidDataException($"Journal segment {segment}: no whole record begins at byte {offset}.");
    }

    private static void ReadFully(SafeFileHandle file, Span<byte> buffer, long offset)
    {
        for (var total = 0; total < buffer.Length;)
        {
            var read = RandomAccess.Read(file, buffer[total..], offset + total);
            if (read == 0)
            {
                throw new InvalidDataException($"The journal segment ends at byte {offset + total}, within a record.");
            }

            total += read;
        }
    }

    private SafeFileHandle Open(long segment) =>
        File.OpenHandle(folder.PathOf(segment), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
}
