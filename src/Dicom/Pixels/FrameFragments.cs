using System.Buffers.Binary;
using BrainTumorDicom.Dicom.Data;

namespace BrainTumorDicom.Dicom.Pixels;

/// <summary>Which fragments make which frame (PS3.5 §A.4): by the offset tables, else one fragment a frame.</summary>
internal sealed class FrameFragments
{
    private readonly IReadOnlyList<ReadOnlyMemory<byte>> fragments;
    private readonly int[] starts;

    private FrameFragments(IReadOnlyList<ReadOnlyMemory<byte>> fragments, int[] starts)
    {
        this.fragments = fragments;
        this.starts = starts;
    }

    /// <summary>Finds the frames.</summary>
    /// <exception cref="DicomFormatException">Tables and fragments do not make that many frames.</exception>
    internal static FrameFragments Of(DicomFragments pixels, DicomDataset dataset, int frameCount)
    {
        var fragments = pixels.Fragments;
        if (fragments.Count < frameCount)
        {
            throw new DicomFormatException($"{fragments.Count} fragments cannot hold {frameCount} frames", -1, pixels.Tag);
        }

        if (frameCount == 1)
        {
            return new FrameFragments(fragments, [0, fragments.Count]);
        }

        if (fragments.Count == frameCount)
        {
            return new FrameFragments(fragments, [.. Enumerable.Range(0, frameCount + 1)]);
        }

        var offsets = Offsets(pixels.OffsetTable.Span, dataset.GetBytes(DicomTag.ExtendedOffsetTable).Span);
        return offsets.Length == frameCount
            ? new FrameFragments(fragments, Starts(fragments, offsets, pixels.Tag))
            : throw new DicomFormatException($"{fragments.Count} fragments for {frameCount} frames, and {offsets.Length} offsets", -1, pixels.Tag);
    }

    /// <summary>Bytes of a frame's codes.</summary>
    internal long Length(int frame)
    {
        long length = 0;
        for (var i = starts[frame]; i < starts[frame + 1]; i++)
        {
            length += fragments[i].Length;
        }

        return length;
    }

    /// <summary>A frame's codes; copied only where there are several fragments.</summary>
    internal ReadOnlyMemory<byte> Frame(int frame)
    {
        if (starts[frame + 1] - starts[frame] == 1)
        {
            return fragments[starts[frame]];
        }

        var joined = new byte[Length(frame)];
        var position = 0;
        for (var i = starts[frame]; i < starts[frame + 1]; i++)
        {
            fragments[i].CopyTo(joined.AsMemory(position));
            position += fragments[i].Length;
        }

        return joined;
    }

    private static ulong[] Offsets(ReadOnlySpan<byte> basic, ReadOnlySpan<byte> extended)
    {
        var size = basic.IsEmpty ? 8 : 4;
        var table = basic.IsEmpty ? extended : basic;
        var offsets = new ulong[table.Length / size];
        for (var i = 0; i < offsets.Length; i++)
        {
            offsets[i] = size == 4
                ? BinaryPrimitives.ReadUInt32LittleEndian(table[(4 * i)..])
                : BinaryPrimitives.ReadUInt64LittleEndian(table[(8 * i)..]);
        }

        return offsets;
    }

    private static int[] Starts(IReadOnlyList<ReadOnlyMemory<byte>> fragments, ulong[] offsets, DicomTag tag)
    {
        var starts = new int[offsets.Length + 1];
        var frame = 0;
        ulong position = 0;
        for (var i = 0; i < fragments.Count; i++)
        {
            if (frame < offsets.Length && offsets[frame] == position)
            {
                starts[frame++] = i;
            }

            // Offsets count from the first fragment's item tag, item headers and padding included.
            position += 8 + (ulong)(fragments[i].Length + (fragments[i].Length & 1));
        }

        starts[^1] = fragments.Count;
        return frame == offsets.Length && starts[0] == 0
            ? starts
            : throw new DicomFormatException($"offset {offsets[Math.Min(frame, offsets.Length - 1)]} of frame {frame + 1} is at no fragment", -1, tag);
    }
}
