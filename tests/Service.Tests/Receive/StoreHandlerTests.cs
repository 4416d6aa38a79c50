using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.Files;
using BrainTumorDicom.Service.Journal;
using BrainTumorDicom.Service.Ledger;
using BrainTumorDicom.Service.Receive;

namespace BrainTumorDicom.Service.Tests.Receive;

public sealed class StoreHandlerTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_stored_instance_reads_back_as_it_was_sent()
    {
        await using var service = await ReceiveFixture.StartAsync();
        var instance = TestInstance.Create("1.2.3", 1);
        var association = service.Associate();

        Assert.Equal(0, await association.SendAsync(instance));
        await association.EndAsync();
        await service.Receiver.FlushAsync(Cancel);

        var row = Assert.Single(await service.Instances.ListAsync("1.2.3"));
        var file = service.Receiver.Store.Read(row);
        Assert.Equal(instance.Sop, file.Dataset.GetString(DicomTag.SOPInstanceUID));
        Assert.Equal(instance.Data, TestInstance.Encode(file.Dataset, DicomTransferSyntax.ExplicitVrLittleEndian));
        Assert.Equal("SENDER", file.MetaInformation.GetString(DicomTag.SourceApplicationEntityTitle));
        Assert.Equal((int)SegmentOutcome.Released, Assert.Single(service.Instances.Segments()).Outcome);
    }

    [Fact]
    public async Task The_same_instance_twice_is_stored_once_and_answered_with_success()
    {
        await using var service = await ReceiveFixture.StartAsync();
        var instance = TestInstance.Create("1.2.3", 1);

        Assert.Equal(0, await service.Associate().SendAsync(instance));
        Assert.Equal(0, await service.Associate().SendAsync(instance));
        await service.Receiver.FlushAsync(Cancel);

        Assert.Equal(1, service.Instances.Count());
        Assert.Single(service.Receiver.Folder.Segments());
    }

    [Fact]
    public async Task Other_bytes_under_the_same_UID_are_kept_apart()
    {
        await using var service = await ReceiveFixture.StartAsync();
        var association = service.Associate();

        Assert.Equal(0, await association.SendAsync(TestInstance.Create("1.2.3", 1)));
        Assert.Equal(0, await association.SendAsync(TestInstance.Create("1.2.3", 1, content: 7)));
        Assert.Equal(0, await association.SendAsync(TestInstance.Create("1.2.3", 1, content: 7)));
        Assert.Equal(0, await association.SendAsync(TestInstance.Create("1.2.3", 1)));
        await service.Receiver.FlushAsync(Cancel);

        var rows = await service.Instances.ListAsync("1.2.3");
        Assert.Equal([0, 1], rows.Select(row => row.Variant));
        Assert.Equal(0, Assert.Single(InstanceStore.FirstContents(rows)).Variant);
        var revision = await new RevisionLedger(service.Database).OpenAsync("1.2.3", service.Time.GetUtcNow(), Cancel);
        Assert.Contains("differing content", revision!.IncompleteReason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_duplicate_is_known_after_a_restart()
    {
        await using var before = await ReceiveFixture.StartAsync();
        var instance = TestInstance.Create("1.2.3", 1);
        await before.Associate().SendAsync(instance);
        await before.Receiver.FlushAsync(Cancel);

        await using var after = await ReceiveFixture.StartAsync(before.Path);
        Assert.Equal(0, await after.Associate().SendAsync(instance));
        Assert.Equal(0, await after.Associate().SendAsync(TestInstance.Create("1.2.3", 1, content: 3)));
        await after.Receiver.FlushAsync(Cancel);

        Assert.Equal([0, 1], (await after.Instances.ListAsync("1.2.3")).Select(row => row.Variant));
    }

    [Fact]
    public async Task UIDs_that_differ_from_the_command_are_answered_A900()
    {
        await using var service = await ReceiveFixture.StartAsync();
        var association = service.Associate();
        var instance = TestInstance.Create("1.2.3", 1);

        Assert.Equal(0xA900, (await association.StoreAsync(instance, sopInstance: "9.9")).Status.Code);
        Assert.Equal(0xA900, (await association.StoreAsync(instance, sopClass: "1.2.840.10008.5.1.4.1.1.2")).Status.Code);
        Assert.Empty(service.Receiver.Folder.Segments());
        Assert.Equal(0, await association.SendAsync(instance));
    }

    [Theory]
    [InlineData("study")]
    [InlineData("series")]
    [InlineData("path")]
    [InlineData("length")]
    [InlineData("garbage")]
    [InlineData("empty")]
    [InlineData("syntax")]
    public async Task What_cannot_be_understood_is_answered_C000_with_a_comment(string fault)
    {
        await using var service = await ReceiveFixture.StartAsync();
        var dataset = TestInstance.Dataset("1.2.3", "1.2.3.1", "1.2.3.1.1", 1, 0);
        switch (fault)
        {
            case "study": dataset.Remove(DicomTag.StudyInstanceUID); break;
            case "series": dataset.Remove(DicomTag.SeriesInstanceUID); break;
            case "path": dataset.SetBytes(DicomTag.StudyInstanceUID, DicomVr.UI, "../../etc "u8.ToArray()); break;
        }

        var data = TestInstance.Encode(dataset, DicomTransferSyntax.ExplicitVrLittleEndian);
        data = fault switch
        {
            "length" => data[..^1],
            "garbage" => Enumerable.Range(0, 300).Select(i => (byte)(i * 7)).ToArray(),
            "empty" => [],
            _ => data,
        };

        var response = await service.Associate().StoreAsync(
            new TestInstance("1.2.3", "1.2.3.1", "1.2.3.1.1", data), syntax: fault == "syntax" ? "1.2.3" : TestInstance.ExplicitLittle);

        Assert.Equal(0xC000, response.Status.Code);
        Assert.InRange(response.ErrorComment!.Length, 5, 64);
        Assert.Empty(service.Receiver.Folder.Segments());
    }

    [Fact]
    public async Task A_full_disk_is_answered_A700_until_there_is_room_again()
    {
        var free = 100L;
        var time = new ManualTimeProvider();
        await using var service = await ReceiveFixture.StartAsync(space: new FreeSpace(1000, () => free, time));
        var association = service.Associate();
        var instance = TestInstance.Create("1.2.3", 1);

        Assert.Equal(0xA700, await association.SendAsync(instance));
        free = 5000;
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(0, await association.SendAsync(instance));
    }

    [Fact]
    public async Task A_record_that_was_damaged_since_is_kept_anew_when_it_comes_again()
    {
        await using var service = await ReceiveFixture.StartAsync();
        var instance = TestInstance.Create("1.2.3", 1);
        await service.Associate().SendAsync(instance);
        await service.Receiver.FlushAsync(Cancel);
        var stored = Assert.Single(await service.Instances.ListAsync("1.2.3"));
        await using (var file = new FileStream(service.Receiver.Folder.PathOf(1), FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            file.Position = stored.Offset + stored.Length - 100;
            file.Write(new byte[50]);
        }

        Assert.Equal(0, await service.Associate().SendAsync(instance));
        await service.Receiver.FlushAsync(Cancel);

        var rows = await service.Instances.ListAsync("1.2.3");
        Assert.Throws<InvalidDataException>(() => service.Receiver.Store.Read(rows[0]));
        Assert.Equal(instance.Sop, service.Receiver.Store.Read(rows[1]).Dataset.GetString(DicomTag.SOPInstanceUID));
    }

    [Fact]
    public async Task Eight_associations_with_the_same_instances_store_each_once()
    {
        await using var service = await ReceiveFixture.StartAsync();
        var instances = Enumerable.Range(1, 30).Select(number => TestInstance.Create("1.2.3", number)).ToList();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(sender => Task.Run(async () =>
        {
            var association = service.Associate();
            foreach (var instance in sender % 2 == 0 ? instances : instances.AsEnumerable().Reverse())
            {
                Assert.Equal(0, await association.SendAsync(instance));
            }

            await association.EndAsync();
        })));
        await service.Receiver.FlushAsync(Cancel);

        var rows = await service.Instances.ListAsync("1.2.3");
        Assert.Equal(30, rows.Count);
        Assert.All(rows, row => Assert.Equal(0, row.Variant));
    }
}
