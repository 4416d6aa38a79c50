using BrainTumorDicom.Classification.Execution;

namespace BrainTumorDicom.Service.Models;

/// <summary>A model in memory, counted by its users: it goes when it is in use no longer and the last study that began with it has ended.</summary>
/// <param name="classifier">The model, run once; owned.</param>
/// <param name="package">Digest of its package in the store; empty for one from elsewhere.</param>
internal sealed class LoadedModel(Classifier classifier, string package)
{
    private int users = 1;

    /// <summary>The model.</summary>
    public Classifier Classifier => classifier;

    /// <summary>Digest of its package in the store; empty for one from elsewhere.</summary>
    public string Package => package;

    /// <summary>Counts one user more.</summary>
    /// <returns><see langword="false"/> when the model is gone.</returns>
    public bool TryAdd()
    {
        for (var seen = Volatile.Read(ref users); seen > 0; seen = Volatile.Read(ref users))
        {
            if (Interlocked.CompareExchange(ref users, seen + 1, seen) == seen)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Counts one user less; the last one ends it.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref users) == 0)
        {
            classifier.Dispose();
        }
    }
}
