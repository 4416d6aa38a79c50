using System.Buffers;
using System.Text;
using BrainTumorDicom.Service.Journal;
using BrainTumorDicom.Support;

namespace BrainTumorDicom.Service.Tests.Journal;

public sealed class SegmentTests : IDisposable
{
    private readonly JournalFixture journal = new();

    public void Dispose() => journal.Dispose();

    [Fact]
    public void The_checksum_is_CRC_32C()
    {
        // The check value of the CRC catalogue (CRC-32/ISCSI), whole and in two parts.
        Assert.Equal(0xE3069283u, Crc32C.Of("123456789"u8));
        Assert.Equal(0xE3069283u, default(Crc32C).Append("12345"u8).Append("6789"u8).Value);
        Assert.Equal(0u, default(Crc32C).Value);
    }

    [Fact]
    public void What_was_written_reads_back_the_same()
    {
        var written = journal.Write(100, 0, 300_000);

        var read = journal.Recover(written[0].Segment);

        Assert.All(read, item => Assert.Null(item.Damage));
        Assert.Equal(written, read.Select(item => item.Entry));
        var part10 = journal.Reader.ReadObject(written[2].Segment, written[2].Offset);
        Assert.Equal(JournalFixture.Data(2, 300_000), part10[^300_000..]);
        Assert.Equal("DICM", Encoding.ASCII.GetString(part10.Span.Slice(128, 4)));
    }

    [Fact]
    public async Task A_file_cut_anywhere_gives_exactly_the_whole_records()
    {
        var written = journal.Write(150, 90);
        var segment = written[0].Segment;
        var bytes = await File.ReadAllBytesAsync(journal.Folder.PathOf(segment), TestContext.Current.CancellationToken);
        Assert.Equal(written[1].End, bytes.Length);

        for (var length = 0; length <= bytes.Length; length++)
        {
            var copy = journal.Folder.NextNumber();
            var path = journal.Folder.PathOf(copy);
            File.WriteAllBytes(path, bytes[..length]);

            var read = journal.Recover(copy);

            var whole = written.Where(entry => entry.End <= length).ToList();
            Assert.Equal(whole.Select(entry => entry.Offset), read.Where(item => item.Entry is not null).Select(item => item.Entry!.Offset));
            var end = whole.Count == 0 ? 0 : whole[^1].End;
            Assert.Equal(end, new FileInfo(path).Length);
            if (length > end)
            {
                var damage = Assert.Single(read, item => item.Damage is not null).Damage!;
                Assert.True(damage.AtEnd);
                Assert.Equal(bytes[(int)end..length], File.ReadAllBytes(Path.Combine(journal.Folder.FullPath, JournalFolder.SetAsideName(copy, end))));
            }

            File.Delete(path);
        }
    }

    [Fact]
    public async Task A_bit_flipped_anywhere_in_a_record_in_the_middle_loses_that_record_alone()
    {
        var written = journal.Write(120, 80, 70);
        var segment = written[0].Segment;
        var bytes = await File.ReadAllBytesAsync(journal.Folder.PathOf(segment), TestContext.Current.CancellationToken);

        for (var at = written[1].Offset; at < written[1].Offset + written[1].Lengths.Record; at++)
        {
            var copy = journal.Folder.NextNumber();
            var damaged = (byte[])bytes.Clone();
            damaged[at] ^= 0x10;
            File.WriteAllBytes(journal.Folder.PathOf(copy), damaged);

            var read = journal.Recover(copy);

            Assert.Equal([written[0].Offset, written[2].Offset], read.Where(item => item.Entry is not null).Select(item => item.Entry!.Offset));
            var damage = Assert.Single(read, item => item.Damage is not null).Damage!;
            Assert.Equal((written[1].Offset, written[1].End - written[1].Offset, false), (damage.Offset, damage.Length, damage.AtEnd));
            Assert.Equal(bytes.Length, new FileInfo(journal.Folder.PathOf(copy)).Length);
            Assert.Throws<InvalidDataException>(() => journal.Reader.ReadObject(copy, written[1].Offset));
            File.Delete(journal.Folder.PathOf(copy));
        }
    }

