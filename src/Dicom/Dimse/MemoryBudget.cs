namespace BrainTumorDicom.Dicom.Dimse;

/// <summary>What data sets under way may take together, in bytes.</summary>
/// <param name="limit">Most bytes.</param>
/// <param name="whole">The budget that this is a part of: what is taken here is taken there too.</param>
public sealed class MemoryBudget(long limit, MemoryBudget? whole = null)
{
    private long used;

    /// <summary>Takes so many bytes, unless that passes the limit.</summary>
    public bool TryTake(long bytes)
    {
        if (Interlocked.Add(ref used, bytes) <= limit && whole?.TryTake(bytes) != false)
        {
            return true;
        }

        Interlocked.Add(ref used, -bytes);
        return false;
    }

    /// <summary>Gives back what was taken.</summary>
    public void GiveBack(long bytes)
    {
        Interlocked.Add(ref used, -bytes);
        whole?.GiveBack(bytes);
    }
}
