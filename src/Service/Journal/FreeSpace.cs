namespace BrainTumorDicom.Service.Journal;

/// <summary>Whether the disk has room for more. Asked before each store, measured at most once a second; what is written in between is counted.</summary>
/// <param name="minimum">Free bytes below which there is none.</param>
/// <param name="measure">The free bytes of the journal's disk.</param>
/// <param name="time">The clock.</param>
internal sealed class FreeSpace(long minimum, Func<long> measure, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private long measuredAt;
    private bool measured;
    private long free;

    /// <summary>Measures the disk that holds <paramref name="folder"/>.</summary>
    public static FreeSpace Of(string folder, JournalOptions options, TimeProvider time)
    {
        var drive = new DriveInfo(folder);
        return new FreeSpace(options.MinimumFree(drive.TotalSize), () => drive.AvailableFreeSpace, time);
    }

    /// <summary>Free bytes below which there is none.</summary>
    public long Minimum => minimum;

    /// <summary>The free bytes at the last measurement, less what was allowed since.</summary>
    public long Free
    {
        get
        {
            lock (gate)
            {
                return free;
            }
        }
    }

    /// <summary>Whether an instance of so many bytes may be written. Becomes true again by itself when there is room again.</summary>
    public bool IsEnoughFor(long bytes)
    {
        lock (gate)
        {
            if (!measured || time.GetElapsedTime(measuredAt) >= Interval)
            {
                free = measure();
                measuredAt = time.GetTimestamp();
                measured = true;
            }

            if (free - bytes < minimum)
            {
                return false;
            }

            free -= bytes;
            return true;
        }
    }
}
