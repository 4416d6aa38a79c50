using System.Buffers;

namespace BrainTumorDicom.Dicom.Dimse;

/// <summary>Gathers the fragments of a data set in pooled segments. The first segment is kept for the next data set.</summary>
public sealed class DataSetBuffer(MemoryBudget budget, long limit) : IDisposable
{
    private const int SegmentLength = 1 << 18;

    private readonly List<Segment> segments = [];
    private int active;

    /// <summary>Bytes gathered.</summary>
    public long Length { get; private set; }

    /// <summary>Whether a limit was passed; what came after is dropped.</summary>
    public bool Overflowed { get; private set; }

    /// <summary>What was gathered; valid until <see cref="Clear"/>.</summary>
    public ReadOnlySequence<byte> Content
    {
        get
        {
            if (Length == 0)
            {
                return ReadOnlySequence<byte>.Empty;
            }

            for (var i = 0; i < active; i++)
            {
                segments[i].Link(i == 0 ? null : segments[i - 1]);
            }

            return new ReadOnlySequence<byte>(segments[0], 0, segments[active - 1], segments[active - 1].Used);
        }
    }

    /// <summary>Takes a fragment.</summary>
    public void Append(ReadOnlySequence<byte> fragment)
    {
        if (Overflowed || Length + fragment.Length > limit)
        {
            Overflowed = true;
            return;
        }

        foreach (var memory in fragment)
        {
            var bytes = memory.Span;
            while (!bytes.IsEmpty)
            {
                if ((active == 0 || segments[active - 1].Room.IsEmpty) && !TryAddSegment())
                {
                    Overflowed = true;
                    return;
                }

                var segment = segments[active - 1];
                var taken = Math.Min(bytes.Length, segment.Room.Length);
                bytes[..taken].CopyTo(segment.Room);
                segment.Used += taken;
                Length += taken;
                bytes = bytes[taken..];
            }
        }
    }

    /// <summary>Forgets what was gathered.</summary>
    public void Clear()
    {
        for (var i = segments.Count - 1; i >= 1; i--)
        {
            segments[i].Return();
            segments.RemoveAt(i);
            budget.GiveBack(SegmentLength);
        }

        active = 0;
        Length = 0;
        Overflowed = false;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Clear();
        if (segments.Count > 0)
        {
            segments[0].Return();
            segments.Clear();
            budget.GiveBack(SegmentLength);
        }
    }

    private bool TryAddSegment()
    {
        if (active == segments.Count)
        {
            if (!budget.TryTake(SegmentLength))
            {
                return false;
            }

            segments.Add(new Segment(ArrayPool<byte>.Shared.Rent(SegmentLength)));
        }

        segments[active].Used = 0;
        active++;
        return true;
    }

    private sealed class Segment(byte[] bytes) : ReadOnlySequenceSegment<byte>
    {
        internal int Used { get; set; }

        internal Span<byte> Room => bytes.AsSpan(Used, SegmentLength - Used);

        internal void Link(Segment? before)
        {
            Memory = bytes.AsMemory(0, Used);
            Next = null;
            RunningIndex = before is null ? 0 : before.RunningIndex + before.Used;
            before?.Next = this;
        }

        internal void Return() => ArrayPool<byte>.Shared.Return(bytes);
    }
}
