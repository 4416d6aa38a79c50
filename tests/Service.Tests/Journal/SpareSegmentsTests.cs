using System.Buffers;
using BrainTumorDicom.Service.Journal;
using Microsoft.Extensions.Logging.Abstractions;

namespace BrainTumorDicom.Service.Tests.Journal;

public sealed class SpareSegmentsTests : IDisposable
{
    private readonly JournalFixture journal = new();

    public void Dispose() => journal.Dispose();

    [Fact]
    public async Task Spares_are_made_up_to_the_number_wanted_and_are_zeros()
    {
        await using var spares = await SparesAsync(3);

        var files = Directory.GetFiles(journal.Folder.FullPath);
        Assert.Equal(3, files.Length);
        Assert.All(files, file => Assert.False(File.ReadAllBytes(file).AsSpan().ContainsAnyExcept((byte)0)));
        Assert.All(files, file => Assert.Equal(SpareSegments.Length, new FileInfo(file).Length));
        Assert.Empty(journal.Folder.Segments());
    }

    [Fact]
    public async Task A_segment_written_over_a_spare_reads_back_and_ends_where_it_was_ended()
    {
        await using var spares = await SparesAsync(1);
        using var writer = journal.Writer(spares: spares);

        var first = Append(writer, 1, 5000);
        var stopped = journal.Recovered(first.Segment);
        var second = Append(writer, 2, 3000);
        var end = writer.End(JournalFixture.Header(2), SegmentOutcome.Released)!;

        Assert.Equal(first, Assert.Single(stopped).Entry);
        Assert.Equal([first, second, end], journal.Recover(first.Segment).Select(item => item.Entry));
        Assert.Equal(end.End, new FileInfo(journal.Folder.PathOf(first.Segment)).Length);
    }

    [Fact]
    public async Task A_full_spare_is_followed_by_the_next_and_without_one_the_file_grows()
    {
        await using var spares = await SparesAsync(2);
        using var writer = journal.Writer(spares: spares);

        var entries = Enumerable.Range(0, 6).Select(number => Append(writer, number, 3 << 20)).ToList();

        Assert.Equal([1L, 1, 2, 2, 2, 2], entries.Select(entry => entry.Segment));
        Assert.Equal(SegmentOutcome.Continued, journal.Recover(1)[^1].Entry!.Header.Outcome);
        Assert.Equal(entries[2..], journal.Recover(2).Select(item => item.Entry));
    }

    [Fact]
    public async Task A_record_torn_within_a_spare_is_set_aside_and_cut_off()
    {
        await using var spares = await SparesAsync(1);
        JournalEntry whole;
        JournalEntry torn;
        using (var writer = journal.Writer(spares: spares))
        {
            whole = Append(writer, 1, 5000);
            torn = Append(writer, 2, 9000);
        }

        using (var file = File.OpenHandle(journal.Folder.PathOf(1), FileMode.Open, FileAccess.Write))
        {
            RandomAccess.Write(file, new byte[SegmentFile.BlockLength], torn.Offset + SegmentFile.BlockLength);
        }

        var read = journal.Recover(1);

        Assert.Equal(whole, read[0].Entry);
        Assert.Equal((torn.Offset, true), (read[1].Damage!.Offset, read[1].Damage!.AtEnd));
        Assert.Equal(whole.End, new FileInfo(journal.Folder.PathOf(1)).Length);
    }

    [Fact]
    public async Task A_start_takes_the_spares_that_an_earlier_run_left_and_removes_what_is_not_whole()
    {
        await using (await SparesAsync(2))
        {
            File.WriteAllBytes(Path.Combine(journal.Folder.FullPath, "0000000009.spare"), [0]);
            File.WriteAllBytes(Path.Combine(journal.Folder.FullPath, "0000000010.zeros"), [0]);
        }

        await using var again = new SpareSegments(journal.Folder, 2, Room(long.MaxValue), NullLogger.Instance);

        Assert.Equal(2, again.Count);
        Assert.Equal(2, Directory.GetFiles(journal.Folder.FullPath).Length);
    }

    [Fact]
    public async Task A_disk_short_of_room_gets_none()
    {
        await using (new SpareSegments(journal.Folder, 3, Room(10L * SpareSegments.Length), NullLogger.Instance))
        {
            // What began is ended by disposing.
        }

        Assert.Empty(Directory.GetFiles(journal.Folder.FullPath));
    }

    private static FreeSpace Room(long free) => new(0, () => free, TimeProvider.System);

    private async Task<SpareSegments> SparesAsync(int count)
    {
        var spares = new SpareSegments(journal.Folder, count, Room(long.MaxValue), NullLogger.Instance);
        while (spares.Count < count)
        {
            await Task.Yield();
        }

        // Those that are taken are not made again under the test.
        spares.Enter();
        return spares;
    }

    private static JournalEntry Append(SegmentWriter writer, int number, int length)
    {
        var data = JournalFixture.Data(number, length);
        return writer.Append(JournalFixture.Header(number), new ReadOnlySequence<byte>(data), Crc32C.Of(data));
    }
}