    [Fact]
    public async Task A_data_set_that_contains_the_magic_is_no_second_record()
    {
        using var writer = journal.Writer();
        var data = Enumerable.Repeat(RecordFormat.Magic.ToArray(), 40).SelectMany(bytes => bytes).ToArray();

        var entry = writer.Append(JournalFixture.Header(1), new ReadOnlySequence<byte>(data), Crc32C.Of(data));
        await using (var file = new FileStream(journal.Folder.PathOf(entry.Segment), FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            file.Position = entry.Offset + 10;
            file.WriteByte(0xFF);
        }

        var item = Assert.Single(journal.Recover(entry.Segment));
        Assert.Equal((0, entry.End), (item.Damage!.Offset, item.Damage.Length));
    }

    [Fact]
    public void A_failed_flush_is_an_error_and_the_next_append_begins_another_segment()
    {
        var fail = true;
        using var writer = journal.Writer(file =>
        {
            if (fail)
            {
                throw new IOException("no space");
            }

            DurableFile.Flush(file);
        });
        var data = JournalFixture.Data(1, 1000);

        Assert.Throws<IOException>(() => Append(writer, data));
        fail = false;
        var entry = Append(writer, data);

        Assert.Equal(2, entry.Segment);
        Assert.Empty(journal.Recover(1));
        Assert.Single(journal.Recover(2));
    }

    [Fact]
    public async Task A_full_disk_leaves_no_part_of_the_record_and_recovers()
    {
        var mount = Directory.CreateDirectory(Path.Combine(journal.Path, "small")).FullName;
        var mounted = OperatingSystem.IsLinux()
            && (await PeerTools.RunAsync("mount", ["-t", "tmpfs", "-o", "size=1m", "tmpfs", mount], TestContext.Current.CancellationToken)).ExitCode == 0;
        Assert.SkipUnless(mounted, "a file system of 1 MiB cannot be mounted here");
        try
        {
            var small = new JournalFolder(mount);
            using var writer = new SegmentWriter(small, null, DurableFile.Flush, long.MaxValue, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);
            var data = JournalFixture.Data(1, 700_000);
            var first = Append(writer, data);

            Assert.Throws<IOException>(() => Append(writer, data));

            Assert.Equal(first.End, new FileInfo(small.PathOf(first.Segment)).Length);
            var next = Append(writer, JournalFixture.Data(2, 1000));
            Assert.Equal((first.Segment, first.End), (next.Segment, next.Offset));
        }
        finally
        {
            await PeerTools.RunAsync("umount", ["-l", mount], CancellationToken.None);
        }
    }

    [Fact]
    public void A_full_segment_is_followed_by_another()
    {
        using var writer = journal.Writer(maximumBytes: 500);
        var data = JournalFixture.Data(1, 600);

        var first = Append(writer, data);
        var second = Append(writer, data);

        Assert.Equal((1, 2), (first.Segment, second.Segment));
        Assert.Equal(SegmentOutcome.Continued, journal.Recover(1)[^1].Entry!.Header.Outcome);
    }

    [Fact]
    public async Task Eight_writers_at_once_lose_nothing()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(index => Task.Run(() =>
        {
            using var writer = journal.Writer();
            for (var i = 0; i < 20; i++)
            {
                var data = JournalFixture.Data(i, 5000);
                writer.Append(JournalFixture.Header((index * 100) + i), new ReadOnlySequence<byte>(data), Crc32C.Of(data));
            }
        })));

        var read = journal.Folder.Segments().SelectMany(segment => journal.Recover(segment)).ToList();
        Assert.Equal(160, read.Select(item => item.Entry!.Header.SopInstanceUid).Distinct().Count());
    }

    [Fact]
    public void Records_begin_on_blocks_and_any_length_reads_back_the_same()
    {
        int[] lengths = [1, SegmentFile.BlockLength - 300, SegmentFile.BlockLength, (1 << 20) - 200, 1 << 20, (3 << 20) + 17];

        var written = journal.Write(lengths);

        Assert.All(written, entry => Assert.Equal(0, entry.Offset % SegmentFile.BlockLength));
        for (var i = 0; i < lengths.Length; i++)
        {
            Assert.Equal(JournalFixture.Data(i, lengths[i]), journal.Reader.ReadObject(written[i].Segment, written[i].Offset)[^lengths[i]..]);
        }
    }

    [Fact]
    public void A_stored_data_set_is_compared_byte_for_byte()
    {
        var entry = journal.Write(200_000)[0];
        var same = JournalFixture.Data(0, 200_000);
        var other = (byte[])same.Clone();
        other[^1] ^= 1;

        bool Holds(byte[] data, string syntax) => journal.Reader.Holds(entry.Segment, entry.Offset, syntax, JournalFixture.Split(data));

        Assert.True(Holds(same, "1.2.840.10008.1.2.1"));
        Assert.False(Holds(other, "1.2.840.10008.1.2.1"));
        Assert.False(Holds(same[..^1], "1.2.840.10008.1.2.1"));
        Assert.False(Holds(same, "1.2.840.10008.1.2"));
    }

    private static JournalEntry Append(SegmentWriter writer, byte[] data) =>
        writer.Append(JournalFixture.Header(1), new ReadOnlySequence<byte>(data), Crc32C.Of(data));
}
