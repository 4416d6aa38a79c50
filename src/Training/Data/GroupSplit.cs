using System.Collections.Immutable;

namespace BrainTumorDicom.Training.Data;

/// <summary>Samples parted into those trained on and those held out; no group is in both.</summary>
internal sealed record GroupSplit(ImmutableArray<Sample> Train, ImmutableArray<Sample> HeldOut)
{
    // Another choice than that of the held-out groups.
    private const int ValidationSeed = 0x5EED;

    /// <summary>Neither trained on nor held out: what a training is steered by.</summary>
    public ImmutableArray<Sample> Validation { get; init; } = [];

    /// <summary>Parts <paramref name="samples"/> in three. The held-out ones are the same whatever <paramref name="validation"/> is.</summary>
    public static GroupSplit Divide(IReadOnlyList<Sample> samples, double heldOut, double validation, int seed)
    {
        var outer = Divide(samples, heldOut, seed);
        if (validation <= 0)
        {
            return outer;
        }

        var inner = Divide(outer.Train, validation, seed ^ ValidationSeed);
        return new GroupSplit(inner.Train, outer.HeldOut) { Validation = inner.HeldOut };
    }

    /// <summary>
    /// Parts <paramref name="samples"/>, by class and origin. From the main set and the phantoms whole groups are held out
    /// until <paramref name="fraction"/> of the slices is reached; from further sets, whose groups are large and few,
    /// <paramref name="fraction"/> of the groups, rounded down.
    /// </summary>
    /// <remarks>The choice depends on the seed and on the groups' own names and order, not on which other sets are given.</remarks>
    public static GroupSplit Divide(IReadOnlyList<Sample> samples, double fraction, int seed)
    {
        var heldOut = new HashSet<int>();

        // A group that has slices of two classes or origins (copies) counts with its first slice.
        var strata = samples.GroupBy(sample => sample.Group)
            .GroupBy(group => (group.First().Origin, group.First().Label))
            .OrderBy(stratum => stratum.Key);
        foreach (var stratum in strata)
        {
            var groups = stratum.ToArray();
            var random = new SeededRandom(seed, stream: 1000 + ((ulong)stratum.Key.Origin * 100) + (ulong)stratum.Key.Label);
            random.Shuffle<IGrouping<int, Sample>>(groups);
            if (stratum.Key.Origin == SampleOrigin.Volume)
            {
                // Sources to test on are kept out by name.
                continue;
            }

            if (stratum.Key.Origin == SampleOrigin.Also)
            {
                heldOut.UnionWith(groups.Take((int)(groups.Length * fraction)).Select(group => group.Key));
                continue;
            }

            var wanted = groups.Sum(group => group.Count()) * fraction;
            var taken = 0;
            foreach (var group in groups.TakeWhile(_ => taken < wanted))
            {
                heldOut.Add(group.Key);
                taken += group.Count();
            }
        }

        var parts = samples.ToLookup(sample => heldOut.Contains(sample.Group));
        return new GroupSplit([.. parts[false]], [.. parts[true]]);
    }

    /// <summary>Groups that have slices in more than one part: none, unless the splitting is broken.</summary>
    public int SharedGroups => new[] { Train, Validation, HeldOut }.SelectMany(part => part.Select(sample => sample.Group).Distinct()).CountBy(group => group).Count(group => group.Value > 1);

    /// <summary>Counts both sides.</summary>
    public ImmutableArray<SampleCount> Describe() =>
    [
        .. Train.Concat(Validation).Concat(HeldOut).Select(sample => (sample.Origin, sample.Label)).Distinct().Order().Select(key =>
        {
            var train = Train.Where(sample => (sample.Origin, sample.Label) == key).ToArray();
            var heldOut = HeldOut.Where(sample => (sample.Origin, sample.Label) == key).ToArray();
            var validation = Validation.Where(sample => (sample.Origin, sample.Label) == key).ToArray();
            return new SampleCount(
                key.Origin, key.Label, train.Length, train.DistinctBy(s => s.Group).Count(), heldOut.Length, heldOut.DistinctBy(s => s.Group).Count())
            {
                Validation = validation.Length,
                ValidationGroups = validation.DistinctBy(s => s.Group).Count(),
            };
        }),
    ];
}
