namespace BrainTumorDicom.Dicom.Dimse;

/// <summary>What all data sets under way may take together, in bytes.</summary>
internal sealed class MemoryBudget(long limit)
{
    private long used;

    internal bool TryTake(long bytes)
    {
        if (Interlocked.Add(ref used, bytes) <= limit)
        {
            return true;
        }

        Interlocked.Add(ref used, -bytes);
        return false;
    }

    internal void GiveBack(long bytes) => Interlocked.Add(ref used, -bytes);
}
