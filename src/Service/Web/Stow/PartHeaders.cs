using System.Buffers;
using System.Text;

namespace BrainTumorDicom.Service.Web.Stow;

/// <summary>The headers of one part (RFC 2046 §5.1), as far as they matter.</summary>
/// <param name="ContentType">Content-Type, or empty.</param>
/// <param name="TransferEncoding">Content-Transfer-Encoding, or empty.</param>
internal sealed record PartHeaders(string ContentType, string TransferEncoding)
{
    /// <summary>Most bytes of all headers of a part: a resource limit.</summary>
    public const int MaximumLength = 16 * 1024;

    /// <summary>Takes the headers with the empty line behind them off the front of <paramref name="buffer"/>. Pure.</summary>
    /// <returns><see langword="false"/> when more bytes are needed.</returns>
    /// <exception cref="MultipartFormatException">They are no headers, or too long.</exception>
    public static bool TryRead(ref ReadOnlySequence<byte> buffer, out PartHeaders? headers)
    {
        headers = null;
        var reader = new SequenceReader<byte>(buffer);
        var lines = new List<string>();
        while (reader.TryReadTo(out ReadOnlySequence<byte> line, "\r\n"u8) && reader.Consumed <= MaximumLength)
        {
            if (line.IsEmpty)
            {
                headers = Parse(lines);
                buffer = buffer.Slice(reader.Position);
                return true;
            }

            lines.Add(Encoding.Latin1.GetString(line));
        }

        return buffer.Length <= MaximumLength
            ? false
            : throw new MultipartFormatException($"the headers of a part exceed {MaximumLength} bytes.");
    }

    private static PartHeaders Parse(List<string> lines)
    {
        var found = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var last = "";
        foreach (var line in lines)
        {
            if (line[0] is ' ' or '\t' && last.Length > 0)
            {
                // A folded line goes on with the header before it (RFC 5322 §2.2.3).
                found[last] += line;
                continue;
            }

            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0)
            {
                throw new MultipartFormatException("a part has a line among its headers that is no header.");
            }

            last = line[..colon].TrimEnd();
            if (!found.TryAdd(last, line[(colon + 1)..].Trim()))
            {
                throw new MultipartFormatException("a part has the same header twice.");
            }
        }

        return new PartHeaders(found.GetValueOrDefault("Content-Type", ""), found.GetValueOrDefault("Content-Transfer-Encoding", ""));
    }
}
