using System.Globalization;
using System.Net;

namespace BrainTumorDicom.Service.Deliver;

/// <summary>What a FHIR server answered.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Reason">Reason phrase, or our own word.</param>
/// <param name="Body">The beginning of the body, as far as it was read.</param>
/// <param name="IsJson">Whether the body says that it is JSON, or says nothing.</param>
/// <param name="RetryAfter">How long the server asked us to wait, or <see langword="null"/>.</param>
internal sealed record FhirAnswer(HttpStatusCode Status, string Reason, byte[] Body, bool IsJson, TimeSpan? RetryAfter)
{
    /// <summary>Whether the request was done. A page that a proxy puts in the server's place comes with 200 too.</summary>
    public bool IsSuccess => (int)Status is >= 200 and < 300 && IsJson;

    /// <summary>The end of a delivery whose request was not done.</summary>
    public DeliveryOutcome ToOutcome()
    {
        var said = OperationOutcomeText.Read(Body);
        var status = string.Create(CultureInfo.InvariantCulture, $"HTTP {(int)Status} {Reason}").TrimEnd();
        var error = said.Length > 0 ? $"{status}: {said}" : status;
        return Status switch
        {
            // No or several patients match: a person has to reconcile; creating a patient is not ours to do.
            HttpStatusCode.PreconditionFailed => new DeliveryOutcome.Failed($"needs reconciliation: {error}"),

            // The destination is set up wrongly or busy, the report is not at fault: it stays until the destination is mended.
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.NotFound or HttpStatusCode.ProxyAuthenticationRequired
                or HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError
                or < HttpStatusCode.BadRequest => new DeliveryOutcome.Retry(IsJson ? error : $"{error}: not an answer of a FHIR server", RetryAfter),
            _ => new DeliveryOutcome.Failed(error),
        };
    }
}
