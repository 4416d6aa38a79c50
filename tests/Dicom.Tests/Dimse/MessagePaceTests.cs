using BrainTumorDicom.Dicom.Dimse;

namespace BrainTumorDicom.Dicom.Tests.Dimse;

public sealed class MessagePaceTests
{
    private readonly ManualClock clock = new();

    [Fact]
    public void A_message_that_trickles_is_a_fault_once_the_start_is_over()
    {
        var pace = Pace();
        pace.Add(500);

        clock.Now = TimeSpan.FromSeconds(120);
        Assert.Null(pace.FindFault());
        clock.Now = TimeSpan.FromSeconds(121);
        Assert.Equal("a message trickles: 500 bytes in 121 s", pace.FindFault());
    }

    [Fact]
    public void A_slow_line_is_none_however_long_it_takes()
    {
        var pace = Pace();
        for (var second = 0; second < 3600; second += 60)
        {
            clock.Now = TimeSpan.FromSeconds(second);
            Assert.Null(pace.FindFault());
            pace.Add(60 * 1000);
        }
    }

    [Fact]
    public void Between_messages_there_is_no_rate()
    {
        var pace = Pace();
        pace.Add(10);
        pace.End();

        clock.Now = TimeSpan.FromHours(1);

        Assert.Null(pace.FindFault());
    }

    private MessagePace Pace() => new(new DicomServerOptions { IdleTimeout = TimeSpan.FromSeconds(120), MinimumBytesPerSecond = 1000 }, clock);
}
