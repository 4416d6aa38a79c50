using BrainTumorDicom.Service.Journal;
using BrainTumorDicom.Service.Ledger;
using BrainTumorDicom.Service.Retention;
using BrainTumorDicom.Service.Tests.Receive;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace BrainTumorDicom.Service.Tests.Retention;

public sealed class JournalRetentionTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_segment_goes_when_all_it_holds_is_delivered_and_old_enough_and_no_earlier()
    {
        await using var service = await ReceiveFixture.StartAsync();
        var retention = Retention(service);
        await SendAsync(service, "1.2.3");
        await SendAsync(service, "1.2.3", "1.2.4");
        await ReportAsync(service, "1.2.3", DeliveryState.Delivered);
        await ReportAsync(service, "1.2.4", DeliveryState.Pending);

        service.Time.Advance(TimeSpan.FromDays(6));
        Assert.Equal(0, await retention.RunAsync(Cancel));
        service.Time.Advance(TimeSpan.FromDays(1.1));
        Assert.Equal(1, await retention.RunAsync(Cancel));

        Assert.Single(service.Receiver.Folder.Segments());
        Assert.Equal(4, Count(service));
        await DeliverAsync(service, "1.2.4");
        service.Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(1, await retention.RunAsync(Cancel));
        Assert.Empty(service.Receiver.Folder.Segments());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Pending")]
    [InlineData("Failed")]
    public async Task What_is_not_analysed_or_not_delivered_stays_even_when_the_disk_is_full(string? state)
    {
        var disk = new Disk();
        await using var service = await ReceiveFixture.StartAsync(space: disk.Space);
        await SendAsync(service, "1.2.3");
        if (state is not null)
        {
            await ReportAsync(service, "1.2.3", Enum.Parse<DeliveryState>(state));
        }

        service.Time.Advance(TimeSpan.FromDays(1000));
        disk.Set(Disk.Minimum);

        Assert.Equal(0, await Retention(service).RunAsync(Cancel));
        Assert.Single(service.Receiver.Folder.Segments());
    }

    [Fact]
    public async Task A_study_with_slices_that_no_revision_covers_stays()
    {
        await using var service = await ReceiveFixture.StartAsync();
        await SendAsync(service, "1.2.3");
        await ReportAsync(service, "1.2.3", DeliveryState.Delivered);
        var late = service.Associate();
        await late.SendAsync(TestInstance.Create("1.2.3", 9));
        await late.EndAsync();
        await service.Receiver.FlushAsync(Cancel);
        service.Time.Advance(TimeSpan.FromDays(1000));

        Assert.Equal(0, await Retention(service, age: TimeSpan.Zero).RunAsync(Cancel));
    }

    [Fact]
    public async Task A_segment_whose_association_goes_on_stays()
    {
        await using var service = await ReceiveFixture.StartAsync();
        await service.Associate().SendAsync(TestInstance.Create("1.2.3", 1));
        await service.Receiver.FlushAsync(Cancel);
        await ReportAsync(service, "1.2.3", DeliveryState.Delivered);
        service.Time.Advance(TimeSpan.FromDays(1000));

        Assert.Equal(0, await Retention(service, age: TimeSpan.Zero).RunAsync(Cancel));
    }

    [Fact]
    public async Task A_nearly_full_disk_lets_the_oldest_delivered_segments_go_before_their_age_and_no_more_than_it_takes()
    {
        var disk = new Disk();
        await using var service = await ReceiveFixture.StartAsync(space: disk.Space);
        foreach (var study in new[] { "1.2.3", "1.2.4", "1.2.5" })
        {
            await SendAsync(service, study);
            await ReportAsync(service, study, DeliveryState.Delivered);
        }

        var segments = service.Receiver.Folder.Segments();
        Assert.Equal(0, await Retention(service).RunAsync(Cancel));
        disk.Set((2 * Disk.Minimum) - 1);
        Assert.Equal(0, await Retention(service, whenFull: false).RunAsync(Cancel));
        Assert.Equal(1, await Retention(service).RunAsync(Cancel));

        Assert.Equal(segments.Skip(1), service.Receiver.Folder.Segments());
        disk.Set(Disk.Minimum);
        Assert.Equal(2, await Retention(service).RunAsync(Cancel));
    }

    [Theory]
    [InlineData("Wanted", 0)]
    [InlineData("Requested", 0)]
    [InlineData("Failed", 0)]
    [InlineData("Committed", 1)]
    public async Task Where_commitment_was_asked_for_it_is_waited_for(string state, int removed)
    {
        await using var service = await ReceiveFixture.StartAsync();
        await SendAsync(service, "1.2.3");
        await ReportAsync(service, "1.2.3", DeliveryState.Delivered);
        await service.Database.WriteAsync(
            (connection, transaction) => Dapper.SqlMapper.ExecuteAsync(
                connection, "UPDATE deliveries SET commitment = @state", new { state = Enum.Parse<CommitmentState>(state) }, transaction),
            Cancel);
        service.Time.Advance(TimeSpan.FromDays(8));

        Assert.Equal(removed, await Retention(service).RunAsync(Cancel));
    }

    [Fact]
    public async Task The_same_content_sent_again_is_stored_again_and_opens_no_revision()
    {
        await using var service = await ReceiveFixture.StartAsync();
        await PurgeAsync(service, "1.2.3");

        await SendAsync(service, "1.2.3");

        Assert.Equal(2, Count(service));
        Assert.Null(await new RevisionLedger(service.Database).OpenAsync("1.2.3", service.Time.GetUtcNow(), Cancel));
        Assert.Equal(2, (await service.Instances.ListAsync("1.2.3")).Select(row => service.Receiver.Store.Read(row)).Count());
        await SendAsync(service, "1.2.3");
        Assert.Equal(2, Count(service));
    }

    [Fact]
    public async Task Other_content_and_late_slices_open_a_revision_that_says_what_it_could_not_look_at()
    {
        await using var service = await ReceiveFixture.StartAsync();
        await PurgeAsync(service, "1.2.3");
        var late = service.Associate();
        await late.SendAsync(TestInstance.Create("1.2.3", 2, content: 5));
        await late.SendAsync(TestInstance.Create("1.2.3", 3));
        await late.EndAsync();
        await service.Receiver.FlushAsync(Cancel);

        var revision = await new RevisionLedger(service.Database).OpenAsync("1.2.3", service.Time.GetUtcNow(), Cancel);

        Assert.Equal(2, revision!.Revision);
        Assert.False(revision.Complete);
        Assert.Contains("1 instances were removed", revision.IncompleteReason, StringComparison.Ordinal);
        Assert.Equal(["1.2.3.1.2", "1.2.3.1.3"], (await service.Instances.ListAsync("1.2.3", revision.ThroughInstance)).Select(row => row.SopInstanceUid));
    }

    [Fact]
    public async Task A_stop_between_note_and_removal_is_made_good_at_the_next_start_and_no_number_is_used_twice()
    {
        await using var before = await ReceiveFixture.StartAsync();
        await SendAsync(before, "1.2.3");
        await ReportAsync(before, "1.2.3", DeliveryState.Delivered);
        var segment = Assert.Single(before.Receiver.Folder.Segments());
        Assert.Equal(2, (await new RetentionLedger(before.Database).PurgeAsync(segment, DateTimeOffset.MaxValue, before.Time.GetUtcNow(), Cancel))!.Count);

        await using var after = await ReceiveFixture.StartAsync(before.Path);

        Assert.Empty(after.Receiver.Folder.Segments());
        Assert.Equal(0, Count(after));
        await SendAsync(after, "1.2.4");
        Assert.True(Assert.Single(after.Receiver.Folder.Segments()) > segment);
        await using var again = await ReceiveFixture.StartAsync(before.Path);
        Assert.Single(again.Receiver.Folder.Segments());
    }

    [Fact]
    public async Task Sent_again_after_a_restart_it_is_stored_again()
    {
        await using var before = await ReceiveFixture.StartAsync();
        await PurgeAsync(before, "1.2.3");

        await using var after = await ReceiveFixture.StartAsync(before.Path);
        await SendAsync(after, "1.2.3");

        Assert.Equal(2, (await after.Instances.ListAsync("1.2.3")).Select(row => after.Receiver.Store.Read(row)).Count());
        Assert.Null(await new RevisionLedger(after.Database).OpenAsync("1.2.3", after.Time.GetUtcNow(), Cancel));
    }

    [Fact]
    public async Task Nothing_goes_when_it_is_turned_off()
    {
        await using var service = await ReceiveFixture.StartAsync();
        await SendAsync(service, "1.2.3");
        await ReportAsync(service, "1.2.3", DeliveryState.Delivered);
        service.Time.Advance(TimeSpan.FromDays(1000));

        Assert.Equal(0, await Retention(service, enabled: false).RunAsync(Cancel));
    }

    private static JournalRetention Retention(
        ReceiveFixture service, TimeSpan? age = null, bool enabled = true, bool whenFull = true)
    {
        var options = new RetentionOptions { Enabled = enabled, WhenDiskIsFull = whenFull };
        options.MinimumAge = age ?? options.MinimumAge;
        var retention = new JournalRetention(
            new RetentionLedger(service.Database),
            Options.Create(options),
            service.Time,
            NullLogger<JournalRetention>.Instance);
        retention.Attach(service.Receiver);
        return retention;
    }

    private static int Count(ReceiveFixture service) => (int)service.Instances.Count();

    private static async Task PurgeAsync(ReceiveFixture service, string study)
    {
        await SendAsync(service, study);
        await ReportAsync(service, study, DeliveryState.Delivered);
        service.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, await Retention(service, age: TimeSpan.Zero).RunAsync(Cancel));
        Assert.Equal(0, Count(service));
    }

    /// <summary>Two instances of each study over one association, each study's with their own number.</summary>
    private static async Task SendAsync(ReceiveFixture service, params string[] studies)
    {
        var association = service.Associate();
        var number = studies.Length == 1 ? 0 : 10;
        foreach (var study in studies)
        {
            Assert.Equal(0, await association.SendAsync(TestInstance.Create(study, number + 1)));
            Assert.Equal(0, await association.SendAsync(TestInstance.Create(study, number + 2)));
        }

        await association.EndAsync();
        await service.Receiver.FlushAsync(Cancel);
    }

    private static async Task ReportAsync(ReceiveFixture service, string study, DeliveryState state)
    {
        var now = service.Time.GetUtcNow();
        var revision = await new RevisionLedger(service.Database).OpenAsync(study, now, Cancel);
        await new FindingLedger(service.Database).SaveAsync(
            new FindingRow { StudyInstanceUid = study, Revision = revision!.Revision, Disposition = "refused", Json = "{}", Created = now },
            [],
            [new DeliveryRow { StudyInstanceUid = study, Revision = revision.Revision, Destination = "PACS", Kind = "sr", State = state, NextAttempt = now, Changed = now }],
            Cancel);
    }

    private static async Task DeliverAsync(ReceiveFixture service, string study)
    {
        var deliveries = new DeliveryLedger(service.Database);
        foreach (var delivery in await deliveries.ListAsync(study, 1))
        {
            await deliveries.MarkDeliveredAsync(delivery.Id, service.Time.GetUtcNow(), Cancel);
        }
    }

    /// <summary>A disk with as much room as a test says.</summary>
    private sealed class Disk
    {
        public const long Minimum = 1_000_000;
        private readonly ManualTimeProvider time = new();
        private long free = long.MaxValue / 2;

        public Disk() => Space = new FreeSpace(Minimum, () => free, time);

        public FreeSpace Space { get; }

        public void Set(long bytes)
        {
            free = bytes;

            // So that it is measured again.
            time.Advance(TimeSpan.FromSeconds(2));
        }
    }
}
