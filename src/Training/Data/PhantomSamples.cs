namespace BrainTumorDicom.Training.Data;

/// <summary>Slices of synthetic heads, labelled by where their mass is.</summary>
internal sealed class PhantomSamples(SliceReader reader, int threads)
{
    /// <summary>Seeds of training phantoms start here, far above those that people try.</summary>
    public const int FirstSeed = 1_000_000;

    /// <summary>Makes the heads.</summary>
    public IReadOnlyList<ReadSlice> Make(int perClass, IProgress<(int Done, int Total)>? progress, CancellationToken cancellationToken)
    {
        _ = (reader, threads, progress, cancellationToken);
        throw new TrainingException($"no phantoms yet ({perClass})");
    }
}
