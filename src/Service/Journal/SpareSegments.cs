using System.Globalization;
using Microsoft.Extensions.Logging;

namespace BrainTumorDicom.Service.Journal;

/// <summary>
/// Files of zeros beside the segments, which become segments by a new name. A record that is written over zeros changes nothing
/// but data, so its flush waits for the disk alone; one that lengthens a file waits for the file system's journal too, which takes
/// about as long again. They cost the disk as much as instances do, so they are made while nothing is received, or slowly.
/// </summary>
internal sealed class SpareSegments : IAsyncDisposable
{
    /// <summary>Length of a spare in bytes: about 60 slices of 256 x 256.</summary>
    public const int Length = 8 << 20;

    private const string Extension = ".spare";
    private const string Unfinished = ".zeros";
    private const int ChunkLength = 1 << 20;

    // Of the free bytes of the disk; receiving must not be refused for what is only kept ready.
    private const int MostOfFree = 50;

    // Between two while instances come in: a few percent of what a disk does.
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private readonly Queue<string> spares = [];
    private readonly SemaphoreSlim wake = new(0);
    private readonly CancellationTokenSource stop = new();
    private readonly TaskCompletionSource filled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly JournalFolder folder;
    private readonly FreeSpace space;
    private readonly ILogger logger;
    private readonly int wanted;
    private readonly Task loop;
    private int users;
    private long lastNumber;

    /// <summary>Takes what an earlier run left, and begins to make what is missing.</summary>
    /// <param name="folder">The segments.</param>
    /// <param name="wanted">How many to keep ready; 0 for none.</param>
    /// <param name="space">The disk.</param>
    /// <param name="logger">For a disk that fails.</param>
    public SpareSegments(JournalFolder folder, int wanted, FreeSpace space, ILogger logger)
    {
        this.folder = folder;
        this.wanted = wanted;
        this.space = space;
        this.logger = logger;
        foreach (var path in Directory.EnumerateFiles(folder.FullPath, "*" + Unfinished))
        {
            File.Delete(path);
        }

        foreach (var path in Directory.EnumerateFiles(folder.FullPath, "*" + Extension).Order(StringComparer.Ordinal))
        {
            Keep(path);
        }

        loop = wanted == 0 ? Task.CompletedTask : Task.Run(FillAsync);
        if (wanted == 0)
        {
            filled.SetResult();
        }

        wake.Release();
    }

    /// <summary>How many are ready.</summary>
    public int Count
    {
        get
        {
            lock (gate)
            {
                return spares.Count;
            }
        }
    }

    /// <summary>Waits until all that are wanted, and the disk has room for, were made, but not longer than <paramref name="longest"/>.</summary>
    public async Task WaitAsync(TimeSpan longest, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            await filled.Task.WaitAsync(longest, time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // A slow disk: what is missing is made beside receiving.
        }
    }

    /// <summary>A segment is begun: spares are made slowly until <see cref="Leave"/>.</summary>
    public void Enter()
    {
        lock (gate)
        {
            users++;
        }
    }

    /// <summary>Undoes <see cref="Enter"/>.</summary>
    public void Leave()
    {
        lock (gate)
        {
            users--;
        }

        wake.Release();
    }

    /// <summary>Gives one spare the name of a segment.</summary>
    /// <returns><see langword="false"/> when there is none.</returns>
    public bool TryTake(string segment)
    {
        lock (gate)
        {
            if (!spares.TryDequeue(out var spare))
            {
                return false;
            }

            try
            {
                File.Move(spare, segment);
                return true;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                logger.SpareFailed(exception);
                return false;
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync().ConfigureAwait(false);
        await loop.ConfigureAwait(false);
        stop.Dispose();
    }

    /// <summary>A spare that an earlier run left: its name carries the highest number, and one that is not whole goes.</summary>
    private void Keep(string path)
    {
        if (new FileInfo(path).Length != Length || spares.Count >= wanted)
        {
            File.Delete(path);
            return;
        }

        spares.Enqueue(path);
        _ = long.TryParse(Path.GetFileNameWithoutExtension(path), NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        lastNumber = Math.Max(lastNumber, number);
    }

    private async Task FillAsync()
    {
        try
        {
            while (true)
            {
                await wake.WaitAsync(stop.Token).ConfigureAwait(false);
                while (IsWanted(out var isReceiving))
                {
                    if (isReceiving)
                    {
                        await Task.Delay(Pace, stop.Token).ConfigureAwait(false);
                    }

                    Make();
                }

                filled.TrySetResult();
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // What is ready stays for the next start.
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Receiving goes on without; the next start tries again.
            logger.SpareFailed(exception);
        }
        finally
        {
            filled.TrySetResult();
        }
    }

    private bool IsWanted(out bool isReceiving)
    {
        stop.Token.ThrowIfCancellationRequested();
        _ = space.IsEnoughFor(0);
        lock (gate)
        {
            isReceiving = users > 0;
            return spares.Count < wanted && space.Free - space.Minimum > (long)MostOfFree * Length;
        }
    }

    private void Make()
    {
        var path = Path.Combine(folder.FullPath, (++lastNumber).ToString("D10", CultureInfo.InvariantCulture));
        using (var file = File.OpenHandle(path + Unfinished, FileMode.Create, FileAccess.Write))
        {
            var zeros = new byte[ChunkLength];
            for (var offset = 0; offset < Length; offset += ChunkLength)
            {
                RandomAccess.Write(file, zeros, offset);
            }

            DurableFile.Flush(file);
        }

        File.Move(path + Unfinished, path + Extension);
        lock (gate)
        {
            spares.Enqueue(path + Extension);
        }
    }
}
