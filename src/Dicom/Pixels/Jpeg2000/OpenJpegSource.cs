using System.Runtime.InteropServices;

namespace BrainTumorDicom.Dicom.Pixels.Jpeg2000;

/// <summary>The bytes that OpenJPEG reads, where it is in them, and the first thing it complained of.</summary>
internal unsafe struct OpenJpegSource
{
    private const int MessageSize = 256;

    private byte* data;
    private long length;
    private long position;
    private fixed byte message[MessageSize];

    /// <summary>Points at bytes that must stay where they are.</summary>
    internal OpenJpegSource(byte* data, long length)
    {
        this.data = data;
        this.length = length;
    }

    /// <summary>What OpenJPEG said first, or nothing.</summary>
    internal readonly string Message
    {
        get
        {
            fixed (byte* text = message)
            {
                return Marshal.PtrToStringUTF8((nint)text)!.Trim();
            }
        }
    }

    /// <summary>opj_stream_read_fn: all ones at the end.</summary>
    [UnmanagedCallersOnly]
    internal static nuint Read(byte* buffer, nuint count, OpenJpegSource* source)
    {
        var taken = Math.Min((long)Math.Min(count, int.MaxValue), source->length - source->position);
        if (taken <= 0)
        {
            return nuint.MaxValue;
        }

        Buffer.MemoryCopy(source->data + source->position, buffer, taken, taken);
        source->position += taken;
        return (nuint)taken;
    }

    /// <summary>opj_stream_skip_fn: -1 where it cannot.</summary>
    [UnmanagedCallersOnly]
    internal static long Skip(long count, OpenJpegSource* source)
    {
        if (count < 0 || count > source->length - source->position)
        {
            return -1;
        }

        source->position += count;
        return count;
    }

    /// <summary>opj_stream_seek_fn.</summary>
    [UnmanagedCallersOnly]
    internal static int Seek(long to, OpenJpegSource* source)
    {
        if (to < 0 || to > source->length)
        {
            return 0;
        }

        source->position = to;
        return 1;
    }

    /// <summary>opj_msg_callback.</summary>
    [UnmanagedCallersOnly]
    internal static void Complain(byte* text, OpenJpegSource* source)
    {
        for (var i = 0; source->message[0] == 0 || i > 0; i++)
        {
            source->message[i] = i < MessageSize - 1 ? text[i] : (byte)0;
            if (source->message[i] == 0)
            {
                return;
            }
        }
    }
}
