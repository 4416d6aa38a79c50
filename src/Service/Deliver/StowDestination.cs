using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.Files;

namespace BrainTumorDicom.Service.Deliver;

/// <summary>Stores objects by STOW-RS (PS3.18 §10.5), one in a request; an SR in the first class that is not refused.</summary>
internal sealed class StowDestination(StowDestinationOptions options, HttpClient client, TimeSpan timeout, TimeProvider time) : IDestination
{
    private const string Dicom = "application/dicom";
    private readonly Uri studies = new($"{options.Url.TrimEnd('/')}/studies");

    /// <inheritdoc/>
    public string Name { get; } = new Uri(options.Url).GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);

    /// <inheritdoc/>
    public IReadOnlyList<string> Kinds { get; } = options.Objects.Or(DicomObject.Usual);

    /// <inheritdoc/>
    public async Task<DeliveryOutcome> DeliverAsync(string kind, string reportFolder, CancellationToken cancellationToken)
    {
        DeliveryOutcome outcome = new DeliveryOutcome.Failed("nothing to send");
        foreach (var one in DicomObject.Of(kind, options.SrClass))
        {
            outcome = await DeliverAsync(one, reportFolder, cancellationToken).ConfigureAwait(false);
            if (outcome is not DeliveryOutcome.Failed)
            {
                break;
            }
        }

        return outcome;
    }

    private async Task<DeliveryOutcome> DeliverAsync(DicomObject one, string reportFolder, CancellationToken cancellationToken)
    {
        var bytes = await File.ReadAllBytesAsync(Path.Combine(reportFolder, one.File), cancellationToken).ConfigureAwait(false);
        var uid = DicomFile.ReadHeader(bytes).Dataset.GetString(DicomTag.SOPInstanceUID) ?? "";
        using var request = new HttpRequestMessage(HttpMethod.Post, studies) { Content = Content(bytes) };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/dicom+json"));
        try
        {
            if (options.TokenFile.Length > 0)
            {
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", (await File.ReadAllTextAsync(options.TokenFile, cancellationToken).ConfigureAwait(false)).Trim());
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or FormatException)
        {
            // The token's file comes back.
            return new DeliveryOutcome.Retry(error.Message.ReplaceLineEndings(" "));
        }

        return await HttpAttempt.RunAsync(() => SendAsync(request, uid, one, cancellationToken), timeout, cancellationToken).ConfigureAwait(false);
    }

    private async Task<DeliveryOutcome> SendAsync(HttpRequestMessage request, string uid, DicomObject one, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token).ConfigureAwait(false);
        return Outcome(response, await StowAnswer.ReadAsync(response.Content, uid, limit.Token).ConfigureAwait(false), one);
    }

    private static MultipartContent Content(byte[] bytes)
    {
        var part = new ByteArrayContent(bytes);
        part.Headers.ContentType = new MediaTypeHeaderValue(Dicom);
        var content = new MultipartContent("related") { part };
        content.Headers.ContentType!.Parameters.Add(new NameValueHeaderValue("type", $"\"{Dicom}\""));
        return content;
    }

    /// <summary>200 has all, 202 has some or with warnings, 409 has none; the response says of each instance how it fared (PS3.18 Table 10.5.3-1).</summary>
    private DeliveryOutcome Outcome(HttpResponseMessage response, StowAnswer answer, DicomObject sent)
    {
        var said = string.Create(CultureInfo.InvariantCulture, $"{sent.Label}, HTTP {(int)response.StatusCode} {response.ReasonPhrase}{answer}").TrimEnd();
        return response.StatusCode switch
        {
            HttpStatusCode.OK or HttpStatusCode.Accepted or HttpStatusCode.Conflict when answer.IsFailed =>
                answer.Reason == StoreFailure.Duplicate ? new DeliveryOutcome.Delivered(said)
                : answer.Reason is { } reason && !StoreFailure.IsFinal(reason) ? new DeliveryOutcome.Retry(said, response.Headers.RetryAfter(time))
                : new DeliveryOutcome.Failed(said),
            HttpStatusCode.OK or HttpStatusCode.Accepted => new DeliveryOutcome.Delivered(said),

            // The request is wrong, or the object: the same again would fare the same.
            HttpStatusCode.Conflict or HttpStatusCode.BadRequest or HttpStatusCode.NotAcceptable or HttpStatusCode.RequestEntityTooLarge
                or HttpStatusCode.UnsupportedMediaType or HttpStatusCode.UnprocessableEntity => new DeliveryOutcome.Failed(said),
            _ => new DeliveryOutcome.Retry(said, response.Headers.RetryAfter(time)),
        };
    }
}
