using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace BrainTumorDicom.Service.Deliver;

/// <summary>Posts the transaction bundle to a FHIR R4 server (FHIR R4 §3.1.0.11). The transaction is atomic and conditional: posted twice, it changes nothing.</summary>
internal sealed class FhirDestination(Uri address, HttpClient client, TimeSpan timeout, TimeProvider time) : IDestination
{
    /// <summary>Most bytes of an answer that are read; an OperationOutcome is far smaller.</summary>
    private const int AnswerLimit = 1 << 20;

    /// <inheritdoc/>
    public string Name { get; } = address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);

    /// <inheritdoc/>
    public IReadOnlyList<string> Kinds { get; } = [ReportKinds.Fhir];

    /// <inheritdoc/>
    public async Task<DeliveryOutcome> DeliverAsync(string kind, string reportFolder, CancellationToken cancellationToken)
    {
        var bytes = await File.ReadAllBytesAsync(Path.Combine(reportFolder, ReportKinds.FhirFile), cancellationToken).ConfigureAwait(false);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);
        try
        {
            using var content = new ByteArrayContent(bytes);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/fhir+json") { CharSet = "utf-8" };
            using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = content };
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/fhir+json"));
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token).ConfigureAwait(false);
            return Outcome(response, await ReadAnswerAsync(response, limit.Token).ConfigureAwait(false));
        }
        catch (HttpRequestException error)
        {
            return new DeliveryOutcome.Retry($"not reached: {error.Message}");
        }
        catch (IOException error)
        {
            return new DeliveryOutcome.Retry($"connection lost: {error.Message}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new DeliveryOutcome.Retry(string.Create(CultureInfo.InvariantCulture, $"no answer within {timeout.TotalSeconds:0} s"));
        }
    }

    private static async Task<byte[]> ReadAnswerAsync(HttpResponseMessage response, CancellationToken cancellationToken)
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

    private DeliveryOutcome Outcome(HttpResponseMessage response, byte[] answer)
    {
        if (response.IsSuccessStatusCode)
        {
            return new DeliveryOutcome.Delivered("");
        }

        var said = OperationOutcomeText.Read(answer);
        var status = string.Create(CultureInfo.InvariantCulture, $"HTTP {(int)response.StatusCode} {response.ReasonPhrase}");
        var error = said.Length > 0 ? $"{status}: {said}" : status;
        return response.StatusCode switch
        {
            // No or several patients match: a person has to reconcile; creating a patient is not ours to do.
            HttpStatusCode.PreconditionFailed => new DeliveryOutcome.Failed($"needs reconciliation: {error}"),

            // The destination is set up wrongly or busy, the report is not at fault: it stays until the destination is mended.
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.NotFound or HttpStatusCode.ProxyAuthenticationRequired
                or HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError
                or < HttpStatusCode.BadRequest => new DeliveryOutcome.Retry(error, RetryAfter(response.Headers.RetryAfter)),
            _ => new DeliveryOutcome.Failed(error),
        };
    }

    private TimeSpan? RetryAfter(RetryConditionHeaderValue? header) =>
        header?.Delta ?? (header?.Date is { } date && date > time.GetUtcNow() ? date - time.GetUtcNow() : null);
}
