using System.Buffers;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace BrainTumorDicom.Service.Journal;

/// <summary>
/// A segment that is being written. Every record begins on a block, and goes out of one aligned buffer past the page cache where
/// the file system can do that: half the processor time of a buffered write that is flushed at once, and the flushes of several
/// segments wait for each other less. Not for use by two callers at a time.
/// </summary>
internal sealed unsafe class SegmentFile : IDisposable
{
    /// <summary>Length of a block, in bytes: no disk in use wants more for unbuffered writes.</summary>
    public const int BlockLength = 4096;

    // One write for all but the largest slices.
    private const int BufferLength = 1 << 20;

    private readonly SafeFileHandle handle;
    private readonly Action<SafeFileHandle> flush;
    private byte* buffer;

    private SegmentFile(SafeFileHandle handle, Action<SafeFileHandle> flush, long capacity)
    {
        this.handle = handle;
        this.flush = flush;
        Capacity = capacity;
        buffer = (byte*)NativeMemory.AlignedAlloc(BufferLength, BlockLength);
    }

    private Span<byte> Buffer => new(buffer, BufferLength);

    /// <summary>How many bytes can be written without lengthening the file; 0 for a new one.</summary>
    public long Capacity { get; private set; }

    /// <summary>Opens the file of a segment that is begun.</summary>
    /// <param name="path">Its name.</param>
    /// <param name="spares">Where a file is taken from when there is one ready; else it is made.</param>
    /// <param name="flush">Makes what was written durable; <see langword="null"/> leaves that to the operating system, and writes through its cache.</param>
    /// <exception cref="IOException">It cannot be had.</exception>
    public static SegmentFile Open(string path, SpareSegments? spares, Action<SafeFileHandle>? flush)
    {
        try
        {
            var isNew = spares?.TryTake(path) != true;
            var handle = (flush is null ? null : DurableFile.TryOpenUnbuffered(path, isNew))
                ?? File.OpenHandle(path, isNew ? FileMode.CreateNew : FileMode.Open, FileAccess.Write, FileShare.Read);
            return new SegmentFile(handle, flush ?? (_ => { }), isNew ? 0 : SpareSegments.Length);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new IOException($"{path} cannot be made: {exception.Message}", exception);
        }
    }

    /// <summary>The first block border at or after <paramref name="offset"/>.</summary>
    public static long Align(long offset) => (offset + BlockLength - 1) / BlockLength * BlockLength;

    /// <summary>Writes a record, padded with zeros to the end of its last block.</summary>
    /// <param name="head">Its first bytes.</param>
    /// <param name="data">The rest.</param>
    /// <param name="offset">Where it begins: a block border.</param>
    /// <exception cref="IOException">Not all of it was written.</exception>
    public void Write(ReadOnlySpan<byte> head, in ReadOnlySequence<byte> data, long offset)
    {
        var used = 0;
        Gather(head, ref used, ref offset);
        foreach (var part in data)
        {
            Gather(part.Span, ref used, ref offset);
        }

        var padded = (int)Align(used);
        Buffer[used..padded].Clear();
        RandomAccess.Write(handle, Buffer[..padded], offset);
    }

    /// <summary>Cuts off what lies behind <paramref name="length"/>.</summary>
    /// <exception cref="IOException">It is still there.</exception>
    public void SetLength(long length)
    {
        Capacity = 0;
        RandomAccess.SetLength(handle, length);
    }

    /// <summary>Returns when everything written is durable.</summary>
    /// <exception cref="IOException">It is not.</exception>
    public void Flush() => flush(handle);

    /// <inheritdoc/>
    public void Dispose()
    {
        handle.Dispose();
        NativeMemory.AlignedFree(buffer);
        buffer = null;
    }

    private void Gather(ReadOnlySpan<byte> bytes, ref int used, ref long offset)
    {
        while (!bytes.IsEmpty)
        {
            if (used == BufferLength)
            {
                RandomAccess.Write(handle, Buffer, offset);
                offset += BufferLength;
                used = 0;
            }

            var taken = Math.Min(bytes.Length, BufferLength - used);
            bytes[..taken].CopyTo(Buffer[used..]);
            used += taken;
            bytes = bytes[taken..];
        }
    }
}
