using BrainTumorDicom.Training.Loop;

namespace BrainTumorDicom.Training.Tests.Loop;

public sealed class EpochHistoryTests
{
    [Fact]
    public void A_plateau_halves_the_rate_each_time_that_patience_is_used_up()
    {
        Assert.Equal(1, Of(1.0, 0.9, 0.8).PlateauFactor(patience: 1, factor: 0.5));
        Assert.Equal(1, Of(1.0, 1.1).PlateauFactor(patience: 1, factor: 0.5));
        Assert.Equal(0.5, Of(1.0, 1.1, 1.1).PlateauFactor(patience: 1, factor: 0.5));
        Assert.Equal(0.25, Of(1.0, 1.1, 1.1, 1.2, 1.1).PlateauFactor(patience: 1, factor: 0.5));
        Assert.Equal(0.5, Of(1.0, 1.1, 1.1, 0.5, 0.6).PlateauFactor(patience: 1, factor: 0.5));
    }

    [Fact]
    public void A_training_ends_when_the_best_epoch_is_too_long_ago()
    {
        var history = Of(1.0, 0.7, 0.8, 0.9);

        Assert.Equal(2, history.Best);
        Assert.True(history.IsExhausted(patience: 2));
        Assert.False(history.IsExhausted(patience: 3));
        Assert.False(history.IsExhausted(patience: 0));
    }

    [Fact]
    public void Epochs_beyond_the_checkpoint_are_forgotten_when_read_again()
    {
        var path = Path.GetTempFileName();
        Of(3, 2, 1).Write(path);

        var read = EpochHistory.Read(path, epochs: 2);

        Assert.Equal([1, 2], read.Entries.Select(entry => entry.Epoch));
        Assert.Equal(2, read.Entries[1].WatchedLoss);
        File.Delete(path);
    }

    private static EpochHistory Of(params double[] losses)
    {
        var history = new EpochHistory();
        foreach (var loss in losses)
        {
            history.Add(new EpochEntry(history.Entries.Count + 1, 1e-3, loss, 0.5, "validation", loss, 0.5, [1, 0, 0.5, 0.25], [.. new int[16]], 100, DateTimeOffset.UnixEpoch));
        }

        return history;
    }
}
