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
        var rates = new float[5];

        new StepRates(1e-3, 0.05, 0.002, 0.01).Write(step: 0, rates);

        Assert.Equal([1e-2f, 31.62278f, 5e-5f, 0.002f, 0.01f], rates.Select(rate => MathF.Round(rate, 5)).ToArray());
    }
}
