using Microsoft.Win32.SafeHandles;

namespace BrainTumorDicom.Service.Journal;

/// <summary>
/// One flusher for all segments. Who comes while nothing is being flushed does it at once on its own thread, so that a single
/// association pays no hand-over. Who comes meanwhile waits, and all who wait are flushed as one group: the file system commits
/// its own journal once for them.
/// </summary>
/// <param name="flush">Makes the data of a file durable; <see cref="DurableFile.Flush"/> but for tests.</param>
internal sealed class GroupCommit(Action<SafeFileHandle> flush)
{
    private readonly Lock gate = new();
    private List<Waiter> waiting = [];
    private List<Waiter> group = [];
    private bool flushing;

    /// <summary>Completes when everything written to <paramref name="file"/> before the call is durable.</summary>
    /// <exception cref="IOException">It is not.</exception>
    public ValueTask FlushAsync(SafeFileHandle file)
    {
        lock (gate)
        {
            if (flushing)
            {
                var waiter = new Waiter(file, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
                waiting.Add(waiter);
                return new ValueTask(waiter.Done.Task);
            }

            flushing = true;
        }

        try
        {
            flush(file);
            return ValueTask.CompletedTask;
        }
        catch (IOException exception)
        {
            return ValueTask.FromException(exception);
        }
        finally
        {
            HandOver();
        }
    }

    /// <summary>The one who flushed for itself does not make its sender wait for others: they get a thread of the pool.</summary>
    private void HandOver()
    {
        lock (gate)
        {
            if (waiting.Count == 0)
            {
                flushing = false;
                return;
            }
        }

        ThreadPool.UnsafeQueueUserWorkItem(static self => self.FlushGroups(), this, preferLocal: false);
    }

    private void FlushGroups()
    {
        while (true)
        {
            lock (gate)
            {
                if (waiting.Count == 0)
                {
                    flushing = false;
                    return;
                }

                (group, waiting) = (waiting, group);
            }

            foreach (var waiter in group)
            {
                FlushOne(waiter);
            }

            group.Clear();
        }
    }

    private void FlushOne(Waiter waiter)
    {
        try
        {
            flush(waiter.File);
            waiter.Done.SetResult();
        }
        catch (IOException exception)
        {
            waiter.Done.SetException(exception);
        }
    }

    private readonly record struct Waiter(SafeFileHandle File, TaskCompletionSource Done);
}
