using BrainTumorDicom.Service.DeadLetters;
using BrainTumorDicom.Service.Deliver;
using BrainTumorDicom.Service.Jobs;
using BrainTumorDicom.Service.Ledger;

namespace BrainTumorDicom.Service.Tests.Jobs;

public sealed class DeadLetterTests : IAsyncDisposable
{
    private static readonly DeliveryOutcome Refusal = new DeliveryOutcome.Failed("needs reconciliation");
    private readonly JobsFixture jobs = new();

    [Fact]
    public async Task What_failed_is_listed_and_a_release_from_outside_brings_it_there_once()
    {
        var pacs = new ScriptedDestination("pacs", Refusal, new DeliveryOutcome.Retry("busy"));
        await jobs.RestartAsync(pacs);
        await jobs.Get<ReleaseWatcher>().StartAsync();
        var row = await FailAsync("1.2.3", "pacs");
        var book = new DeliveryBook(jobs.Folder.Path);

        var listed = Assert.Single(await book.ListAsync("failed", null));
        Assert.Equal((row.Id, "1.2.3", "pacs", "failed", 1, "needs reconciliation"), (listed.Id, listed.Study, listed.Destination, listed.State, listed.Attempts, listed.Error));
        Assert.Single(await book.ReleaseAsync("pacs", DateTimeOffset.UtcNow, TestContext.Current.CancellationToken));
        Assert.Empty(await book.ReleaseAsync("pacs", DateTimeOffset.UtcNow, TestContext.Current.CancellationToken));
        await JobsFixture.EventuallyAsync(async () => (await jobs.Deliveries.FindAsync(row.Id))!.State == DeliveryState.Delivered);

        Assert.Equal(3, (await jobs.Deliveries.FindAsync(row.Id))!.Attempts);
        Assert.Equal(3, pacs.Attempts.Count);
        Assert.Empty(await book.ListAsync("failed", null));
    }

    [Fact]
    public async Task One_is_released_and_the_others_stay()
    {
        await jobs.RestartAsync(new ScriptedDestination("pacs", Refusal, Refusal));
        var first = await FailAsync("1.2.3", "pacs");
        var second = await FailAsync("1.2.4", "pacs");
        var ledger = jobs.Get<DeadLetterLedger>();

        Assert.Equal([second.Id], (await ledger.ReleaseAsync(second.Id, null, DateTimeOffset.UtcNow, TestContext.Current.CancellationToken)).Select(row => row.Id));
        await jobs.Get<ReleaseWatcher>().LookAsync();
        await JobsFixture.EventuallyAsync(async () => (await jobs.Deliveries.FindAsync(second.Id))!.State == DeliveryState.Delivered);

        Assert.Equal([first.Id], (await ledger.ListAsync(DeliveryState.Failed, null, 10)).Select(row => row.Id));
    }

    [Fact]
    public async Task A_revision_that_the_destination_has_in_a_newer_one_is_not_released()
    {
        await jobs.RestartAsync(new ScriptedDestination("pacs", Refusal));
        var rows = await jobs.ReportAsync("1.2.3", 2, "pacs");
        foreach (var row in rows)
        {
            await jobs.Schedule.EnqueueAsync(row, DateTimeOffset.UtcNow, TestContext.Current.CancellationToken);
        }

        await JobsFixture.EventuallyAsync(async () => (await jobs.Deliveries.PendingAsync()).Count == 0);

        Assert.Empty(await jobs.Get<DeadLetterLedger>().ReleaseAsync(null, null, DateTimeOffset.UtcNow, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_commitment_that_was_given_up_is_listed_and_asked_for_anew()
    {
        var archive = new ScriptedArchive("archive");
        await jobs.RestartAsync(archive);
        var row = Assert.Single(await jobs.ReportAsync("1.2.3", 1, "archive"));
        await jobs.Schedule.EnqueueAsync(row, DateTimeOffset.UtcNow, TestContext.Current.CancellationToken);
        await JobsFixture.EventuallyAsync(() => archive.Transactions.Count == 1);
        await jobs.Get<CommitmentLedger>().MarkFailedAsync(row.Id, "given up", DateTimeOffset.UtcNow, TestContext.Current.CancellationToken);

        Assert.Single(await jobs.Get<DeadLetterLedger>().ListAsync(DeliveryState.Failed, "archive", 10));
        Assert.Single(await jobs.Get<DeadLetterLedger>().ReleaseAsync(row.Id, null, DateTimeOffset.UtcNow, TestContext.Current.CancellationToken));
        await jobs.Get<ReleaseWatcher>().LookAsync();
        await JobsFixture.EventuallyAsync(() => archive.Transactions.Count == 2);

        Assert.Equal(1, archive.Deliveries);
    }

    public ValueTask DisposeAsync() => jobs.DisposeAsync();

    private async Task<DeliveryRow> FailAsync(string study, string destination)
    {
        var row = Assert.Single(await jobs.ReportAsync(study, 1, destination));
        await jobs.Schedule.EnqueueAsync(row, DateTimeOffset.UtcNow, TestContext.Current.CancellationToken);
        await JobsFixture.EventuallyAsync(async () => (await jobs.Deliveries.FindAsync(row.Id))!.State == DeliveryState.Failed);
        return row;
    }
}
