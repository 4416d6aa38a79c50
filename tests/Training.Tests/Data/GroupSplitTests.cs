using BrainTumorDicom.Classification.Findings;
using BrainTumorDicom.Training.Data;

namespace BrainTumorDicom.Training.Tests.Data;

public sealed class GroupSplitTests
{
    [Fact]
    public void No_group_is_on_both_sides_and_every_class_gives_its_part()
    {
        var samples = Samples();

        var split = GroupSplit.Divide(samples, 0.15, seed: 4);

        Assert.Equal(samples.Count, split.Train.Length + split.HeldOut.Length);
        Assert.Empty(split.Train.Select(s => s.Group).Intersect(split.HeldOut.Select(s => s.Group)));
        foreach (var label in Enum.GetValues<TumorClass>())
        {
            var part = (double)split.HeldOut.Count(s => s.Label == label) / samples.Count(s => s.Label == label);
            Assert.InRange(part, 0.15, 0.20);
        }
    }

    [Fact]
    public void The_seed_decides_and_other_sets_do_not()
    {
        var main = Samples();
        var volumes = Enumerable.Range(0, 40).Select(i => SampleFactory.Make(TumorClass.NoTumor, 10_000 + (i / 10), SampleOrigin.Also)).ToArray();

        var alone = GroupSplit.Divide(main, 0.15, seed: 4);
        var with = GroupSplit.Divide([.. main, .. volumes], 0.15, seed: 4);
        var other = GroupSplit.Divide(main, 0.15, seed: 5);

        Assert.Equal(alone.HeldOut, with.HeldOut.Where(s => s.Origin == SampleOrigin.Main));
        Assert.NotEqual(alone.HeldOut, other.HeldOut);
        Assert.DoesNotContain(with.HeldOut, s => s.Origin == SampleOrigin.Also);
    }

    [Fact]
    public void Of_many_volumes_some_are_held_out_whole()
    {
        var volumes = Enumerable.Range(0, 200).Select(i => SampleFactory.Make(TumorClass.NoTumor, i / 10, SampleOrigin.Also)).ToArray();

        var split = GroupSplit.Divide(volumes, 0.15, seed: 1);

        Assert.Equal(30, split.HeldOut.Length);
        Assert.Equal(3, split.HeldOut.DistinctBy(s => s.Group).Count());
    }

    [Fact]
    public void Copies_join_the_groups_they_are_in()
    {
        var numbers = new GroupNumbers();
        var a = numbers.Of("a", 1);
        var b = numbers.Of("b", 2);
        var c = numbers.Of("c", 3);
        var copy = numbers.Of("c", 1);

        Assert.Equal(c, copy);
        Assert.Equal(numbers.Root(a), numbers.Root(c));
        Assert.NotEqual(numbers.Root(a), numbers.Root(b));
        numbers.Of("b", 3);
        Assert.Equal(numbers.Root(a), numbers.Root(b));
    }

    private static List<Sample> Samples() =>
    [
        .. Enum.GetValues<TumorClass>().SelectMany(label => Enumerable.Range(0, 300 + (50 * (int)label))
            .Select(i => SampleFactory.Make(label, ((int)label * 1000) + (i / (1 + (i % 5)))))),
    ];
}
