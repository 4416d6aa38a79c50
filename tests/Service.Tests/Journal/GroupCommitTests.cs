using System.Buffers;
using System.Collections.Concurrent;
using BrainTumorDicom.Service.Journal;
using Microsoft.Win32.SafeHandles;

namespace BrainTumorDicom.Service.Tests.Journal;

public sealed class GroupCommitTests : IDisposable
{
    private readonly JournalFixture journal = new();

    public void Dispose() => journal.Dispose();

    [Fact]
    public async Task Nobody_is_answered_before_their_file_was_flushed()
    {
        using var gate = new SemaphoreSlim(0);
        var flushed = new ConcurrentQueue<SafeFileHandle>();
        var commit = new GroupCommit(file =>
        {
            gate.Wait(TestContext.Current.CancellationToken);
            flushed.Enqueue(file);
        });
        var writers = Enumerable.Range(0, 4).Select(_ => journal.Writer(commit)).ToList();

        var appends = writers.Select(writer => Task.Run(() => AppendAsync(writer, 1))).ToList();
        for (var released = 1; released <= 4; released++)
        {
            Assert.Equal(released - 1, appends.Count(append => append.IsCompleted));
            gate.Release();
            await Task.WhenAny(appends.Where(append => !append.IsCompleted));
            Assert.True(appends.Count(append => append.IsCompleted) <= flushed.Count);
        }

        await Task.WhenAll(appends);
        Assert.Equal(4, flushed.Distinct().Count());
        writers.ForEach(writer => writer.Dispose());
    }

    [Fact]
    public async Task A_flush_that_fails_fails_the_one_concerned_alone()
    {
        using var gate = new SemaphoreSlim(0);
        var count = 0;
        var commit = new GroupCommit(_ =>
        {
            gate.Wait(TestContext.Current.CancellationToken);
            if (Interlocked.Increment(ref count) == 2)
            {
                throw new IOException("no");
            }
        });
        using var file = File.OpenHandle(Path.Combine(journal.Path, "x"), FileMode.Create, FileAccess.Write);

        var flushes = Enumerable.Range(0, 6).Select(_ => Task.Run(async () => await commit.FlushAsync(file))).ToList();
        gate.Release(6);
        await Task.WhenAll(flushes.Select(flush => flush.ContinueWith(_ => { }, TaskScheduler.Default)));

        Assert.Equal(1, flushes.Count(flush => flush.IsFaulted));
        Assert.Equal(6, count);
    }

    [Fact]
    public async Task Eight_writers_at_once_lose_nothing()
    {
        var commit = new GroupCommit(DurableFile.Flush);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(index => Task.Run(async () =>
        {
            using var writer = journal.Writer(commit);
            for (var i = 0; i < 20; i++)
            {
                await AppendAsync(writer, (index * 100) + i);
            }
        })));

        var read = journal.Folder.Segments().SelectMany(segment => journal.Recover(segment)).ToList();
        Assert.Equal(160, read.Select(item => item.Entry!.Header.SopInstanceUid).Distinct().Count());
    }

    private static async Task AppendAsync(SegmentWriter writer, int number)
    {
        var data = JournalFixture.Data(number, 5000);
        await writer.AppendAsync(JournalFixture.Header(number), new ReadOnlySequence<byte>(data), Crc32C.Of(data));
    }
}
