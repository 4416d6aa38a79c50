using BrainTumorDicom.Service.Journal;

namespace BrainTumorDicom.Service.Tests.Journal;

public sealed class FreeSpaceTests
{
    private readonly Clock clock = new();

    [Fact]
    public void What_is_written_between_two_measurements_counts()
    {
        var space = new FreeSpace(minimum: 100, measure: () => 250, clock);

        Assert.True(space.IsEnoughFor(100));
        Assert.False(space.IsEnoughFor(100));
        Assert.True(space.IsEnoughFor(50));
        Assert.Equal(100, space.Free);
    }

    [Fact]
    public void Room_that_was_made_is_seen_a_second_later()
    {
        var free = 50L;
        var space = new FreeSpace(minimum: 100, measure: () => free, clock);

        Assert.False(space.IsEnoughFor(1));
        free = 1000;
        Assert.False(space.IsEnoughFor(1));
        clock.Now += TimeSpan.FromSeconds(1);
        Assert.True(space.IsEnoughFor(1));
    }

    [Theory]
    [InlineData(0, 500)]
    [InlineData(10, 1000)]
    [InlineData(1, 500)]
    public void The_larger_of_bytes_and_percent_is_kept_free(int percent, long expected)
    {
        var options = new JournalOptions { MinimumFreeBytes = 500, MinimumFreePercent = percent };

        Assert.Equal(expected, options.MinimumFree(10_000));
    }

    private sealed class Clock : TimeProvider
    {
        public TimeSpan Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }
}
