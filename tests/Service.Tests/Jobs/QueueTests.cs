using System.Net;
using System.Net.Sockets;
using BrainTumorDicom.Dicom.Dimse;
using BrainTumorDicom.Dicom.UpperLayer;
using BrainTumorDicom.Reports;
using BrainTumorDicom.Service.Deliver;

namespace BrainTumorDicom.Service.Tests.Jobs;

public sealed class QueueTests : IAsyncDisposable
{
    private readonly JobsFixture jobs = new();

    [Fact]
    public async Task A_destination_that_accepts_connections_and_says_nothing_delays_no_other()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var port = ((IPEndPoint)silent.LocalEndpoint).Port;
        var dead = new DicomDestination(
            new DicomAddress(new AeTitle("DEAD"), "127.0.0.1", port), StructuredReportChoice.Auto, new AeTitle("BTD"), TimeSpan.FromMinutes(10));
        jobs.Kind = ReportKinds.StructuredReport;
        var live = new ScriptedDestination("live");
        await jobs.RestartAsync(dead, live);

        for (var study = 1; study <= 5; study++)
        {
            foreach (var row in await jobs.ReportAsync($"1.2.{study}", 1, dead.Name, live.Name))
            {
                await jobs.Schedule.EnqueueAsync(row, DateTimeOffset.UtcNow, TestContext.Current.CancellationToken);
            }
        }

        await JobsFixture.EventuallyAsync(() => live.Attempts.Count == 5);
        Assert.Equal(5, (await jobs.Deliveries.PendingAsync()).Count(row => row.Destination == dead.Name));
    }

    [Fact]
    public async Task Only_objects_that_the_revision_has_are_to_be_delivered()
    {
        await jobs.RestartAsync(
            new ScriptedDestination("all") { Kinds = FolderDestination.AllKinds }, new ScriptedDestination("pictures") { Kinds = [ReportKinds.HeatMap] });

        await jobs.ReceiveAsync("1.2.3");
        await jobs.FindingAsync("1.2.3", 1);

        var rows = await jobs.Deliveries.ListAsync("1.2.3", 1);
        Assert.Equal([("all", "fhir"), ("all", "finding")], rows.Select(row => (row.Destination, row.Kind)).Order());
    }

    public ValueTask DisposeAsync() => jobs.DisposeAsync();
}
