using System.Net;
using System.Text;
using BrainTumorDicom.Reports;
using BrainTumorDicom.Reports.Fhir;
using BrainTumorDicom.Service.Deliver;
using BrainTumorDicom.Service.Tests.Receive;

namespace BrainTumorDicom.Service.Tests.Deliver;

/// <summary>What is asked of a server, and in what order.</summary>
public sealed class FhirServerTests : IDisposable
{
    private const string R4 = """{"resourceType":"CapabilityStatement","fhirVersion":"4.0.1"}""";
    private const string R5 = """{"resourceType":"CapabilityStatement","fhirVersion":"5.0.0"}""";
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("btd-server-");
    private readonly ManualTimeProvider time = new();

    public FhirServerTests() => File.WriteAllBytes(
        Path.Combine(folder.FullName, ReportKinds.FhirFile), FhirBundleWriter.Write(Samples.All["glioma"], new FhirOptions()));

    [Fact]
    public async Task What_a_server_says_of_itself_is_asked_first_and_believed_for_an_hour()
    {
        using var handler = new ScriptedHandler((request, _) => ScriptedHandler.Json(request.Method == HttpMethod.Get ? R4 : "{}"));
        var destination = Destination(handler);

        await DeliverAsync(destination);
        await DeliverAsync(destination);
        time.Advance(TimeSpan.FromMinutes(61));
        await DeliverAsync(destination);

        Assert.Equal(
            ["GET /r4/metadata", "POST /r4", "POST /r4", "GET /r4/metadata", "POST /r4"], handler.Requests.Select(request => $"{request.Method} {request.Path}"));
    }

    [Fact]
    public async Task A_server_of_another_version_is_sent_nothing_and_asked_again()
    {
        using var handler = new ScriptedHandler((_, _) => ScriptedHandler.Json(R5));
        var destination = Destination(handler);

        var put = Assert.IsType<DeliveryOutcome.Retry>(await DeliverAsync(destination));
        await DeliverAsync(destination);

        Assert.Equal("no server for this report: it speaks FHIR 5.0.0, not R4", put.Error);
        Assert.Equal(["/r4/metadata", "/r4/metadata"], handler.Requests.Select(request => request.Path));
    }

    [Fact]
    public async Task A_page_that_a_proxy_answers_with_200_is_no_delivery()
    {
        using var handler = new ScriptedHandler((request, _) => request.Method == HttpMethod.Get
            ? ScriptedHandler.Json(R4)
            : new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("<html>Log in</html>", Encoding.UTF8, "text/html") });

        var put = Assert.IsType<DeliveryOutcome.Retry>(await DeliverAsync(Destination(handler)));

        Assert.Equal("HTTP 200 OK: not an answer of a FHIR server", put.Error);
    }

    [Fact]
    public async Task After_a_401_the_request_is_repeated_once_with_a_new_token()
    {
        var given = 0;
        using var handler = new ScriptedHandler((request, _) =>
            request.RequestUri!.Host == "auth.example" ? ScriptedHandler.Json($$"""{"access_token":"t{{++given}}","expires_in":300}""")
            : request.Method == HttpMethod.Get ? ScriptedHandler.Json(R4)
            : request.Headers.Authorization?.Parameter == "t1" ? ScriptedHandler.Json("{}", HttpStatusCode.Unauthorized)
            : ScriptedHandler.Json("{}"));

        var outcome = await DeliverAsync(Destination(handler, new() { ClientId = "a", ClientSecret = "s", TokenUrl = "https://auth.example/token" }));

        Assert.IsType<DeliveryOutcome.Delivered>(outcome);
        Assert.Equal(["/token", "/r4/metadata", "/r4", "/token", "/r4"], handler.Requests.Select(request => request.Path));
    }

    public void Dispose() => folder.Delete(recursive: true);

    private FhirDestination Destination(ScriptedHandler handler, FhirAuthorizationOptions? authorization = null) => new(
        new FhirDestinationOptions { Url = "https://fhir.example/r4", Authorization = authorization ?? new() },
        new HttpClient(handler, disposeHandler: false),
        TimeSpan.FromSeconds(20),
        time);

    private Task<DeliveryOutcome> DeliverAsync(FhirDestination destination) =>
        destination.DeliverAsync(ReportKinds.Fhir, folder.FullName, TestContext.Current.CancellationToken);
}
