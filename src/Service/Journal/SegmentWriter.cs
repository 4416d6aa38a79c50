using System.Buffers;
using BrainTumorDicom.Dicom.Files;
using Microsoft.Extensions.Logging;
using Microsoft.Win32.SafeHandles;

namespace BrainTumorDicom.Service.Journal;

/// <summary>
/// Appends the records of one association. Its segment is made with the first record; when a write or a flush fails, the record
/// is cut off again and the association goes on in a fresh segment. Not for use by two callers at a time: an association has one
/// operation under way.
/// </summary>
internal sealed class SegmentWriter : IDisposable
{
    private readonly JournalFolder folder;
    private readonly GroupCommit commit;
    private readonly long maximumBytes;
    private readonly ILogger logger;
    private readonly ArrayBufferWriter<byte> head = new(1024);
    private readonly List<ReadOnlyMemory<byte>> parts = [];
    private SafeFileHandle? file;
    private long segment;
    private long position;

    /// <summary>Writes nothing yet.</summary>
    public SegmentWriter(JournalFolder folder, GroupCommit commit, long maximumBytes, ILogger logger)
    {
        this.folder = folder;
        this.commit = commit;
        this.maximumBytes = maximumBytes;
        this.logger = logger;
    }

    /// <summary>Appends an instance and completes when it is durable.</summary>
    /// <param name="header">What the record says of the object.</param>
    /// <param name="data">The data set as received; borrowed until the task completes.</param>
    /// <param name="dataChecksum">CRC-32C of it.</param>
    /// <exception cref="IOException">It is not in the journal: the disk is full or failed. The next append may go well again.</exception>
    public async ValueTask<JournalEntry> AppendAsync(RecordHeader header, ReadOnlySequence<byte> data, uint dataChecksum)
    {
        if (position >= maximumBytes)
        {
            End(header, SegmentOutcome.Continued);
        }

        var handle = file ??= Create();
        RecordFormat.WriteHead(
            head,
            header,
            output => DicomFileMeta.Write(output, header.SopClassUid, header.SopInstanceUid, header.TransferSyntaxUid, header.CallingAe),
            data.Length,
            dataChecksum);
        var start = position;
        var lengths = Write(handle, data, header);
        try
        {
            await commit.FlushAsync(handle).ConfigureAwait(false);
        }
        catch (IOException)
        {
            // After a failed flush the kernel may have dropped the pages: nothing more is trusted to this file.
            CutOff(handle, start);
            Abandon(header);
            throw;
        }

        return new JournalEntry(segment, start, lengths, dataChecksum, header);
    }

    /// <summary>Says how the association ended. Not flushed: without it the next start takes the association for broken off, no worse.</summary>
    /// <returns>The mark, or <see langword="null"/> when nothing was stored or it could not be written.</returns>
    public JournalEntry? End(RecordHeader header, SegmentOutcome outcome)
    {
        if (file is not { } handle)
        {
            return null;
        }

        var mark = header with { Kind = JournalRecordKind.End, Outcome = outcome };
        try
        {
            RecordFormat.WriteHead(head, mark, writeMeta: null, dataLength: 0, dataChecksum: 0);
            var start = position;
            var lengths = Write(handle, ReadOnlySequence<byte>.Empty, mark);
            return new JournalEntry(segment, start, lengths, 0, mark);
        }
        catch (IOException exception)
        {
            logger.EndNotWritten(exception, header.AssociationId, segment);
            return null;
        }
        finally
        {
            Dispose();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        file?.Dispose();
        file = null;
    }

    private SafeFileHandle Create()
    {
        segment = folder.NextNumber();
        position = 0;
        var path = folder.PathOf(segment);
        try
        {
            var created = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read);
            DurableFile.FlushFolder(folder.FullPath);
            return created;
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new IOException($"{path} cannot be made: {exception.Message}", exception);
        }
    }

    private RecordLengths Write(SafeFileHandle handle, ReadOnlySequence<byte> data, RecordHeader header)
    {
        parts.Clear();
        parts.Add(head.WrittenMemory);
        foreach (var part in data)
        {
            parts.Add(part);
        }

        _ = RecordFormat.TryReadLengths(head.WrittenSpan, out var lengths);
        try
        {
            RandomAccess.Write(handle, parts, position);
        }
        catch (IOException)
        {
            if (!CutOff(handle, position))
            {
                Abandon(header);
            }

            throw;
        }
        finally
        {
            parts.Clear();
        }

        position += lengths.Record;
        return lengths;
    }

    private bool CutOff(SafeFileHandle handle, long start)
    {
        try
        {
            RandomAccess.SetLength(handle, start);
            position = start;
            return true;
        }
        catch (IOException exception)
        {
            logger.CutOffFailed(exception, segment, start);
            return false;
        }
    }

    private void Abandon(RecordHeader header)
    {
        logger.SegmentAbandoned(header.AssociationId, segment);
        Dispose();
    }
}
