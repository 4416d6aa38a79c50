using BrainTumorDicom.Training.Loop;

namespace BrainTumorDicom.Training.Tests.Loop;

public sealed class CheckpointTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void A_checkpoint_reads_back_as_it_was_written()
    {
        Checkpoint.Write(_path, "fingerprint é", State(), new EpochSums(1.5, 2, 3));

        var (fingerprint, state, sums) = Checkpoint.Read(_path);

        Assert.Equal("fingerprint é", fingerprint);
        Assert.Equal(State().Step, state.Step);
        Assert.Equal(State().Vectors, state.Vectors);
        Assert.Equal(new EpochSums(1.5, 2, 3), sums);
    }

    [Fact]
    public void A_full_disk_leaves_the_older_checkpoint_and_says_what_to_do()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "no /dev/full here");
        Checkpoint.Write(_path, "f", State(), default);
        File.CreateSymbolicLink(_path + ".new", "/dev/full");

        var error = Assert.Throws<TrainingException>(() => Checkpoint.Write(_path, "f", State() with { Step = 18 }, default));

        Assert.Contains("Make room on the disk", error.Message, StringComparison.Ordinal);
        Assert.Contains(_path, error.Message, StringComparison.Ordinal);
        Assert.Equal(17, Checkpoint.Read(_path).State.Step);
        Assert.False(File.Exists(_path + ".new"));
    }

    [Fact]
    public void A_damaged_checkpoint_is_refused()
    {
        Checkpoint.Write(_path, "f", State(), default);
        var bytes = File.ReadAllBytes(_path);
        foreach (var damaged in new[] { bytes[..^3], bytes[..20], [.. bytes[..60], (byte)(bytes[60] ^ 1), .. bytes[61..]] })
        {
            File.WriteAllBytes(_path, damaged);

            var error = Assert.Throws<TrainingException>(() => Checkpoint.Read(_path));
            Assert.Contains("damaged", error.Message, StringComparison.Ordinal);
        }
    }

    private static TrainerState State() => new(17, [1, 2], [3, float.MinValue], [4, 5], [6, 7], [0.5f, 8, 9]);
}
