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
    // The head of a record without its Part 10 object stays below this.
    private const int MarkLength = SegmentFile.BlockLength;

    private readonly JournalFolder folder;
    private readonly SpareSegments? spares;
    private readonly Action<SafeFileHandle>? flush;
    private readonly long maximumBytes;
    private readonly ILogger logger;
    private readonly ArrayBufferWriter<byte> head = new(1024);
    private SegmentFile? file;
    private long segment;
    private long position;

    /// <summary>Writes nothing yet.</summary>
    /// <param name="folder">The segments.</param>
    /// <param name="spares">Files that are ready to be written over; <see langword="null"/>: segments are always new files.</param>
    /// <param name="flush">
    /// Makes the data of a file durable. It runs on the thread of the association, so that nothing is handed over; the kernel
    /// joins the flushes of several associations into one of the disk. <see langword="null"/>: nothing is flushed.
    /// </param>
    /// <param name="maximumBytes">Length after which another segment is begun.</param>
    /// <param name="logger">For what goes wrong.</param>
    public SegmentWriter(JournalFolder folder, SpareSegments? spares, Action<SafeFileHandle>? flush, long maximumBytes, ILogger logger)
    {
        this.folder = folder;
        this.spares = spares;
        this.flush = flush;
        this.maximumBytes = maximumBytes;
        this.logger = logger;
    }

    /// <summary>Appends an instance and returns when it is durable.</summary>
    /// <param name="header">What the record says of the object.</param>
    /// <param name="data">The data set as received; borrowed.</param>
    /// <param name="dataChecksum">CRC-32C of it.</param>
    /// <exception cref="IOException">It is not in the journal: the disk is full or failed. The next append may go well again.</exception>
    public JournalEntry Append(RecordHeader header, ReadOnlySequence<byte> data, uint dataChecksum)
    {
        if (position >= maximumBytes || IsBetterContinued(data.Length))
        {
            End(header, SegmentOutcome.Continued);
        }

        var open = file ??= Open();
        RecordFormat.WriteHead(
            head,
            header,
            output => DicomFileMeta.Write(output, header.SopClassUid, header.SopInstanceUid, header.TransferSyntaxUid, header.CallingAe),
            data.Length,
            dataChecksum);
        var start = position;
        var lengths = Write(open, data, header);
        try
        {
            open.Flush();
        }
        catch (IOException)
        {
            // After a failed flush the kernel may have dropped the pages: nothing more is trusted to this file.
            CutOff(open, start);
            Abandon(header);
            throw;
        }

        return new JournalEntry(segment, start, lengths, dataChecksum, header);
    }

    /// <summary>Says how the association ended. Not flushed: without it the next start takes the association for broken off, no worse.</summary>
    /// <returns>The mark, or <see langword="null"/> when nothing was stored or it could not be written.</returns>
    public JournalEntry? End(RecordHeader header, SegmentOutcome outcome)
    {
        if (file is not { } open)
        {
            return null;
        }

        var mark = header with { Kind = JournalRecordKind.End, Outcome = outcome };
        try
        {
            RecordFormat.WriteHead(head, mark, writeMeta: null, dataLength: 0, dataChecksum: 0);
            var start = position;
            var lengths = Write(open, ReadOnlySequence<byte>.Empty, mark);
            if (open.Capacity > position)
            {
                open.SetLength(position);
            }

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
        if (file is not null)
        {
            file.Dispose();
            file = null;
            spares?.Leave();
        }
    }

    /// <summary>Whether the rest of the zeros is too short for a record, and another spare is ready.</summary>
    private bool IsBetterContinued(long dataLength) =>
        file is { Capacity: > 0 } open && position > 0
        && SegmentFile.Align(position + RecordFormat.MaximumHeadLength + dataLength) + MarkLength > open.Capacity
        && spares?.Count > 0;

    private SegmentFile Open()
    {
        segment = folder.NextNumber();
        position = 0;
        var opened = SegmentFile.Open(folder.PathOf(segment), spares, flush);
        spares?.Enter();
        if (flush is not null)
        {
            DurableFile.FlushFolder(folder.FullPath);
        }

        return opened;
    }

    private RecordLengths Write(SegmentFile open, in ReadOnlySequence<byte> data, RecordHeader header)
    {
        _ = RecordFormat.TryReadLengths(head.WrittenSpan, out var lengths);
        try
        {
            open.Write(head.WrittenSpan, data, position);
        }
        catch (IOException)
        {
            if (!CutOff(open, position))
            {
                Abandon(header);
            }

            throw;
        }

        position += SegmentFile.Align(lengths.Record);
        return lengths;
    }

    private bool CutOff(SegmentFile open, long start)
    {
        try
        {
            open.SetLength(start);
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
