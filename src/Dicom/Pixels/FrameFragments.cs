using System.Buffers.Binary;
using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.Pixels.Jpeg2000;

namespace BrainTumorDicom.Dicom.Pixels;

/// <summary>Which fragments make which frame (PS3.5 §A.4): one fragment a frame, else by an offset table, else by the start markers of the codes.</summary>
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
        var starts = (offsets.Length == frameCount ? StartsAt(fragments, offsets) : null) ?? StartsByMarkers(fragments, frameCount);
        return starts is not null
            ? new FrameFragments(fragments, starts)
            : throw new DicomFormatException(
                $"{fragments.Count} fragments for {frameCount} frames, and {offsets.Length} offsets: where the frames begin cannot be told", -1, pixels.Tag);
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

    /// <summary>First fragment of each frame by offsets, or <see langword="null"/> where one is at no fragment.</summary>
    private static int[]? StartsAt(IReadOnlyList<ReadOnlyMemory<byte>> fragments, ulong[] offsets)
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
        return frame == offsets.Length && starts[0] == 0 ? starts : null;
    }

    /// <summary>
    /// First fragment of each frame by the markers that begin an image of JPEG, JPEG-LS (SOI) or JPEG 2000 (SOC), none of which can occur
    /// within its codes. <see langword="null"/> where there are not as many as frames.
    /// </summary>
    private static int[]? StartsByMarkers(IReadOnlyList<ReadOnlyMemory<byte>> fragments, int frameCount)
    {
        var starts = new int[frameCount + 1];
        var frame = 0;
        for (var i = 0; i < fragments.Count; i++)
        {
            var codes = fragments[i].Span;
            if (codes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) || codes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0x4F, 0xFF, 0x51]) || Jpeg2000Boxes.IsFile(codes))
            {
                starts[frame++] = i;
                if (frame > frameCount)
                {
                    return null;
                }
            }
        }

        starts[frameCount] = fragments.Count;
        return frame == frameCount && starts[0] == 0 ? starts : null;
    }
}
