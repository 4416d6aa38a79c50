using BrainTumorDicom.Service.Verdicts;

namespace BrainTumorDicom.Service.Tests.Verdicts;

public sealed class WilsonIntervalTests
{
    // Newcombe, Statistics in Medicine 17 (1998), table I, method 3.
    [Theory]
    [InlineData(81, 263, 0.2553, 0.3662)]
    [InlineData(15, 148, 0.0624, 0.1605)]
    [InlineData(0, 20, 0.0, 0.1611)]
    [InlineData(1, 29, 0.0061, 0.1718)]
    public void The_interval_is_the_published_one(int right, int cases, double low, double high)
    {
        var interval = WilsonInterval.Of(right, cases);

        Assert.Equal(low, interval.Low!.Value, 5e-5);
        Assert.Equal(high, interval.High!.Value, 5e-5);
    }

    [Fact]
    public void Without_cases_there_is_no_figure() => Assert.Equal((null, null, null), (WilsonInterval.Of(0, 0).Value, WilsonInterval.Of(0, 0).Low, WilsonInterval.Of(0, 0).High));
}
