using BrainTumorDicom.Service.Deliver;
using BrainTumorDicom.Service.Tests.Jobs;
using BrainTumorDicom.Service.Web;

namespace BrainTumorDicom.Service.Tests.Web;

public sealed class StudyListTests : IAsyncDisposable
{
    private readonly JobsFixture jobs = new();

    [Fact]
    public async Task A_study_shows_its_answer_and_how_far_each_report_is()
    {
        await jobs.RestartAsync(
            new ScriptedDestination("good"),
            new ScriptedDestination("bad", new DeliveryOutcome.Failed("needs reconciliation")),
            new ScriptedDestination("slow") { Gate = new TaskCompletionSource().Task });
        await jobs.ReceiveAsync("1.2.3");
        await jobs.FindingAsync("1.2.3", 1);
        await JobsFixture.EventuallyAsync(async () => (await jobs.Deliveries.PendingAsync()).Count == 1);

        var study = Assert.Single(await jobs.Get<StudyList>().FindAsync("1.2.3", TestContext.Current.CancellationToken));

        Assert.Equal(("refused", "NOT-MR", 1, 1), (study.Disposition, study.Reason, study.Revision, study.Instances));
        Assert.Equal(
            ["bad failed needs reconciliation", "good delivered ", "slow pending "],
            study.Deliveries.Select(delivery => $"{delivery.Destination} {delivery.State} {delivery.Error}").Order());
        Assert.Equal("1.2.3", Assert.Single(await jobs.Get<StudyList>().ListAsync(10, 0, TestContext.Current.CancellationToken)).Study);
        Assert.Empty(await jobs.Get<StudyList>().ListAsync(10, 1, TestContext.Current.CancellationToken));
        Assert.Empty(await jobs.Get<StudyList>().FindAsync("1.2.4", TestContext.Current.CancellationToken));
    }

    public ValueTask DisposeAsync() => jobs.DisposeAsync();
}
