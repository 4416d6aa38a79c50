using BrainTumorDicom.Classification.Execution;
using BrainTumorDicom.Classification.Model;
using BrainTumorDicom.Training.Evaluation;
using BrainTumorDicom.Training.Loop;

namespace BrainTumorDicom.Training.Tests.Loop;

public sealed class TrainerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Training_learns_a_simple_set_and_writes_a_package_that_loads()
    {
        using var set = new TinySet(perClass: 24);

        var report = await new Trainer(Options(set) with { Epochs = 14 }, TimeProvider.System).RunAsync(Token);

        Assert.True(report.Evaluation.HeldOut.Accuracy >= 0.9, $"{report.Evaluation.HeldOut.Accuracy}");
        var package = ModelPackage.Load(set.Output);
        Assert.Equal(32, package.Manifest.Preprocessing.Size);
        Assert.Equal(report.Evaluation.HeldOut.Confusion.AsEnumerable(), package.Manifest.Evaluation.Confusion);
        Assert.Equal(report.Counts.Sum(count => count.HeldOut), package.Manifest.Evaluation.Count);
        using var classifier = Classifier.Load(package, DeviceChoice.Cpu, threads: 1);

        // Measured again from the folder, the package gives the figures that the training wrote into it.
        var again = FolderEvaluation.Run(classifier, set.Folder, groupsFile: null, heldOut: (1, 0.15), progress: null, Token);
        Assert.Equal(package.Manifest.Evaluation.Confusion.AsEnumerable(), again.Figures.Confusion);
        Assert.Equal(package.Manifest.Evaluation.ExpectedCalibrationError, again.Figures.ExpectedCalibrationError, 1e-3);
        Assert.Contains("| glioma |", await File.ReadAllTextAsync(Path.Combine(set.Output, "MODEL_CARD.md"), Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_weights_and_another_seed_others()
    {
        using var set = new TinySet();
        var first = await TrainAsync(Options(set));
        var again = await TrainAsync(Options(set));
        var other = await TrainAsync(Options(set) with { Seed = 2 });

        Assert.Equal(first, again);
        Assert.NotEqual(first, other);
    }

    [Fact]
    public async Task A_stopped_training_resumed_gives_the_weights_of_one_that_was_not_stopped()
    {
        using var set = new TinySet();
        var whole = await TrainAsync(Options(set) with { Output = set.Output + "-whole" });
        using var stop = new CancellationTokenSource();

        // Stopped in the middle of the second epoch, not at its border.
        var stopping = new Trainer(Options(set), TimeProvider.System, new CancelAtEpoch(1, stop));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stopping.RunAsync(stop.Token));
        Assert.False(File.Exists(Path.Combine(set.Output, "model.json")));
        var unasked = await Assert.ThrowsAsync<TrainingException>(() => new Trainer(Options(set), TimeProvider.System).RunAsync(Token));
        Assert.Contains("--resume", unasked.Message, StringComparison.Ordinal);
        var changed = await Assert.ThrowsAsync<TrainingException>(
            () => new Trainer(Options(set) with { Resume = true, LearningRate = 1e-4 }, TimeProvider.System).RunAsync(Token));
        Assert.Contains("other options", changed.Message, StringComparison.Ordinal);

        var resumed = await TrainAsync(Options(set) with { Resume = true });

        Assert.Equal(whole, resumed);
    }

    [Fact]
    public async Task A_second_training_in_the_same_folder_is_refused()
    {
        using var set = new TinySet(perClass: 2);
        using var running = new RunFolder(set.Output);

        var error = await Assert.ThrowsAsync<TrainingException>(() => new Trainer(Options(set), TimeProvider.System).RunAsync(Token));

        Assert.Contains("Another training is running", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Labels_that_say_nothing_end_in_an_error_or_a_poor_figure_but_never_in_one_class_for_all()
    {
        using var set = new TinySet();
        for (var label = 0; label < 4; label++)
        {
            for (var i = 0; i < 16; i++)
            {
                // All alike but for the noise.
                TinySet.WriteSlice(Path.Combine(set.Folder, Classification.Findings.TumorClasses.Labels[label], $"{i:D3}.png"), 0, (label * 100) + i);
            }
        }

        try
        {
            var report = await new Trainer(Options(set), TimeProvider.System).RunAsync(Token);
            var confusion = report.Evaluation.HeldOut.Confusion;
            Assert.True(Enumerable.Range(0, 4).Count(answer => Enumerable.Range(0, 4).Any(label => confusion[(label * 4) + answer] > 0)) > 1);
            Assert.False(report.Evaluation.Collapsed);
        }
        catch (TrainingException error)
        {
            Assert.Contains("collapsed", error.Message, StringComparison.Ordinal);
            Assert.False(File.Exists(Path.Combine(set.Output, "model.json")));
        }
    }

    [Theory]
    [InlineData(33, 8, 0.15, "--size")]
    [InlineData(32, 1, 0.15, "--batch")]
    [InlineData(32, 8, 0.0, "--held-out")]
    public async Task Options_out_of_range_are_named(int size, int batch, double heldOut, string named)
    {
        using var set = new TinySet(perClass: 1);
        var options = Options(set) with { Size = size, Batch = batch, HeldOutFraction = heldOut };

        var error = await Assert.ThrowsAsync<TrainingException>(() => new Trainer(options, TimeProvider.System).RunAsync(Token));

        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_set_that_is_not_there_is_named_and_nothing_is_made()
    {
        using var set = new TinySet(perClass: 1);

        var error = await Assert.ThrowsAsync<TrainingException>(
            () => new Trainer(Options(set) with { Also = [set.Folder + "-typo"] }, TimeProvider.System).RunAsync(Token));

        Assert.Contains(set.Folder + "-typo", error.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(set.Output));
    }

    [Fact]
    public async Task The_first_epochs_may_show_smaller_slices_and_a_stop_between_the_sizes_changes_nothing()
    {
        using var set = new TinySet();
        var options = Options(set) with { Size = 64, SmallEpochs = 2 };
        var whole = await TrainAsync(options with { Output = set.Output + "-whole" });
        using var stop = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new Trainer(options, TimeProvider.System, new CancelAtEpoch(2, stop)).RunAsync(stop.Token));
        var resumed = await TrainAsync(options with { Resume = true });

        Assert.Equal(whole, resumed);
        Assert.Equal(64, ModelPackage.Load(set.Output).Manifest.Preprocessing.Size);
    }

    private static TrainingOptions Options(TinySet set) => new()
    {
        Folder = set.Folder, Output = set.Output, Epochs = 3, Size = 32, Batch = 8, Threads = 2, Device = DeviceChoice.Cpu, LearningRate = 5e-3,
    };

    private static async Task<string> TrainAsync(TrainingOptions options)
    {
        await new Trainer(options, TimeProvider.System).RunAsync(Token);
        return ModelPackage.Load(options.Output).Manifest.Sha256;
    }

    // Reports come after the checkpoint of an epoch; the batches already fed still run.
    private sealed class CancelAtEpoch(int epoch, CancellationTokenSource stop) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (value.Stage == TrainingStage.Epoch && value.Epoch == epoch)
            {
                stop.CancelAfter(TimeSpan.FromMilliseconds(30));
            }
        }
    }
}
