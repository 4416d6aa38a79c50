using BrainTumorDicom.Dicom.UpperLayer;
using BrainTumorDicom.Service.Ledger;

namespace BrainTumorDicom.Service.Tests.Receive;

public sealed class CompletenessTests
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task A_study_is_ready_after_release_and_quiet_time()
    {
        await using var service = await ReceiveFixture.StartAsync();
        var association = service.Associate();
        await association.SendAsync(TestInstance.Create("1.2.3", 1));
        await association.SendAsync(TestInstance.Create("1.2.3", 1, series: 2));

        service.Time.Advance(TimeSpan.FromMinutes(10));
        await association.EndAsync();
        service.Time.Advance(Quiet - TimeSpan.FromMilliseconds(1));
        Assert.Equal(0, service.Queue.Count);
        service.Time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal(("1.2.3", 1), await service.Queue.NextAsync());
        var revision = await new RevisionLedger(service.Database).FindAsync("1.2.3", 1);
        Assert.Equal((2L, true, ""), (revision!.ThroughInstance, revision.Complete, revision.IncompleteReason));
    }

    [Fact]
    public async Task Four_associations_give_one_report()
    {
        await using var service = await ReceiveFixture.StartAsync();
        var associations = Enumerable.Range(0, 4).Select(_ => service.Associate()).ToList();
        for (var i = 0; i < 20; i++)
        {
            await associations[i % 4].SendAsync(TestInstance.Create("1.2.3", i));
        }

        foreach (var association in associations)
        {
            await association.EndAsync();
            service.Time.Advance(TimeSpan.FromSeconds(4));
        }

        service.Time.Advance(Quiet);

        Assert.Equal(("1.2.3", 1), await service.Queue.NextAsync());
        Assert.Equal(20, (await service.Instances.ListAsync("1.2.3", (await Revision(service, 1)).ThroughInstance)).Count);
        Assert.Equal(0, service.Queue.Count);
    }

    [Fact]
    public async Task A_slice_within_the_quiet_time_puts_it_off()
    {
        await using var service = await ReceiveFixture.StartAsync();
        await Send(service, 1);
        service.Time.Advance(TimeSpan.FromSeconds(4));
        await Send(service, 2);
        service.Time.Advance(TimeSpan.FromSeconds(4));
        service.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(("1.2.3", 1), await service.Queue.NextAsync());
        Assert.Equal(2, (await Revision(service, 1)).ThroughInstance);
        Assert.Equal(0, service.Queue.Count);
    }

    [Fact]
    public async Task Late_slices_make_the_next_revision_and_the_same_again_makes_none()
    {
        await using var service = await ReceiveFixture.StartAsync();
        await Send(service, 1);
        service.Time.Advance(Quiet);
        Assert.Equal(("1.2.3", 1), await service.Queue.NextAsync());

        await Send(service, 1);
        service.Time.Advance(Quiet);
        await Send(service, 2);
        service.Time.Advance(Quiet);
        Assert.Equal(("1.2.3", 2), await service.Queue.NextAsync());

        await Send(service, 1);
        await Send(service, 2);
        service.Time.Advance(Quiet);
        await Send(service, 3);
        service.Time.Advance(Quiet);
        Assert.Equal(("1.2.3", 3), await service.Queue.NextAsync());
        Assert.Equal(0, service.Queue.Count);
    }

    [Theory]
    [InlineData(AssociationEndKind.Aborted, "aborted")]
    [InlineData(AssociationEndKind.ConnectionLost, "lost")]
    public async Task A_study_whose_transfer_broke_off_is_marked(AssociationEndKind end, string word)
    {
        await using var service = await ReceiveFixture.StartAsync();
        await Send(service, 1, end);
        service.Time.Advance(Quiet);

        Assert.Equal(("1.2.3", 1), await service.Queue.NextAsync());
        var revision = await Revision(service, 1);
        Assert.False(revision.Complete);
        Assert.Contains(word, revision.IncompleteReason, StringComparison.Ordinal);

        await Send(service, 2);
        service.Time.Advance(Quiet);
        Assert.Equal(("1.2.3", 2), await service.Queue.NextAsync());
        Assert.True((await Revision(service, 2)).Complete);
    }

    [Fact]
    public async Task A_sender_that_begins_anew_within_the_quiet_time_makes_it_whole()
    {
        await using var service = await ReceiveFixture.StartAsync();
        await Send(service, 1, AssociationEndKind.ConnectionLost);
        service.Time.Advance(TimeSpan.FromSeconds(3));
        var again = service.Associate();
        await again.SendAsync(TestInstance.Create("1.2.3", 1));
        service.Time.Advance(TimeSpan.FromSeconds(30));
        await again.SendAsync(TestInstance.Create("1.2.3", 2));
        await again.EndAsync();
        service.Time.Advance(Quiet);

        Assert.Equal(("1.2.3", 1), await service.Queue.NextAsync());
        Assert.True((await Revision(service, 1)).Complete);
    }

    [Fact]
    public async Task An_association_that_ran_beside_the_one_that_broke_does_not_make_it_whole()
    {
        await using var service = await ReceiveFixture.StartAsync();
        var steady = service.Associate();
        await steady.SendAsync(TestInstance.Create("1.2.3", 1));
        service.Time.Advance(TimeSpan.FromSeconds(1));
        await Send(service, 2, AssociationEndKind.Aborted);
        service.Time.Advance(TimeSpan.FromSeconds(1));
        await steady.EndAsync();
        service.Time.Advance(Quiet);

        await service.Queue.NextAsync();
        Assert.False((await Revision(service, 1)).Complete);
    }

    [Fact]
    public async Task A_queue_that_fails_is_tried_again()
    {
        await using var service = await ReceiveFixture.StartAsync();
        service.Queue.Failures = 1;
        await Send(service, 1);
        service.Time.Advance(Quiet);
        while (service.Queue.Failures > 0)
        {
            await Task.Yield();
        }

        // The failed study is put back after the call failed; the clock goes on until that has happened.
        while (service.Queue.Count == 0)
        {
            service.Time.Advance(TimeSpan.FromSeconds(10));
            await Task.Yield();
        }

        Assert.Equal(("1.2.3", 1), await service.Queue.NextAsync());
    }

    private static async Task Send(ReceiveFixture service, int number, AssociationEndKind end = AssociationEndKind.Released)
    {
        var association = service.Associate();
        Assert.Equal(0, await association.SendAsync(TestInstance.Create("1.2.3", number)));
        await association.EndAsync(end);
    }

    private static async Task<RevisionRow> Revision(ReceiveFixture service, int number) =>
        (await new RevisionLedger(service.Database).FindAsync("1.2.3", number))!;
}
