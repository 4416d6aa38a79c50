using System.Collections.Concurrent;
using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.UpperLayer;
using BrainTumorDicom.Service.Ledger;

namespace BrainTumorDicom.Service.Tests.Receive;

public sealed class RecoveryTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_ledger_that_was_deleted_is_filled_again()
    {
        await using var before = await ReceiveFixture.StartAsync();
        var association = before.Associate();
        for (var i = 0; i < 12; i++)
        {
            await association.SendAsync(TestInstance.Create("1.2.3", i % 10, content: i / 10));
        }

        await association.EndAsync();
        await before.Receiver.FlushAsync(Cancel);
        var copy = before.CopyJournal();

        await using (var after = await ReceiveFixture.StartAsync(copy))
        {
            Assert.Equal(await before.Instances.ListAsync("1.2.3"), await after.Instances.ListAsync("1.2.3"));
            Assert.Equal(before.Instances.Segments(), after.Instances.Segments());
            after.Time.Advance(TimeSpan.FromSeconds(5));
            Assert.Equal(("1.2.3", 1), await after.Queue.NextAsync());
        }

        Directory.Delete(copy, recursive: true);
    }

    [Fact]
    public async Task A_stop_in_the_middle_of_a_transfer_and_the_rest_after_it_give_one_complete_revision()
    {
        await using var before = await ReceiveFixture.StartAsync();
        var association = before.Associate();
        for (var i = 0; i < 10; i++)
        {
            await association.SendAsync(TestInstance.Create("1.2.3", i));
        }

        var copy = before.CopyJournal();
        await using (var after = await ReceiveFixture.StartAsync(copy))
        {
            after.Time.Advance(TimeSpan.FromSeconds(10));
            var rest = after.Associate();
            for (var i = 5; i < 20; i++)
            {
                Assert.Equal(0, await rest.SendAsync(TestInstance.Create("1.2.3", i)));
            }

            after.Time.Advance(TimeSpan.FromMinutes(1));
            await rest.EndAsync();
            after.Time.Advance(TimeSpan.FromSeconds(5));

            Assert.Equal(("1.2.3", 1), await after.Queue.NextAsync());
            var revision = await new RevisionLedger(after.Database).FindAsync("1.2.3", 1);
            Assert.True(revision!.Complete);
            Assert.Equal(20, (await after.Instances.ListAsync("1.2.3", revision.ThroughInstance)).Count);
            Assert.Equal(0, after.Queue.Count);
        }

        Directory.Delete(copy, recursive: true);
    }

    [Fact]
    public async Task A_stop_in_the_middle_without_the_rest_is_reported_as_incomplete()
    {
        await using var before = await ReceiveFixture.StartAsync();
        await before.Associate().SendAsync(TestInstance.Create("1.2.3", 1));
        var copy = before.CopyJournal();

        await using (var after = await ReceiveFixture.StartAsync(copy))
        {
            after.Time.Advance(TimeSpan.FromSeconds(15));
            Assert.Equal(("1.2.3", 1), await after.Queue.NextAsync());
            Assert.Contains("service stopped", (await new RevisionLedger(after.Database).FindAsync("1.2.3", 1))!.IncompleteReason, StringComparison.Ordinal);
        }

        Directory.Delete(copy, recursive: true);
    }

    [Fact]
    public async Task A_revision_without_a_finding_is_handed_on_again_at_start()
    {
        await using var before = await ReceiveFixture.StartAsync();
        var association = before.Associate();
        await association.SendAsync(TestInstance.Create("1.2.3", 1));
        await association.EndAsync();
        before.Time.Advance(TimeSpan.FromSeconds(5));
        await before.Queue.NextAsync();

        await using var after = await ReceiveFixture.StartAsync(before.Path);

        Assert.Equal(("1.2.3", 1), await after.Queue.NextAsync());
    }

    [Fact]
    public async Task A_torn_end_is_cut_off_and_noted_and_its_sender_may_send_again()
    {
        await using var before = await ReceiveFixture.StartAsync();
        var association = before.Associate();
        await association.SendAsync(TestInstance.Create("1.2.3", 1));
        await association.SendAsync(TestInstance.Create("1.2.3", 2));
        var copy = before.CopyJournal();
        var segment = Path.Combine(copy, "journal", Path.GetFileName(before.Receiver.Folder.PathOf(1)));
        using (var file = File.OpenWrite(segment))
        {
            file.SetLength(file.Length - 30);
        }

        await using (var after = await ReceiveFixture.StartAsync(copy))
        {
            Assert.Equal("1.2.3.1.1", Assert.Single(await after.Instances.ListAsync("1.2.3")).SopInstanceUid);
            Assert.True(File.Exists(Path.Combine(copy, "journal", Assert.Single(await after.Instances.DamagesAsync()).SetAside)));
            Assert.Equal(0, await after.Associate().SendAsync(TestInstance.Create("1.2.3", 2)));
            await after.Receiver.FlushAsync(Cancel);
            Assert.All(await after.Instances.ListAsync("1.2.3"), row => Assert.Equal(0, row.Variant));
        }

        Directory.Delete(copy, recursive: true);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Whatever_was_answered_before_a_stop_is_there_once_after_it(int seed)
    {
        await using var before = await ReceiveFixture.StartAsync();
        var answered = new ConcurrentDictionary<(string Sop, int Content), TestInstance>();
        var senders = Enumerable.Range(0, 8).Select(sender => Task.Run(async () =>
        {
            var random = new Random((seed * 100) + sender);
            for (var round = 0; round < 4; round++)
            {
                var association = before.Associate();
                for (var i = 0; i < 12; i++)
                {
                    var content = random.Next(10) == 0 ? 1 : 0;
                    var instance = TestInstance.Create($"1.2.{random.Next(3)}", random.Next(20), content);
                    Assert.Equal(0, await association.SendAsync(instance));
                    answered.TryAdd((instance.Sop, content), instance);
                }

                await association.EndAsync((AssociationEndKind)random.Next(3));
            }
        })).ToList();

        while (answered.Count < 30)
        {
            await Task.Yield();
        }

        var known = answered.ToArray();
        var copy = before.CopyJournal();
        await Task.WhenAll(senders);
        await before.Receiver.FlushAsync(Cancel);
        await AssertEachOnceAsync(before, answered.ToArray());
        await using (var after = await ReceiveFixture.StartAsync(copy))
        {
            await AssertEachOnceAsync(after, known);
        }

        Directory.Delete(copy, recursive: true);
    }

    private static async Task AssertEachOnceAsync(ReceiveFixture service, KeyValuePair<(string Sop, int Content), TestInstance>[] expected)
    {
        var rows = new List<InstanceRow>();
        for (var study = 0; study < 3; study++)
        {
            rows.AddRange(await service.Instances.ListAsync($"1.2.{study}"));
        }

        var stored = rows.Select(row => (row.SopInstanceUid, Content: Convert.ToHexString(service.Receiver.Store.Read(row).Dataset.GetBytes(DicomTag.PixelData).Span))).ToList();
        Assert.Equal(stored.Count, stored.Distinct().Count());
        Assert.All(expected, instance => Assert.Contains(
            (instance.Key.Sop, Convert.ToHexString(instance.Value.Data.AsSpan()[^400..])), stored));
    }
}
