using BrainTumorDicom.Slices.Conversion;

namespace BrainTumorDicom.Training.Data;

/// <summary>Makes batches: a varied view of each slice, finished as the model's preprocessing says, mixed where asked for.</summary>
/// <param name="augmenters">One for each class, in the order of the classes.</param>
/// <param name="preprocessing">The model's.</param>
/// <param name="scheme">What is told apart.</param>
/// <param name="mixup">How slices are mixed, or <see langword="null"/>.</param>
/// <param name="seed">The training's seed.</param>
/// <param name="threads">How many slices are augmented at a time.</param>
/// <param name="placeGrid">Rows and columns of the places whose classes are told; 0 for none.</param>
internal sealed class BatchMaker(
    IReadOnlyList<Augmenter> augmenters, PreprocessingParameters preprocessing, ClassScheme scheme, Mixup? mixup, int seed, int threads, int placeGrid = 0)
{
    /// <summary>Makes a batch of the slices from place <paramref name="first"/> of an epoch on.</summary>
    public SliceBatch Make(IReadOnlyList<Sample> slices, int epoch, int first)
    {
        var size = augmenters[0].Size;
        var pixels = size * size;
        var finish = preprocessing with { Size = size };
        var places = placeGrid * placeGrid * scheme.Count;
        var made = new SliceBatch(
            new float[slices.Count * pixels], new long[slices.Count], Places: placeGrid == 0 ? null : new float[slices.Count * places]);
        Parallel.For(0, slices.Count, new ParallelOptions { MaxDegreeOfParallelism = threads }, i =>
        {
            // The stream belongs to the place in the training, not to the thread.
            var random = new SeededRandom(seed, Stream(1, epoch, first + i));
            var view = made.Inputs.AsSpan(i * pixels, pixels);
            var shown = augmenters[(int)slices[i].Label].Apply(slices[i], ref random, view);
            made.Labels[i] = scheme.IndexOf(shown.Label);
            shown.FillPlaces(made.Places.AsSpan(i * places, places), placeGrid, (int)made.Labels[i], scheme);
            NetworkInput.Finish(finish, view);
        });
        if (mixup is null)
        {
            return made;
        }

        var mixing = new SeededRandom(seed, Stream(2, epoch, first));
        return mixup.Mix(made, ref mixing);
    }

    private static ulong Stream(ulong kind, int epoch, int place) => (kind << 60) + ((ulong)epoch << 32) + (ulong)place;
}
