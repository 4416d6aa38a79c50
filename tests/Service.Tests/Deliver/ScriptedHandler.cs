using System.Net;
using System.Text;

namespace BrainTumorDicom.Service.Tests.Deliver;

/// <summary>A server without a network: answers each request by a function and keeps what was asked.</summary>
internal sealed class ScriptedHandler(Func<HttpRequestMessage, string, HttpResponseMessage> answer) : HttpMessageHandler
{
    /// <summary>Method, path with query, and body of each request.</summary>
    public List<(string Method, string Path, string Body)> Requests { get; } = [];

    /// <summary>An answer of JSON.</summary>
    public static HttpResponseMessage Json(string body, HttpStatusCode status = HttpStatusCode.OK) =>
        new(status) { Content = new StringContent(body, Encoding.UTF8, "application/fhir+json") };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        Requests.Add((request.Method.Method, request.RequestUri!.PathAndQuery, body));
        return answer(request, body);
    }
}
