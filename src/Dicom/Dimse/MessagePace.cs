using System.Globalization;

namespace BrainTumorDicom.Dicom.Dimse;

/// <summary>
/// Tells a slow line from a peer that trickles: a message under way must have come at <see cref="DicomServerOptions.MinimumBytesPerSecond"/>
/// on average, after a start of <see cref="DicomServerOptions.IdleTimeout"/>. Time in which messages are handled does not count.
/// </summary>
internal sealed class MessagePace(DicomServerOptions options, TimeProvider time)
{
    private long began;
    private long bytes;
    private bool underWay;

    /// <summary>A message came to its end; what comes now begins another.</summary>
    internal void End()
    {
        Volatile.Write(ref underWay, false);
        bytes = 0;
    }

    /// <summary>A part of a message came.</summary>
    internal void Add(long length)
    {
        if (!underWay)
        {
            began = time.GetTimestamp();
            Volatile.Write(ref underWay, true);
        }

        Volatile.Write(ref bytes, bytes + length);
    }

    /// <summary>Why the peer is too slow, or <see langword="null"/>. Called by a timer while the association's loop waits.</summary>
    internal string? FindFault()
    {
        if (options.MinimumBytesPerSecond == 0 || !Volatile.Read(ref underWay))
        {
            return null;
        }

        var seconds = (time.GetElapsedTime(began) - options.IdleTimeout).TotalSeconds;
        var came = Volatile.Read(ref bytes);
        return seconds > 0 && came < seconds * options.MinimumBytesPerSecond
            ? string.Create(CultureInfo.InvariantCulture, $"a message trickles: {came} bytes in {time.GetElapsedTime(began).TotalSeconds:0.#} s")
            : null;
    }
}
