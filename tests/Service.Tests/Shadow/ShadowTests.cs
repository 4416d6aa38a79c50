using BrainTumorDicom.Service.Ledger;
using BrainTumorDicom.Service.Shadow;
using BrainTumorDicom.Service.Tests.Jobs;

namespace BrainTumorDicom.Service.Tests.Shadow;

public sealed class ShadowTests : IAsyncDisposable
{
    private readonly JobsFixture jobs = new();

    [Fact]
    public async Task A_study_is_looked_at_by_the_shadow_after_its_report_and_nothing_of_it_is_reported()
    {
        jobs.Shadow.Sha256 = "cc";
        var pacs = new ScriptedDestination("pacs");
        await jobs.RestartAsync(pacs);

        await jobs.ReceiveAsync("1.2.3");
        await JobsFixture.EventuallyAsync(() => jobs.Get<ShadowLedger>().HasAsync("1.2.3", 1, "cc"));

        var pair = Assert.Single(await jobs.Get<ShadowLedger>().PairsAsync());
        Assert.Equal(("refused", "NOT-MR", "abstained", "LOW-CONFIDENCE"), (pair.ChampionDisposition, pair.ChampionReason, pair.ShadowDisposition, pair.ShadowReason));
        Assert.Equal(("m 1", "shadow 2"), (pair.ChampionName, pair.ShadowName));
        await JobsFixture.EventuallyAsync(async () => (await jobs.Deliveries.ListAsync("1.2.3", 1)) is [{ State: DeliveryState.Delivered }]);
        Assert.Equal(["1.2.3/1"], pacs.Attempts);
        Assert.Equal("NOT-MR", (await jobs.FindingAsync("1.2.3", 1)).ReasonCode);
    }

    [Fact]
    public async Task A_shadow_that_fails_disturbs_nothing()
    {
        var failed = new TaskCompletionSource();
        jobs.Shadow.Sha256 = "cc";
        jobs.Shadow.Analysis = () =>
        {
            failed.TrySetResult();
            throw new InvalidOperationException("shadow");
        };
        var pacs = new ScriptedDestination("pacs");
        await jobs.RestartAsync(pacs);

        await jobs.ReceiveAsync("1.2.3");
        await failed.Task.WaitAsync(TestContext.Current.CancellationToken);
        await jobs.ReceiveAsync("1.2.4");
        await JobsFixture.EventuallyAsync(async () => (await jobs.Deliveries.ListAsync("1.2.4", 1)) is [{ State: DeliveryState.Delivered }]);

        Assert.Equal(["1.2.3/1", "1.2.4/1"], pacs.Attempts.Order(StringComparer.Ordinal));
        Assert.Empty(await jobs.Get<ShadowLedger>().PairsAsync());
    }

    [Fact]
    public void The_comparison_counts_agreement_and_lists_where_they_differ_of_the_latest_pair_of_models()
    {
        var comparison = ShadowComparison.Of(
        [
            Pair("1.0", "glioma", "pituitary") with { ShadowSha256 = "old" },
            Pair("1.1", "glioma", "glioma"),
            Pair("1.2", "glioma", "meningioma"),
            Pair("1.3", "notumor", null),
        ]);

        Assert.Equal((3, 1), (comparison.Studies, comparison.Agreeing));
        Assert.Equal(["1.2", "1.3"], comparison.Differences.Select(one => one.Study));
        Assert.Equal(1, comparison.Counts[2][4]);
    }

    public ValueTask DisposeAsync() => jobs.DisposeAsync();

    private static ShadowPair Pair(string study, string champion, string? shadow) => new()
    {
        StudyInstanceUid = study,
        Revision = 1,
        ChampionDisposition = "target-tumor",
        ChampionClass = champion,
        ChampionSha256 = "aa",
        ShadowDisposition = shadow is null ? "abstained" : "target-tumor",
        ShadowClass = shadow,
        ShadowSha256 = "cc",
    };
}
