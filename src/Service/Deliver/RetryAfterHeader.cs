using System.Net.Http.Headers;

namespace BrainTumorDicom.Service.Deliver;

/// <summary>Retry-After (RFC 9110 §10.2.3).</summary>
internal static class RetryAfterHeader
{
    /// <summary>How long a response asks to be left alone; <see langword="null"/> where it asks for nothing, or for a time that is past.</summary>
    public static TimeSpan? RetryAfter(this HttpResponseHeaders headers, TimeProvider time) =>
        headers.RetryAfter?.Delta ?? (headers.RetryAfter?.Date is { } date && date > time.GetUtcNow() ? date - time.GetUtcNow() : null);
}
