using System.Net;
using System.Net.Http.Headers;

namespace BrainTumorDicom.Service.Deliver;

/// <summary>Requests to one FHIR server (https://hl7.org/fhir/R4/http.html), with a token where it wants one.</summary>
/// <param name="address">Base address, as it was configured; transactions are posted there.</param>
/// <param name="client">Makes the requests.</param>
/// <param name="tokens">Its tokens; <see langword="null"/> where none is needed.</param>
/// <param name="timeout">How long one request may take.</param>
/// <param name="time">The time, for dates in Retry-After.</param>
internal sealed class FhirServer(Uri address, HttpClient client, FhirTokens? tokens, TimeSpan timeout, TimeProvider time)
{
    /// <summary>Most bytes of an answer that are read.</summary>
    private const int AnswerLimit = 8 << 20;

    private readonly Uri folder = Folder(address);

    /// <summary>The base address as a folder, which relative addresses are under.</summary>
    public static Uri Folder(Uri address) => new UriBuilder(address) { Query = "", Path = address.AbsolutePath.TrimEnd('/') + "/" }.Uri;

    /// <summary>Reads a resource or a search.</summary>
    /// <param name="relative">Path and query under the base address.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<FhirAnswer> GetAsync(string relative, CancellationToken cancellationToken) =>
        SendAsync(() => new HttpRequestMessage(HttpMethod.Get, new Uri(folder, relative)), cancellationToken);

    /// <summary>Posts a transaction to the base address, or a resource to its type's.</summary>
    /// <param name="relative">Path under the base address; empty for a transaction.</param>
    /// <param name="body">JSON in UTF-8.</param>
    /// <param name="ifNoneExist">The search of a conditional create, or <see langword="null"/>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<FhirAnswer> PostAsync(string relative, ReadOnlyMemory<byte> body, string? ifNoneExist, CancellationToken cancellationToken) => SendAsync(
        () =>
        {
            var request = new HttpRequestMessage(HttpMethod.Post, relative.Length == 0 ? address : new Uri(folder, relative)) { Content = new ReadOnlyMemoryContent(body) };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/fhir+json") { CharSet = "utf-8" };
            if (ifNoneExist is not null)
            {
                request.Headers.Add("If-None-Exist", ifNoneExist);
            }

            return request;
        },
        cancellationToken);

    private async Task<FhirAnswer> SendAsync(Func<HttpRequestMessage> make, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);
        if (tokens is null)
        {
            return await SendAsync(make, token: null, limit.Token).ConfigureAwait(false);
        }

        var (token, error) = await tokens.GetAsync(limit.Token).ConfigureAwait(false);
        if (token is null)
        {
            return Refused(error);
        }

        var answer = await SendAsync(make, token, limit.Token).ConfigureAwait(false);
        if (answer.Status != HttpStatusCode.Unauthorized)
        {
            return answer;
        }

        // Taken back before its time: once with a new one.
        tokens.Forget(token);
        (token, error) = await tokens.GetAsync(limit.Token).ConfigureAwait(false);
        return token is null ? Refused(error) : await SendAsync(make, token, limit.Token).ConfigureAwait(false);
    }

    private async Task<FhirAnswer> SendAsync(Func<HttpRequestMessage> make, string? token, CancellationToken cancellationToken)
    {
        using var request = make();
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/fhir+json"));
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        var type = response.Content.Headers.ContentType?.MediaType;
        return new FhirAnswer(
            response.StatusCode,
            response.ReasonPhrase ?? "",
            await ReadAsync(response, cancellationToken).ConfigureAwait(false),
            type is null || type.Contains("json", StringComparison.OrdinalIgnoreCase),
            response.Headers.RetryAfter(time));
    }

    private static async Task<byte[]> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            using var answer = new MemoryStream();
            var buffer = new byte[16384];
            int count;
            while (answer.Length < AnswerLimit && (count = await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
            {
                answer.Write(buffer, 0, count);
            }

            return answer.ToArray();
        }
    }

    private static FhirAnswer Refused(string error) => new(HttpStatusCode.Unauthorized, error, [], IsJson: true, RetryAfter: null);
}
