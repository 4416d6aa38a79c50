using System.Text;
using BrainTumorDicom.Reports.StructuredReport;
using BrainTumorDicom.Reports;
using BrainTumorDicom.Service.Deliver;
using Microsoft.AspNetCore.Http;

namespace BrainTumorDicom.Service.Tests.Deliver;

public sealed class StowDestinationTests : IDisposable
{
    private static readonly HttpClient Client = new();
    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("btd-stow-");
    private readonly string folder;

    public StowDestinationTests() => folder = ReportFolder.Write(root.FullName);

    private static string ThreeD => ReportFolder.Uid(ReportKinds.StructuredReportFile(StructuredReportClass.Comprehensive3D));

    private string HeatMap { get; } = ReportFolder.Uid(ReportKinds.File("heatmap-2"));

    [Fact]
    public async Task An_object_is_a_part_of_its_own_with_the_token_of_the_file()
    {
        await using var server = await ScriptedHttpServer.StartAsync();
        var token = Path.Combine(root.FullName, "token");
        await File.WriteAllTextAsync(token, " secret\n", TestContext.Current.CancellationToken);

        Assert.IsType<DeliveryOutcome.Delivered>(await DeliverAsync(server, "heatmap-2", token));

        var (contentType, authorization) = Assert.Single(server.Headers);
        Assert.StartsWith("multipart/related; boundary=", contentType, StringComparison.Ordinal);
        Assert.EndsWith("; type=\"application/dicom\"", contentType, StringComparison.Ordinal);
        Assert.Equal("Bearer secret", authorization);
        var body = Encoding.Latin1.GetString(Assert.Single(server.Bodies));
        Assert.Contains("Content-Type: application/dicom\r\n\r\n", body, StringComparison.Ordinal);
        Assert.Contains(Encoding.Latin1.GetString(await File.ReadAllBytesAsync(Path.Combine(folder, "heatmap/2.dcm"), TestContext.Current.CancellationToken)), body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200, "", typeof(DeliveryOutcome.Delivered))]
    [InlineData(200, "00081199", typeof(DeliveryOutcome.Delivered))]
    [InlineData(202, "00081199", typeof(DeliveryOutcome.Delivered))]
    [InlineData(200, "00081198:C000", typeof(DeliveryOutcome.Failed))]
    [InlineData(202, "00081198:A900", typeof(DeliveryOutcome.Failed))]
    [InlineData(202, "00081198:A700", typeof(DeliveryOutcome.Retry))]
    [InlineData(409, "00081198:0110", typeof(DeliveryOutcome.Retry))]
    [InlineData(409, "00081198:0111", typeof(DeliveryOutcome.Delivered))]
    [InlineData(409, "00081198:0122", typeof(DeliveryOutcome.Failed))]
    [InlineData(409, "00081198", typeof(DeliveryOutcome.Failed))]
    [InlineData(409, "", typeof(DeliveryOutcome.Failed))]
    [InlineData(400, "", typeof(DeliveryOutcome.Failed))]
    [InlineData(415, "", typeof(DeliveryOutcome.Failed))]
    [InlineData(401, "", typeof(DeliveryOutcome.Retry))]
    [InlineData(404, "", typeof(DeliveryOutcome.Retry))]
    [InlineData(503, "", typeof(DeliveryOutcome.Retry))]
    public async Task The_status_and_what_is_said_of_the_instance_decide(int status, string said, Type expected)
    {
        await using var server = await ScriptedHttpServer.StartAsync(Answer(status, said, HeatMap));

        Assert.IsType(expected, await DeliverAsync(server, "heatmap-2"));
    }

    [Fact]
    public async Task A_class_of_report_that_is_refused_gives_way_to_the_next()
    {
        await using var server = await ScriptedHttpServer.StartAsync(Answer(409, "00081198:0122", ThreeD), Answer(200, "", ""));

        var delivered = Assert.IsType<DeliveryOutcome.Delivered>(await DeliverAsync(server, "sr"));

        Assert.StartsWith("Comprehensive SR, HTTP 200", delivered.Note, StringComparison.Ordinal);
        Assert.Equal(2, server.Bodies.Count);
    }

    [Fact]
    public async Task A_wait_that_is_asked_for_silence_and_a_missing_token_are_tried_again()
    {
        await using var server = await ScriptedHttpServer.StartAsync(
            ScriptedHttpServer.Answer(503, "", ("Retry-After", "7")), context => Task.Delay(Timeout.Infinite, context.RequestAborted));

        Assert.Equal(TimeSpan.FromSeconds(7), Assert.IsType<DeliveryOutcome.Retry>(await DeliverAsync(server, "heatmap")).RetryAfter);
        Assert.StartsWith("no answer within", Assert.IsType<DeliveryOutcome.Retry>(await DeliverAsync(server, "heatmap", timeout: TimeSpan.FromMilliseconds(300))).Error, StringComparison.Ordinal);
        Assert.Contains("missing", Assert.IsType<DeliveryOutcome.Retry>(await DeliverAsync(server, "heatmap", Path.Combine(root.FullName, "missing"))).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("<html>")]
    [InlineData("""{"00081198":7}""")]
    [InlineData("""{"00081198":{"vr":"SQ","Value":[{"00081155":{"Value":["1.2"]}}]}}""")]
    public void A_body_that_does_not_name_the_instance_says_nothing(string body) =>
        Assert.Equal(new StowAnswer(false, null), StowAnswer.Read(Encoding.UTF8.GetBytes(body), "1.2.3"));

    public void Dispose() => root.Delete(recursive: true);

    private static Func<HttpContext, Task> Answer(int status, string said, string uid) => context =>
    {
        context.Response.StatusCode = status;
        var reason = said.Length > 9 ? $$""","00081197":{"vr":"US","Value":[{{Convert.ToInt32(said[9..], 16)}}]}""" : "";
        return said.Length == 0
            ? Task.CompletedTask
            : context.Response.WriteAsync($$$"""{"{{{said[..8]}}}":{"vr":"SQ","Value":[{"00081155":{"vr":"UI","Value":["{{{uid}}}"]}{{{reason}}}}]}}""");
    };

    private Task<DeliveryOutcome> DeliverAsync(ScriptedHttpServer server, string kind, string token = "", TimeSpan? timeout = null) =>
        new StowDestination(new StowDestinationOptions { Url = server.DicomWeb, TokenFile = token }, Client, timeout ?? TimeSpan.FromSeconds(10), TimeProvider.System)
            .DeliverAsync(kind, folder, TestContext.Current.CancellationToken);
}
