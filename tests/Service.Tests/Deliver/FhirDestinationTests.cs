using System.Globalization;
using System.Net;
using System.Net.Sockets;
using BrainTumorDicom.Reports;
using BrainTumorDicom.Service.Deliver;
using static BrainTumorDicom.Service.Tests.Deliver.ScriptedHttpServer;

namespace BrainTumorDicom.Service.Tests.Deliver;

public sealed class FhirDestinationTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("btd-fhir-");
    private readonly HttpClient client = new();

    public FhirDestinationTests() => File.WriteAllText(Path.Combine(folder.FullName, ReportKinds.FhirFile), """{"resourceType":"Bundle"}""");

    [Fact]
    public async Task The_bundle_is_posted_as_it_lies_on_disk()
    {
        string? type = null;
        await using var server = await StartAsync(context =>
        {
            type = context.Request.ContentType;
            return Task.CompletedTask;
        });

        var outcome = await DeliverAsync(server.Address);

        Assert.IsType<DeliveryOutcome.Delivered>(outcome);
        Assert.Equal("application/fhir+json; charset=utf-8", type);
        Assert.Equal("""{"resourceType":"Bundle"}"""u8.ToArray(), Assert.Single(server.Bodies));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(409)]
    [InlineData(413)]
    [InlineData(422)]
    public async Task A_refusal_of_the_content_is_final_and_tells_what_the_server_said(int status)
    {
        await using var server = await StartAsync(Answer(status, "Patient.identifier is wrong"));

        var failed = Assert.IsType<DeliveryOutcome.Failed>(await DeliverAsync(server.Address));

        Assert.StartsWith(string.Create(CultureInfo.InvariantCulture, $"HTTP {status} "), failed.Error, StringComparison.Ordinal);
        Assert.EndsWith(": Patient.identifier is wrong", failed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_patient_that_does_not_match_needs_reconciliation()
    {
        await using var server = await StartAsync(Answer(412, "no Patient matches"));

        var failed = Assert.IsType<DeliveryOutcome.Failed>(await DeliverAsync(server.Address));

        Assert.Equal("needs reconciliation: HTTP 412 Precondition Failed: no Patient matches", failed.Error);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(404)]
    [InlineData(408)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task A_destination_that_cannot_now_is_tried_again(int status)
    {
        await using var server = await StartAsync(Answer(status));

        Assert.IsType<DeliveryOutcome.Retry>(await DeliverAsync(server.Address));
    }

    [Fact]
    public async Task Retry_After_is_read_as_seconds_and_as_a_date()
    {
        var date = DateTimeOffset.UtcNow.AddSeconds(90).ToString("R", CultureInfo.InvariantCulture);
        await using var server = await StartAsync(Answer(429, "", ("Retry-After", "37")), Answer(503, "", ("Retry-After", date)));

        var seconds = Assert.IsType<DeliveryOutcome.Retry>(await DeliverAsync(server.Address));
        var until = Assert.IsType<DeliveryOutcome.Retry>(await DeliverAsync(server.Address));

        Assert.Equal(TimeSpan.FromSeconds(37), seconds.RetryAfter);
        Assert.InRange(until.RetryAfter!.Value.TotalSeconds, 60, 90);
    }

    [Fact]
    public async Task Silence_a_cut_and_a_closed_port_are_tried_again()
    {
        await using var server = await StartAsync(
            context => Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default),
            context =>
            {
                context.Abort();
                return Task.CompletedTask;
            });

        var silence = Assert.IsType<DeliveryOutcome.Retry>(await DeliverAsync(server.Address, TimeSpan.FromMilliseconds(300)));
        var cut = Assert.IsType<DeliveryOutcome.Retry>(await DeliverAsync(server.Address));
        var closed = Assert.IsType<DeliveryOutcome.Retry>(await DeliverAsync(ClosedPort()));

        Assert.StartsWith("no answer within", silence.Error, StringComparison.Ordinal);
        Assert.NotEmpty(cut.Error);
        Assert.StartsWith("not reached", closed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stop_of_the_service_is_not_taken_for_a_failure_of_the_destination()
    {
        using var stop = new CancellationTokenSource();
        await using var server = await StartAsync(async context =>
        {
            await stop.CancelAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        });
        var destination = Destination(server.Address, TimeSpan.FromSeconds(30));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => destination.DeliverAsync(ReportKinds.Fhir, folder.FullName, stop.Token));
    }

    [Fact]
    public void The_name_holds_no_credentials()
    {
        var destination = Destination(new Uri("http://user:secret@fhir.example.org:8080/fhir?key=1"), TimeSpan.FromSeconds(1));

        Assert.Equal("http://fhir.example.org:8080/fhir", destination.Name);
    }

    [Theory]
    [InlineData("not json", "")]
    [InlineData("[]", "")]
    [InlineData("""{"issue":[{"code":"processing","details":{"text":"no such patient"}},{"code":"invalid"},7]}""", "no such patient; invalid")]
    public void An_operation_outcome_becomes_one_line(string answer, string expected) =>
        Assert.Equal(expected, OperationOutcomeText.Read(System.Text.Encoding.UTF8.GetBytes(answer)));

    public void Dispose()
    {
        client.Dispose();
        folder.Delete(recursive: true);
    }

    private static Uri ClosedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        return new Uri($"http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}/fhir");
    }

    private Task<DeliveryOutcome> DeliverAsync(Uri address, TimeSpan? timeout = null) =>
        Destination(address, timeout ?? TimeSpan.FromSeconds(20)).DeliverAsync(ReportKinds.Fhir, folder.FullName, TestContext.Current.CancellationToken);

    private FhirDestination Destination(Uri address, TimeSpan timeout) =>
        new(new FhirDestinationOptions { Url = address.OriginalString }, client, timeout, TimeProvider.System);
}
