using System.Buffers;
using System.Text;

namespace BrainTumorDicom.Service.Web.Stow;

/// <summary>What <see cref="MultipartDelimiter.Find"/> found.</summary>
/// <param name="Kind">Which delimiter ends the content; <see cref="DelimiterKind.None"/> when more bytes are needed.</param>
/// <param name="Content">How many bytes from the start are content for certain.</param>
/// <param name="End">First byte after the delimiter and its line end; equal to <paramref name="Content"/> when there is none.</param>
internal readonly record struct DelimiterMatch(DelimiterKind Kind, long Content, long End);

/// <summary>The two delimiters of RFC 2046 §5.1.1.</summary>
internal enum DelimiterKind
{
    /// <summary>None yet.</summary>
    None,

    /// <summary>Another part follows.</summary>
    Next,

    /// <summary>The last one, with two hyphens behind the boundary.</summary>
    Last,
}

/// <summary>
/// Finds the boundary delimiter of a multipart body (RFC 2046 §5.1.1): CRLF, two hyphens, the boundary; then either two hyphens, or
/// padding and CRLF. A boundary that goes on otherwise is content. Pure: no I/O, no state.
/// </summary>
internal sealed class MultipartDelimiter
{
    // Padding that gateways may add. A resource limit: what is longer is no delimiter.
    private const int MaximumPadding = 256;

    private readonly byte[] delimiter;

    /// <summary>The delimiter of <paramref name="boundary"/>.</summary>
    public MultipartDelimiter(string boundary) => delimiter = Encoding.Latin1.GetBytes("\r\n--" + boundary);

    /// <summary>Looks for the first delimiter in <paramref name="buffer"/>.</summary>
    /// <param name="buffer">What is there so far.</param>
    /// <param name="atLineStart">Whether the buffer begins a line, so that the delimiter needs no CRLF of its own there.</param>
    public DelimiterMatch Find(in ReadOnlySequence<byte> buffer, bool atLineStart)
    {
        if (atLineStart)
        {
            var rest = delimiter.AsSpan(2);
            var reader = new SequenceReader<byte>(buffer);
            if (reader.Remaining < rest.Length && StartsWith(rest, buffer))
            {
                return default;
            }

            if (reader.IsNext(rest, advancePast: true) && ReadTail(ref reader, out var undecided) is var kind && (kind != DelimiterKind.None || undecided))
            {
                return new DelimiterMatch(kind, 0, kind == DelimiterKind.None ? 0 : reader.Consumed);
            }
        }

        return Search(buffer);
    }

    private DelimiterMatch Search(in ReadOnlySequence<byte> buffer)
    {
        var reader = new SequenceReader<byte>(buffer);
        while (reader.TryReadTo(out ReadOnlySequence<byte> _, delimiter, advancePastDelimiter: false))
        {
            var start = reader.Consumed;
            reader.Advance(delimiter.Length);
            var kind = ReadTail(ref reader, out var undecided);
            if (kind != DelimiterKind.None || undecided)
            {
                return new DelimiterMatch(kind, start, kind == DelimiterKind.None ? start : reader.Consumed);
            }

            // Only the CRLF is content for certain: another delimiter may begin within the boundary's look-alike.
            reader.Rewind(reader.Consumed - start - 2);
        }

        var certain = Math.Max(0, buffer.Length - (delimiter.Length - 1));
        return new DelimiterMatch(DelimiterKind.None, certain, certain);
    }

    /// <summary>Reads what must follow the boundary.</summary>
    private static DelimiterKind ReadTail(ref SequenceReader<byte> reader, out bool undecided)
    {
        undecided = true;
        if (!reader.TryPeek(out var first) || (first is (byte)'-' or (byte)'\r' && reader.Remaining < 2))
        {
            return DelimiterKind.None;
        }

        undecided = false;
        if (reader.IsNext("--"u8, advancePast: true))
        {
            return DelimiterKind.Last;
        }

        var padding = reader.AdvancePastAny((byte)' ', (byte)'\t');
        if (padding > MaximumPadding)
        {
            return DelimiterKind.None;
        }

        if (reader.IsNext("\r\n"u8, advancePast: true))
        {
            return DelimiterKind.Next;
        }

        undecided = reader.End || (reader.Remaining == 1 && reader.IsNext((byte)'\r'));
        return DelimiterKind.None;
    }

    private static bool StartsWith(ReadOnlySpan<byte> whole, in ReadOnlySequence<byte> start)
    {
        foreach (var part in start)
        {
            if (!whole.StartsWith(part.Span))
            {
                return false;
            }

            whole = whole[part.Length..];
        }

        return true;
    }
}
