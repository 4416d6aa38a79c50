namespace BrainTumorDicom.Service.Deliver;

/// <summary>The framing of the Minimal Lower Layer Protocol (HL7 v2.5.1 Appendix C): VT, message, FS, CR.</summary>
internal static class MllpFrame
{
    /// <summary>Most bytes of an acknowledgement.</summary>
    public const int Limit = 1 << 20;

    private const byte Begin = 0x0B;
    private const byte End = 0x1C;
    private const byte Return = 0x0D;

    /// <summary>Puts a message in its frame.</summary>
    public static byte[] Write(ReadOnlySpan<byte> message) => [Begin, .. message, End, Return];

    /// <summary>Takes the first frame out of what has come so far. Pure: no I/O, no state. What stands before a frame is passed over, as is a CR that is missing behind it.</summary>
    /// <param name="received">All bytes so far.</param>
    /// <param name="message">The message, without its frame; borrows <paramref name="received"/>.</param>
    /// <returns><see langword="false"/> when more bytes are needed.</returns>
    public static bool TryRead(ReadOnlyMemory<byte> received, out ReadOnlyMemory<byte> message)
    {
        message = default;
        var begin = received.Span.IndexOf(Begin);
        if (begin < 0)
        {
            return false;
        }

        var end = received.Span[begin..].IndexOf(End);
        if (end < 0)
        {
            return false;
        }

        message = received.Slice(begin + 1, end - 1);
        return true;
    }
}
