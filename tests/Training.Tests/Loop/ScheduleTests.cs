using BrainTumorDicom.Training.Loop;

namespace BrainTumorDicom.Training.Tests.Loop;

public sealed class ScheduleTests
{
    [Fact]
    public void One_cycle_rises_to_the_peak_at_a_quarter_and_falls_to_almost_nothing()
    {
        var cycle = new OneCycle(2e-3, 400);

        Assert.Equal(8e-5, cycle.At(0), 1e-12);
        Assert.Equal(2e-3, cycle.At(100), 1e-12);
        Assert.Equal(8e-8, cycle.At(400), 1e-12);
        Assert.All(Enumerable.Range(0, 100), step => Assert.True(cycle.At(step) < cycle.At(step + 1)));
        Assert.All(Enumerable.Range(100, 300), step => Assert.True(cycle.At(step) > cycle.At(step + 1)));
    }

    [Fact]
    public void Rates_hold_the_bias_corrections_of_Adam()
    {
        var apart = new StepRates(1e-3, 0.05, 0.002, 0.01).At(step: 0);
        var coupled = new StepRates(1e-3, 0.05, 0.002, 0.01, CoupledDecay: true).At(step: 0);

        Assert.Equal(1e-2f, apart.Rate, 1e-6f);
        Assert.Equal(31.62278f, apart.RootFactor, 1e-4f);
        Assert.Equal((5e-5f, 0f), (apart.Decay, apart.CoupledDecay));
        Assert.Equal((0f, 0.05f), (coupled.Decay, coupled.CoupledDecay));
        Assert.Equal(0.002f, apart.AverageFraction);
    }
}
