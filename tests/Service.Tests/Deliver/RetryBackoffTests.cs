using BrainTumorDicom.Service.Deliver;

namespace BrainTumorDicom.Service.Tests.Deliver;

public sealed class RetryBackoffTests
{
    private static readonly RetryBackoff Backoff = new(TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(10));

    [Theory]
    [InlineData(1, 5)]
    [InlineData(2, 10)]
    [InlineData(4, 40)]
    [InlineData(8, 600)]
    [InlineData(100_000, 600)]
    public void The_wait_doubles_up_to_the_ceiling(int attempts, double seconds) =>
        Assert.Equal(seconds, Backoff.After(attempts, retryAfter: null, jitter: 0.5).TotalSeconds, tolerance: 1e-6);

    [Theory]
    [InlineData(0, 4)]
    [InlineData(0.999999, 6)]
    public void Jitter_moves_it_by_a_fifth_at_most(double jitter, double seconds) =>
        Assert.Equal(seconds, Backoff.After(1, retryAfter: null, jitter).TotalSeconds, tolerance: 1e-4);

    [Theory]
    [InlineData(1, 5)]
    [InlineData(120, 120)]
    [InlineData(10_000_000, 86400)]
    public void What_the_destination_asks_for_is_kept_within_a_day(double asked, double seconds) =>
        Assert.Equal(seconds, Backoff.After(1, TimeSpan.FromSeconds(asked), jitter: 0.5).TotalSeconds, tolerance: 1e-6);
}
