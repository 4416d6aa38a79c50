using BrainTumorDicom.Service.Deliver;
using BrainTumorDicom.Service.Ledger;

namespace BrainTumorDicom.Service.Tests.Jobs;

public sealed class DeliveryScheduleTests : IAsyncDisposable
{
    private readonly JobsFixture jobs = new();

    [Fact]
    public async Task A_dead_destination_delays_no_other()
    {
        var never = new TaskCompletionSource();
        var dead = new ScriptedDestination("dead") { Gate = never.Task };
        var alive = new ScriptedDestination("alive");
        await jobs.RestartAsync(dead, alive);
        for (var study = 1; study <= 8; study++)
        {
            await EnqueueAsync(await jobs.ReportAsync($"1.2.{study}", 1, "dead", "alive"));
        }

        await JobsFixture.EventuallyAsync(() => alive.Attempts.Count == 8);

        Assert.Single(dead.Attempts);
        never.SetResult();
    }

    [Fact]
    public async Task A_failed_attempt_is_repeated_until_it_is_delivered_and_the_ledger_tells()
    {
        var destination = new ScriptedDestination("pacs", new DeliveryOutcome.Retry("connection refused"), new DeliveryOutcome.Retry("connection refused"));
        await jobs.RestartAsync(destination);
        var row = Assert.Single(await jobs.ReportAsync("1.2.3", 1, "pacs"));

        await EnqueueAsync([row]);
        await JobsFixture.EventuallyAsync(async () => (await jobs.Deliveries.FindAsync(row.Id))!.State == DeliveryState.Delivered);

        Assert.Equal(["1.2.3/1", "1.2.3/1", "1.2.3/1"], destination.Attempts);
        Assert.Equal(3, (await jobs.Deliveries.FindAsync(row.Id))!.Attempts);
    }

    [Fact]
    public async Task Revisions_reach_a_destination_in_order_however_they_are_put_in()
    {
        var destination = new ScriptedDestination("pacs", new DeliveryOutcome.Retry("busy"), new DeliveryOutcome.Retry("busy"));
        await jobs.RestartAsync(destination);
        var rows = await jobs.ReportAsync("1.2.3", 3, "pacs");

        await EnqueueAsync(rows.OrderByDescending(row => row.Revision));
        await JobsFixture.EventuallyAsync(async () => (await jobs.Deliveries.PendingAsync()).Count == 0);

        Assert.Equal(["1.2.3/1", "1.2.3/1", "1.2.3/1", "1.2.3/2", "1.2.3/3"], destination.Attempts);
    }

    [Fact]
    public async Task A_refusal_is_final_and_the_next_revision_still_goes()
    {
        var destination = new ScriptedDestination("fhir", new DeliveryOutcome.Failed("needs reconciliation: no Patient matches"));
        await jobs.RestartAsync(destination);
        var rows = await jobs.ReportAsync("1.2.3", 2, "fhir");

        await EnqueueAsync(rows);
        await JobsFixture.EventuallyAsync(async () => (await jobs.Deliveries.PendingAsync()).Count == 0);

        var first = (await jobs.Deliveries.FindAsync(rows.Single(row => row.Revision == 1).Id))!;
        Assert.Equal((DeliveryState.Failed, "needs reconciliation: no Patient matches"), (first.State, first.LastError));
        Assert.Equal(["1.2.3/1", "1.2.3/2"], destination.Attempts);
    }

    [Fact]
    public async Task What_was_pending_when_the_service_ended_goes_out_after_the_next_start()
    {
        var stuck = new ScriptedDestination("pacs") { Gate = new TaskCompletionSource().Task };
        await jobs.RestartAsync(stuck);
        await EnqueueAsync(await jobs.ReportAsync("1.2.3", 1, "pacs"));
        await JobsFixture.EventuallyAsync(() => stuck.Attempts.Count == 1);

        var mended = new ScriptedDestination("pacs");
        await jobs.RestartAsync(mended);
        await JobsFixture.EventuallyAsync(async () => (await jobs.Deliveries.PendingAsync()).Count == 0);

        Assert.Equal(["1.2.3/1"], mended.Attempts);
    }

    [Fact]
    public async Task A_delivery_that_begins_while_the_service_stops_does_not_hold_it_up()
    {
        await jobs.RestartAsync(new ScriptedDestination("pacs") { Gate = new TaskCompletionSource().Task });
        await jobs.ReportAsync("1.2.3", 1, "pacs");

        for (var start = 0; start < 5; start++)
        {
            await jobs.RestartAsync(new ScriptedDestination("pacs") { Gate = new TaskCompletionSource().Task });
            await jobs.StopAsync().WaitAsync(TimeSpan.FromSeconds(15), TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task A_destination_taken_out_of_the_configuration_leaves_its_reports_waiting()
    {
        await jobs.RestartAsync(new ScriptedDestination("old") { Gate = new TaskCompletionSource().Task });
        var row = Assert.Single(await jobs.ReportAsync("1.2.3", 1, "old"));

        await jobs.RestartAsync(new ScriptedDestination("new"));

        Assert.Equal(DeliveryState.Pending, (await jobs.Deliveries.FindAsync(row.Id))!.State);
    }

    public ValueTask DisposeAsync() => jobs.DisposeAsync();

    private async Task EnqueueAsync(IEnumerable<DeliveryRow> rows)
    {
        foreach (var row in rows)
        {
            await jobs.Schedule.EnqueueAsync(row, DateTimeOffset.UtcNow, TestContext.Current.CancellationToken);
        }
    }
}
