using BrainTumorDicom.Service.Export;
using BrainTumorDicom.Service.Tests.Receive;

namespace BrainTumorDicom.Service.Tests.Export;

public sealed class InstanceExportTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Everything_is_written_as_it_came_while_the_service_runs(bool fromJournal)
    {
        await using var service = await ReceiveFixture.StartAsync();
        var first = await SendAsync(service);
        var folder = Path.Combine(service.Path, "out");

        var items = Run(service, folder, fromJournal);

        Assert.All(items, item => Assert.Equal(ExportState.Written, item.State));
        Assert.Equal(
            ["1.2.3/1.2.3.1/1.2.3.1.1.dcm", "1.2.3/1.2.3.1/1.2.3.1.1.variant1.dcm", "1.2.3/1.2.3.1/1.2.3.1.2.dcm", "1.2.4/1.2.4.1/1.2.4.1.1.dcm"],
            Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/')).Order(StringComparer.Ordinal));
        Assert.True((await File.ReadAllBytesAsync(Path.Combine(folder, "1.2.3", "1.2.3.1", "1.2.3.1.1.dcm"), Cancel)).AsSpan().EndsWith(first.Data));
    }

    [Fact]
    public async Task A_study_a_series_or_a_time_can_be_asked_for()
    {
        await using var service = await ReceiveFixture.StartAsync();
        await SendAsync(service);
        var all = new ExportOptions { DataFolder = service.Path, OutputFolder = Path.Combine(service.Path, "out") };

        Assert.Single(new InstanceExport(all with { StudyInstanceUid = "1.2.4" }).Run().ToList());
        Assert.Equal(3, new InstanceExport(all with { SeriesInstanceUid = "1.2.3.1" }).Run().Count());
        Assert.Empty(new InstanceExport(all with { Since = service.Time.GetUtcNow().AddSeconds(1) }).Run());
        Assert.Equal(4, new InstanceExport(all with { Since = service.Time.GetUtcNow(), FromJournal = true }).Run().Count());
    }

    [Fact]
    public async Task A_file_that_is_there_is_left_alone_and_another_content_is_told()
    {
        await using var service = await ReceiveFixture.StartAsync();
        await SendAsync(service);
        var folder = Path.Combine(service.Path, "out");
        var written = Run(service, folder);
        await File.WriteAllTextAsync(written[0].File, "mine", Cancel);

        var again = Run(service, folder);

        Assert.Equal([ExportState.Conflict, ExportState.Present, ExportState.Present, ExportState.Present], again.Select(item => item.State));
        Assert.Equal("mine", await File.ReadAllTextAsync(written[0].File, Cancel));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_damaged_record_is_told_and_the_rest_is_written(bool fromJournal)
    {
        await using var service = await ReceiveFixture.StartAsync();
        await SendAsync(service);
        var row = (await service.Instances.ListAsync("1.2.3"))[0];
        using (var file = File.OpenHandle(service.Receiver.Folder.PathOf(row.Segment), FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            RandomAccess.Write(file, "damage"u8, row.Offset + row.Length - 100);
        }

        var items = Run(service, Path.Combine(service.Path, "out"), fromJournal);

        Assert.Equal([ExportState.Damaged, ExportState.Written, ExportState.Written, ExportState.Written], items.Select(item => item.State));
        Assert.Contains("checksum", items[0].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_ledger_the_journal_is_enough()
    {
        await using var service = await ReceiveFixture.StartAsync();
        await SendAsync(service);
        var copy = service.CopyJournal();

        var export = new InstanceExport(new ExportOptions { DataFolder = copy, OutputFolder = Path.Combine(copy, "out") });

        Assert.False(export.UsesLedger);
        Assert.Equal(4, export.Run().Count(item => item.State == ExportState.Written));
        Directory.Delete(copy, recursive: true);
    }

    private static List<ExportItem> Run(ReceiveFixture service, string folder, bool fromJournal = false) =>
        new InstanceExport(new ExportOptions { DataFolder = service.Path, OutputFolder = folder, FromJournal = fromJournal }).Run().ToList();

    private static async Task<TestInstance> SendAsync(ReceiveFixture service)
    {
        var association = service.Associate();
        var first = TestInstance.Create("1.2.3", 1);
        foreach (var instance in new[] { first, TestInstance.Create("1.2.3", 2), TestInstance.Create("1.2.3", 1, content: 7), TestInstance.Create("1.2.4", 1) })
        {
            Assert.Equal(0, await association.SendAsync(instance));
        }

        await service.Receiver.FlushAsync(Cancel);
        return first;
    }
}
