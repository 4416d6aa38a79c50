using BrainTumorDicom.Training.Data;
using BrainTumorDicom.Training.Networks;
using BrainTumorDicom.Training.Networks.Weights;

namespace BrainTumorDicom.Training.Loop;

/// <summary>Trains a model from folders of slices and writes its package.</summary>
/// <param name="options">What to do.</param>
/// <param name="time">The clock, for durations.</param>
/// <param name="progress">Is told what happens, or <see langword="null"/>.</param>
public sealed class Trainer(TrainingOptions options, TimeProvider time, IProgress<TrainingProgress>? progress = null)
{
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
        var pool = TrainingPool.Of(data, options, progress, cancellationToken);
        var plan = new EpochPlan(pool.Samples, options.Batch, options.Seed);
        var weights = options.Regularization.ClassWeights
            ? ClassWeights.Of(pool.Samples, plan, options.Scheme)
            : [.. Enumerable.Repeat(1f, options.Scheme.Count)];
        var design = options.Network.Design(options.Scheme.Count);
        using var setup = StepSetup.Open(options, design, weights);
        var (state, sums) = Start(folder, setup.Graph, fingerprint);
        using var runners = new SizedRunners(state, setup.Start);
        var package = new TrainedModel(options, data.Preprocessing, design);
        var loop = new EpochLoop(options, folder, fingerprint, data, pool, plan, runners, package, time, progress);
        await loop.RunAsync(sums, cancellationToken).ConfigureAwait(false);
        progress?.Report(new TrainingProgress(TrainingStage.Finishing, 0, 1));
        return package.Finish(data, loop.BestState(), plan, loop.History, setup.Device, time.GetElapsedTime(started), folder);
    }

    private (TrainerState State, EpochSums Sums) Start(RunFolder folder, TrainingGraph graph, string fingerprint)
    {
        if (!options.Resume)
        {
            File.Delete(folder.LogPath);
            File.Delete(folder.BestPath);
            var state = TrainerState.Start(graph, options.Seed);
            if (options.Network.WeightsFile is { } file)
            {
                var imported = WeightsImport.Read(file, graph, state);
                progress?.Report(new TrainingProgress(TrainingStage.Weights, imported.Matched, imported.Matched, Detail: imported.Describe()));
            }

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
