using System.Buffers;
using System.IO.Pipelines;

namespace BrainTumorDicom.Service.Web.Stow;

/// <summary>
/// Reads the parts of a multipart body (RFC 2046 §5.1) one after the other from a pipe, holding no more of it than the pipe does:
/// <see cref="NextAsync"/>, then <see cref="ReadAsync"/> for its content, until there is none.
/// </summary>
internal sealed class MultipartReader(PipeReader input, string boundary)
{
    private readonly MultipartDelimiter delimiter = new(boundary);
    private bool atLineStart = true;
    private DelimiterKind ended;

    /// <summary>Goes to the next part and reads its headers.</summary>
    /// <returns><see langword="null"/> after the last delimiter.</returns>
    /// <exception cref="MultipartFormatException">The body breaks RFC 2046, or ends without its last delimiter.</exception>
    public async ValueTask<PartHeaders?> NextAsync(CancellationToken cancellationToken)
    {
        if (ended == DelimiterKind.None)
        {
            // The preamble before the first part, and what a caller left of a content.
            await ReadAsync(_ => { }, cancellationToken).ConfigureAwait(false);
        }

        if (ended == DelimiterKind.Last)
        {
            return null;
        }

        while (true)
        {
            var read = await input.ReadAsync(cancellationToken).ConfigureAwait(false);
            var buffer = read.Buffer;
            if (PartHeaders.TryRead(ref buffer, out var headers))
            {
                input.AdvanceTo(buffer.Start);
                ended = DelimiterKind.None;
                atLineStart = true;
                return headers;
            }

            input.AdvanceTo(buffer.Start, buffer.End);
            RequireMore(read);
        }
    }

    /// <summary>Reads the content of the part to its end.</summary>
    /// <param name="take">Gets it piece by piece; borrowed until it returns.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="MultipartFormatException">The body ends within the part.</exception>
    public async ValueTask ReadAsync(Action<ReadOnlySequence<byte>> take, CancellationToken cancellationToken)
    {
        while (ended == DelimiterKind.None)
        {
            var read = await input.ReadAsync(cancellationToken).ConfigureAwait(false);
            var match = delimiter.Find(read.Buffer, atLineStart);
            if (match.Content > 0)
            {
                take(read.Buffer.Slice(0, match.Content));
                atLineStart = false;
            }

            ended = match.Kind;
            var consumed = read.Buffer.GetPosition(match.End);
            input.AdvanceTo(consumed, ended == DelimiterKind.None ? read.Buffer.End : consumed);
            if (ended == DelimiterKind.None)
            {
                RequireMore(read);
            }
        }
    }

    private static void RequireMore(ReadResult read)
    {
        if (read.IsCanceled || read.IsCompleted)
        {
            throw new MultipartFormatException("the body ends before the last boundary.");
        }
    }
}
