namespace BrainTumorDicom.Dicom.Dimse;

/// <summary>What all data sets under way may take together, in bytes.</summary>
public sealed class MemoryBudget(long limit)
{
    private long used;

    /// <summary>Takes so many bytes, unless that passes the limit.</summary>
    public bool TryTake(long bytes)
    {
        if (Interlocked.Add(ref used, bytes) <= limit)
        {
            return true;
        }

        Interlocked.Add(ref used, -bytes);
        return false;
    }

    /// <summary>Gives back what was taken.</summary>
    public void GiveBack(long bytes) => Interlocked.Add(ref used, -bytes);
}
