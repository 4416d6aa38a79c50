using BrainTumorDicom.Classification.Findings;
using BrainTumorDicom.Training.Data;
using BrainTumorDicom.Training.Loop;

namespace BrainTumorDicom.Training.Tests.Data;

public sealed class EpochPlanTests
{
    private static readonly Sample[] Samples =
    [
        .. Enumerable.Range(0, 80).Select(i => SampleFactory.Make((TumorClass)(i % 4), i)),
        .. Enumerable.Range(0, 40).Select(i => SampleFactory.Make(TumorClass.NoTumor, 100 + i, SampleOrigin.Also)),
        .. Enumerable.Range(0, 10).Select(i => SampleFactory.Make(TumorClass.Glioma, 200 + i, SampleOrigin.Phantom)),
    ];

    [Fact]
    public void An_epoch_shows_the_main_set_once_and_further_sets_by_their_share()
    {
        var plan = new EpochPlan(Samples, batch: 2, seed: 1);

        Assert.Equal([80, 16, 10, 0, 0], plan.Drawn);
        Assert.Equal(53, plan.StepsPerEpoch);
        var order = plan.Order(3);
        Assert.Equal(order.Length, order.Distinct().Count());
        Assert.Equal(80, order.Count(i => i < 80));
        Assert.Equal(16, order.Count(i => i is >= 80 and < 120));
    }

    [Fact]
    public void Over_the_epochs_every_slice_of_a_further_set_is_shown_equally_often()
    {
        var plan = new EpochPlan(Samples, batch: 2, seed: 1);

        var shown = Enumerable.Range(0, 10).SelectMany(plan.Order).Where(i => i is >= 80 and < 120).CountBy(i => i).ToArray();

        Assert.Equal(40, shown.Length);
        Assert.All(shown, entry => Assert.Equal(4, entry.Value));
    }

    [Fact]
    public void The_first_epochs_may_show_the_main_set_alone_each_slice_equally_often()
    {
        var plan = new EpochPlan(Samples, batch: 2, seed: 1, plainEpochs: 3);

        var shown = Enumerable.Range(0, 3).SelectMany(plan.Order).CountBy(i => i).ToArray();

        Assert.All(shown, entry => Assert.True(entry.Key < 80));
        Assert.All(shown, entry => Assert.InRange(entry.Value, 3, 4));
        Assert.Contains(plan.Order(3), i => i >= 80);
    }

    [Fact]
    public void Orders_differ_from_epoch_to_epoch_and_repeat_for_a_seed()
    {
        var plan = new EpochPlan(Samples, batch: 2, seed: 1);

        Assert.Equal(plan.Order(2), new EpochPlan(Samples, batch: 2, seed: 1).Order(2));
        Assert.NotEqual(plan.Order(2), plan.Order(3));
        Assert.NotEqual(plan.Order(2), new EpochPlan(Samples, batch: 2, seed: 2).Order(2));
    }

    [Fact]
    public void Class_weights_even_out_what_an_epoch_shows()
    {
        var plan = new EpochPlan(Samples, batch: 2, seed: 1);

        var weights = ClassWeights.Of(Samples, plan, ClassScheme.Four);

        // Shown: glioma 20 + 10, meningioma 20, notumor 20 + 16, pituitary 20; 106 in all.
        Assert.Equal([106 / 120f, 106 / 80f, 106 / 144f, 106 / 80f], weights);
    }
}
