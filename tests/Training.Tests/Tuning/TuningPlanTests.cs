using BrainTumorDicom.Training.Tuning;

namespace BrainTumorDicom.Training.Tests.Tuning;

public sealed class TuningPlanTests
{
    [Fact]
    public void A_grid_has_every_combination()
    {
        var plan = new TuningPlan(SearchKind.Grid, [TuningAxis.Parse("size=32,64"), TuningAxis.Parse("--learning-rate=0.1,0.2,0.3")], Trials: 2, Seed: 1, Epochs: 5);

        var settings = plan.Settings();

        Assert.Equal(6, settings.Length);
        Assert.Equal("size=64 learning-rate=0.3", string.Join(' ', settings[5].Select(pair => $"{pair.Option}={pair.Value}")));
        Assert.Equal([(6, 5)], plan.Stages(6));
    }

    [Fact]
    public void Random_settings_are_within_the_range_and_the_same_for_the_same_seed()
    {
        var plan = new TuningPlan(SearchKind.Random, [TuningAxis.Parse("learning-rate=1e-4..1e-2"), TuningAxis.Parse("augment=light,strong")], Trials: 40, Seed: 3, Epochs: 5);

        var rates = plan.Settings().Select(setting => double.Parse(setting[0].Value, System.Globalization.CultureInfo.InvariantCulture)).ToArray();

        Assert.Equal(40, rates.Length);
        Assert.All(rates, rate => Assert.InRange(rate, 1e-4, 1e-2));

        // Evenly over the logarithm: about half below 1e-3.
        Assert.InRange(rates.Count(rate => rate < 1e-3), 12, 28);
        Assert.Equal(plan.Settings().SelectMany(setting => setting), (plan with { }).Settings().SelectMany(setting => setting));
    }

    [Fact]
    public void Halving_trains_a_third_three_times_as_long()
    {
        var plan = new TuningPlan(SearchKind.Halving, [], Trials: 9, Seed: 1, Epochs: 18);

        Assert.Equal([(9, 2), (3, 6), (1, 18)], plan.Stages(9));
        Assert.Equal([(5, 2), (3, 6), (1, 18)], plan.Stages(5));
        Assert.Equal([(1, 18)], plan.Stages(1));
    }

    [Theory]
    [InlineData("size")]
    [InlineData("=3")]
    [InlineData("learning-rate=0..1")]
    [InlineData("learning-rate=2..1")]
    public void What_is_no_axis_is_refused_with_an_example(string text) =>
        Assert.Contains("--try", Assert.Throws<TrainingException>(() => TuningAxis.Parse(text)).Message, StringComparison.Ordinal);
}
