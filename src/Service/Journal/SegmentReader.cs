using System.Buffers;
using Microsoft.Win32.SafeHandles;

namespace BrainTumorDicom.Service.Journal;

/// <summary>Reads a segment from front to back, past whatever is damaged.</summary>
/// <param name="segment">Number of the segment.</param>
/// <param name="file">Open for reading; the caller's.</param>
internal sealed class SegmentReader(long segment, SafeFileHandle file)
{
    private const int ChunkLength = 256 * 1024;

    private readonly long length = RandomAccess.GetLength(file);

    /// <summary>Every whole record and every stretch of damage from <paramref name="offset"/> on, in order.</summary>
    /// <returns>Exactly one of the two is set in each item.</returns>
    public IEnumerable<(JournalEntry? Entry, JournalDamage? Damage)> Read(long offset)
    {
        while (offset < length)
        {
            var entry = TryReadEntry(offset, out var problem);
            if (entry is not null && problem.Length == 0)
            {
                yield return (entry, null);
                offset = entry.End;
                continue;
            }

            if (entry is null && IsZero(offset))
            {
                // Made ready and not written to: where a stop left it.
                yield break;
            }

            // A damaged data set under a sound head still says where the next record begins; else it is looked for.
            var next = entry?.End ?? FindHead(offset + 1);
            if (next >= length || IsZero(next))
            {
                yield return (null, new JournalDamage(segment, offset, length - offset, problem, AtEnd: true));
                yield break;
            }

            yield return (null, new JournalDamage(segment, offset, next - offset, problem, AtEnd: false));
            offset = next;
        }
    }

    /// <summary>Reads the record at <paramref name="offset"/>.</summary>
    /// <param name="offset">Where it begins.</param>
    /// <param name="problem">Empty when the record is whole; else what is wrong.</param>
    /// <returns>The record when at least its head is sound and its data set lies within the file.</returns>
    public JournalEntry? TryReadEntry(long offset, out string problem)
    {
        var entry = TryReadHead(offset, out problem);
        if (entry is null)
        {
            return null;
        }

        if (entry.End > length)
        {
            problem = $"the record ends {entry.End - length} bytes after the file";
            return null;
        }

        var checksum = Checksum(entry.Offset + entry.Lengths.Head, entry.Lengths.Data);
        problem = checksum == entry.DataChecksum ? "" : "the checksum of the data set does not match";
        return entry;
    }

    private JournalEntry? TryReadHead(long offset, out string problem)
    {
        var prefix = new byte[RecordFormat.PrefixLength];
        if (RandomAccess.Read(file, prefix, offset) < prefix.Length)
        {
            problem = "the file ends within the head of a record";
            return null;
        }

        if (!RecordFormat.TryReadLengths(prefix, out var lengths))
        {
            problem = "no record begins here";
            return null;
        }

        var head = new byte[lengths.Head];
        if (ReadFully(head, offset) < head.Length)
        {
            problem = "the file ends within the head of a record";
            return null;
        }

        if (!RecordFormat.TryReadHead(head, lengths, out var header, out var dataChecksum))
        {
            problem = "the checksum of the head does not match";
            return null;
        }

        problem = "";
        return new JournalEntry(segment, offset, lengths, dataChecksum, header!);
    }

    private int ReadFully(Span<byte> buffer, long offset)
    {
        var total = 0;
        while (total < buffer.Length && RandomAccess.Read(file, buffer[total..], offset + total) is > 0 and var count)
        {
            total += count;
        }

        return total;
    }

    private uint Checksum(long offset, long count)
    {
        var buffer = ArrayPool<byte>.Shared.Rent((int)Math.Clamp(count, 1, ChunkLength));
        var crc = default(Crc32C);
        while (count > 0)
        {
            var read = ReadFully(buffer.AsSpan(0, (int)Math.Min(count, buffer.Length)), offset);
            if (read == 0)
            {
                break;
            }

            crc = crc.Append(buffer.AsSpan(0, read));
            offset += read;
            count -= read;
        }

        ArrayPool<byte>.Shared.Return(buffer);
        return crc.Value;
    }

    /// <summary>Whether nothing but zeros comes from <paramref name="offset"/> on.</summary>
    private bool IsZero(long offset)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(ChunkLength);
        try
        {
            while (offset < length)
            {
                var read = ReadFully(buffer.AsSpan(0, ChunkLength), offset);
                if (read == 0 || buffer.AsSpan(0, read).ContainsAnyExcept((byte)0))
                {
                    return false;
                }

                offset += read;
            }

            return true;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>The first offset from <paramref name="offset"/> on at which a sound head begins, or the end of the file.</summary>
    private long FindHead(long offset)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(ChunkLength);
        try
        {
            while (offset < length)
            {
                var read = ReadFully(buffer.AsSpan(0, ChunkLength), offset);
                var window = buffer.AsSpan(0, read);
                for (var from = 0; window[from..].IndexOf(RecordFormat.Magic) is >= 0 and var found; from += found + 1)
                {
                    if (TryReadHead(offset + from + found, out _) is not null)
                    {
                        return offset + from + found;
                    }
                }

                if (read < ChunkLength)
                {
                    break;
                }

                // The windows overlap, so that a magic on their border is seen.
                offset += read - (RecordFormat.Magic.Length - 1);
            }

            return length;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
