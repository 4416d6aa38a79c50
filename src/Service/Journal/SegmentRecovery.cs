using Microsoft.Extensions.Logging;
using Microsoft.Win32.SafeHandles;

namespace BrainTumorDicom.Service.Journal;

/// <summary>
/// Reads a segment after a stop. What is damaged is copied to the folder <c>damaged</c> and logged; at the end of the file, where
/// it is the record that was being written, it is then cut off.
/// </summary>
internal sealed class SegmentRecovery(JournalFolder folder, ILogger logger)
{
    private const int ChunkLength = 256 * 1024;

    /// <summary>Every whole record and every stretch of damage in a segment from <paramref name="offset"/> on. Nothing else may write to it.</summary>
    public IEnumerable<(JournalEntry? Entry, JournalDamage? Damage)> Read(long segment, long offset)
    {
        using var file = File.OpenHandle(folder.PathOf(segment), FileMode.Open, FileAccess.ReadWrite, FileShare.Read);
        var end = offset;
        foreach (var (entry, damage) in new SegmentReader(segment, file).Read(offset))
        {
            if (damage is not null)
            {
                SetAside(file, damage);
            }

            end = entry?.End ?? (damage!.AtEnd ? damage.Offset : damage.Offset + damage.Length);
            yield return (entry, damage);
        }

        if (RandomAccess.GetLength(file) > end)
        {
            // The rest of a spare that was being written over.
            RandomAccess.SetLength(file, end);
        }
    }

    /// <summary>The length of a segment in bytes.</summary>
    public long LengthOf(long segment) => new FileInfo(folder.PathOf(segment)).Length;

    private void SetAside(SafeFileHandle file, JournalDamage damage)
    {
        var name = JournalFolder.SetAsideName(damage.Segment, damage.Offset);
        var path = Path.Combine(folder.FullPath, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        Copy(file, damage.Offset, damage.Length, path);
        if (damage.AtEnd)
        {
            RandomAccess.SetLength(file, damage.Offset);
            DurableFile.Flush(file);
            logger.TornRecord(damage.Segment, damage.Offset, damage.Length, damage.Reason, name);
        }
        else
        {
            logger.Damaged(damage.Segment, damage.Offset, damage.Length, damage.Reason, name);
        }
    }

    private static void Copy(SafeFileHandle file, long offset, long length, string path)
    {
        using var copy = File.OpenHandle(path, FileMode.Create, FileAccess.Write);
        var buffer = new byte[Math.Min(length, ChunkLength)];
        for (var done = 0L; done < length;)
        {
            var read = RandomAccess.Read(file, buffer.AsSpan(0, (int)Math.Min(buffer.Length, length - done)), offset + done);
            if (read == 0)
            {
                break;
            }

            RandomAccess.Write(copy, buffer.AsSpan(0, read), done);
            done += read;
        }

        DurableFile.Flush(copy);
    }
}
