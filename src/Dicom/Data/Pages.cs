using System.Collections.Concurrent;
using System.Text;

namespace BrainTumorDicom.Dicom.Data;

/// <summary>Code pages of the framework's provider, reached without registering it for the whole process.</summary>
internal static class Pages
{
    private static readonly ConcurrentDictionary<int, Encoding> Lenient = new();
    private static readonly ConcurrentDictionary<int, Encoding> Strict = new();

    /// <summary>The encoding that reads; what is no character becomes U+FFFD.</summary>
    internal static Encoding Decoding(int page) =>
        Lenient.GetOrAdd(page, static page => Find(page, EncoderFallback.ReplacementFallback, new DecoderReplacementFallback("\uFFFD")));

    /// <summary>The encoding that writes; throws <see cref="EncoderFallbackException"/> for a character it has not.</summary>
    internal static Encoding Encoding(int page) =>
        Strict.GetOrAdd(page, static page => Find(page, EncoderFallback.ExceptionFallback, DecoderFallback.ReplacementFallback));

    private static Encoding Find(int page, EncoderFallback encoder, DecoderFallback decoder) => page switch
    {
        65001 => System.Text.Encoding.GetEncoding(65001, encoder, decoder),
        20127 => System.Text.Encoding.GetEncoding(20127, encoder, decoder),
        28591 => System.Text.Encoding.GetEncoding(28591, encoder, decoder),
        _ => CodePagesEncodingProvider.Instance.GetEncoding(page, encoder, decoder)
            ?? throw new NotSupportedException($"code page {page} is missing"),
    };
}
