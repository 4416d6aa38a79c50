using BrainTumorDicom.Training.Data;
using BrainTumorDicom.Training.Networks;

namespace BrainTumorDicom.Training.Loop;

/// <summary>Trains a model from folders of slices and writes its package.</summary>
/// <param name="options">What to do.</param>
/// <param name="time">The clock, for durations.</param>
/// <param name="progress">Is told what happens, or <see langword="null"/>.</param>
public sealed class Trainer(TrainingOptions options, TimeProvider time, IProgress<TrainingProgress>? progress = null)
{
    private readonly ResidualNetwork _network = ResidualNetwork.Standard(options.Scheme.Count);

    /// <summary>Trains to the end, or until it is cancelled: then the state is kept and can be resumed.</summary>
    /// <exception cref="TrainingException">A set cannot be used, the disk is full, or the result is worthless.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async Task<TrainingReport> RunAsync(CancellationToken cancellationToken)
    {
        options.Check();
        var started = time.GetTimestamp();
        using var folder = new RunFolder(options.Output);
        folder.RefuseToOverwrite(options.Resume);
        var data = TrainingData.Read(options, progress, cancellationToken);
        var fingerprint = data.Fingerprint(options);
        var plan = new EpochPlan(data.Split.Train, options.Batch, options.Seed);
        var weights = options.Regularization.ClassWeights
            ? ClassWeights.Of(data.Split.Train, plan, options.Scheme)
            : [.. Enumerable.Repeat(1f, options.Scheme.Count)];
        var mixed = options.Regularization.Mixup > 0;
        var graph = TrainingGraph.Build(
            _network, options.Batch, options.Size, weights, (float)options.LabelSmoothing, mixed, options.Schedule.Optimizer == OptimizerKind.Adam);
        var (state, sums) = Start(folder, graph, fingerprint);
        using var sessionOptions = TrainingDevice.Open(options.Device, options.ThreadsInUse, out var device);
        using var runner = new StepRunner(graph, state, options.Batch, options.Size, options.Scheme.Count, sessionOptions, mixed);
        var package = new TrainedModel(options, data.Preprocessing, _network);
        var loop = new EpochLoop(options, folder, fingerprint, data, plan, runner, package, time, progress);
        await loop.RunAsync(sums, cancellationToken).ConfigureAwait(false);
        progress?.Report(new TrainingProgress(TrainingStage.Finishing, 0, 1));
        return package.Finish(data, loop.BestState(), plan, loop.History, device, time.GetElapsedTime(started), folder);
    }

    private (TrainerState State, EpochSums Sums) Start(RunFolder folder, TrainingGraph graph, string fingerprint)
    {
        if (!options.Resume)
        {
            File.Delete(folder.LogPath);
            File.Delete(folder.BestPath);
            var state = TrainerState.Start(graph, options.Seed);

            // From here on a kill at any moment leaves something to resume.
            Checkpoint.Write(folder.CheckpointPath, fingerprint, state, default);
            return (state, default);
        }

        var (found, resumed, sums) = Checkpoint.Read(folder.CheckpointPath);
        return found == fingerprint
            ? (resumed, sums)
            : throw new TrainingException(
                $"The training stopped in {options.Output} had other options or other slices. Resume it with the same, or give another folder with --out.");
    }
}
