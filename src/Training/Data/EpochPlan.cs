using System.Collections.Immutable;

namespace BrainTumorDicom.Training.Data;

/// <summary>
/// Which slices an epoch shows, in which order. Every slice of the main set once; of everything else no more than a share of
/// that, so that it does not drown it, a different part each epoch. The first epochs may show the main set alone, as many slices.
/// </summary>
internal sealed class EpochPlan
{
    /// <summary>Slices of phantoms, as a part of the main set's.</summary>
    public const double PhantomShare = 0.12;

    /// <summary>Slices of further sets, as a part of the main set's.</summary>
    public const double Share = 0.2;

    /// <summary>Slices of whole heads, as a part of the main set's: with those that get a tumour.</summary>
    public const double VolumeShare = 0.6;

    /// <summary>Slices of the main set without tumour shown once more with one put in, as a part of it.</summary>
    public const double HostShare = 0.12;

    private readonly ImmutableArray<int>[] _origins;
    private readonly int[] _drawn;
    private readonly int _seed;
    private readonly int _batch;
    private readonly int _plainEpochs;

    /// <param name="samples">All that may be drawn.</param>
    /// <param name="batch">Slices a step.</param>
    /// <param name="seed">The training's seed.</param>
    /// <param name="plainEpochs">Epochs at the beginning that show the main set alone.</param>
    public EpochPlan(IReadOnlyList<Sample> samples, int batch, int seed, int plainEpochs = 0)
    {
        _seed = seed;
        _plainEpochs = plainEpochs;
        _batch = batch;
        _origins = [.. Enum.GetValues<SampleOrigin>().Select(origin =>
            Enumerable.Range(0, samples.Count).Where(i => samples[i].Origin == origin).ToImmutableArray())];
        var main = _origins[(int)SampleOrigin.Main].Length;
        _drawn = [.. _origins.Select((indices, origin) =>
            origin == (int)SampleOrigin.Main ? main : Math.Min(indices.Length, (int)Math.Ceiling(main * ShareOf((SampleOrigin)origin))))];
        StepsPerEpoch = _drawn.Sum() / batch;
    }

    /// <summary>Whole batches of an epoch; the rest, fewer than a batch, is left out.</summary>
    public int StepsPerEpoch { get; }

    /// <summary>How many slices of each origin an epoch draws.</summary>
    public IReadOnlyList<int> Drawn => _drawn;

    /// <summary>The indices of the slices of epoch <paramref name="epoch"/>, batch after batch.</summary>
    public int[] Order(int epoch)
    {
        var order = new List<int>();
        if (epoch < _plainEpochs)
        {
            order.AddRange(Draw((int)SampleOrigin.Main, epoch, _drawn.Sum()));
        }
        else
        {
            for (var origin = 0; origin < _origins.Length; origin++)
            {
                order.AddRange(Draw(origin, epoch, _drawn[origin]));
            }
        }

        var indices = order.ToArray();
        var random = new SeededRandom(_seed, stream: 2000 + (ulong)epoch);
        random.Shuffle<int>(indices);
        return indices[..(StepsPerEpoch * _batch)];
    }

    private static double ShareOf(SampleOrigin origin) => origin switch
    {
        SampleOrigin.Volume => VolumeShare,
        SampleOrigin.Phantom => PhantomShare,
        SampleOrigin.Host => HostShare,
        _ => Share,
    };

    // Goes on through one shuffled round of all slices after another, so that each is drawn equally often.
    private IEnumerable<int> Draw(int origin, int epoch, int drawn)
    {
        var count = _origins[origin].Length;
        var round = -1L;
        int[] shuffled = [];
        for (var i = (long)epoch * drawn; i < (epoch + 1L) * drawn; i++)
        {
            if (i / count != round)
            {
                round = i / count;
                shuffled = [.. _origins[origin]];
                var random = new SeededRandom(_seed, stream: 1_000_000 + ((ulong)origin << 32) + (ulong)round);
                random.Shuffle<int>(shuffled);
            }

            yield return shuffled[i % count];
        }
    }
}
