using System.Text.Json;
using BrainTumorDicom.Classification.Findings;
using BrainTumorDicom.Training.Data;
using BrainTumorDicom.Training.Evaluation;
using BrainTumorDicom.Training.Networks;

namespace BrainTumorDicom.Training.Loop;

/// <summary>Trains a model from folders of slices and writes its package.</summary>
/// <param name="options">What to do.</param>
/// <param name="time">The clock, for durations.</param>
/// <param name="progress">Is told what happens, or <see langword="null"/>.</param>
public sealed class Trainer(TrainingOptions options, TimeProvider time, IProgress<TrainingProgress>? progress = null)
{
    // The averages follow over some 500 and 100 steps, and faster while there are few.
    private const double AverageDecay = 0.998;
    private const double StatisticsDecay = 0.99;
    private const int StepsBetweenReports = 10;

    private readonly ResidualNetwork _network = ResidualNetwork.Standard(TumorClasses.Count);

    /// <summary>Trains to the end, or until it is cancelled: then the state is kept and can be resumed.</summary>
    /// <exception cref="TrainingException">A set cannot be used, or the result is worthless.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async Task<TrainingReport> RunAsync(CancellationToken cancellationToken)
    {
        options.Check();
        var started = time.GetTimestamp();
        using var folder = new RunFolder(options.Output);
        RefuseToOverwrite(folder);
        var data = TrainingData.Read(options, progress, cancellationToken);
        var fingerprint = data.Fingerprint(options);
        var pool = TrainingPool.Of(data, options, progress, cancellationToken);
        var plan = new EpochPlan(pool.Samples, options.Batch, options.Seed);
        var weights = ClassWeights.Of(pool.Samples, plan, TumorClasses.Count);
        var state = Start(folder, Graph(options.Size, weights), fingerprint);
        using var sessionOptions = TrainingDevice.Open(options.Device, options.ThreadsInUse, out var device);
        StepRunner? runner = null;
        var speed = 0.0;
        for (var epoch = state.Step / plan.StepsPerEpoch; epoch < options.Epochs; epoch++)
        {
            var size = options.SizeOf(epoch);
            if (runner?.Size != size)
            {
                state = runner?.Snapshot() ?? state;
                runner?.Dispose();
                runner = new StepRunner(Graph(size, weights), state, options.Batch, size, TumorClasses.Count, sessionOptions);
            }

            var feeder = new BatchFeeder(pool.Samples, pool.AugmenterOf(size), options.Seed, options.Batch, Math.Max(1, options.ThreadsInUse / 2));
            try
            {
                (var loss, speed) = await RunEpochAsync(runner, feeder, plan, epoch, cancellationToken).ConfigureAwait(false);
                state = runner.Snapshot();
                Checkpoint.Write(folder.CheckpointPath, fingerprint, state);
                ReportEpoch(folder, data, state, epoch, loss, speed, plan);
            }
            catch (OperationCanceledException)
            {
                Checkpoint.Write(folder.CheckpointPath, fingerprint, runner.Snapshot());
                runner.Dispose();
                throw;
            }
        }

        runner?.Dispose();
        progress?.Report(new TrainingProgress(TrainingStage.Finishing, 0, 1));
        return Finish(data, plan, state, device, speed, time.GetElapsedTime(started));
    }

    private TrainingGraph Graph(int size, float[] weights) =>
        TrainingGraph.Build(_network, options.Batch, size, weights, (float)options.LabelSmoothing);

    private void RefuseToOverwrite(RunFolder folder)
    {
        var unfinished = File.Exists(folder.CheckpointPath);
        if (unfinished && !options.Resume)
        {
            throw new TrainingException(
                $"{options.Output} holds a training that was stopped. Go on with --resume, or delete {folder.CheckpointPath} or give another folder with --out.");
        }

        if (!unfinished && options.Resume)
        {
            throw new TrainingException($"There is no stopped training in {options.Output} to resume.");
        }
    }

    private TrainerState Start(RunFolder folder, TrainingGraph graph, string fingerprint)
    {
        if (!options.Resume)
        {
            File.Delete(folder.LogPath);
            return TrainerState.Start(graph, options.Seed);
        }

        var (found, state) = Checkpoint.Read(folder.CheckpointPath);
        return found == fingerprint
            ? state
            : throw new TrainingException(
                $"The training stopped in {options.Output} had other options or other slices. Resume it with the same, or give another folder with --out.");
    }

    private async Task<(double Loss, double ImagesPerSecond)> RunEpochAsync(
        StepRunner runner, BatchFeeder feeder, EpochPlan plan, int epoch, CancellationToken cancellationToken)
    {
        var cycle = new OneCycle(options.LearningRate, options.Epochs * plan.StepsPerEpoch);
        var firstStep = runner.Step - (epoch * plan.StepsPerEpoch);
        var started = time.GetTimestamp();
        var (losses, done) = (0.0, 0);
        await foreach (var batch in feeder.Feed(plan.Order(epoch), epoch, firstStep, cancellationToken).ConfigureAwait(false))
        {
            var step = runner.Step;
            var loss = runner.Run(batch, new StepRates(
                cycle.At(step), options.WeightDecay, Follow(step, AverageDecay), Follow(step, StatisticsDecay)));
            if (!float.IsFinite(loss))
            {
                throw new TrainingException($"The loss is no longer a number at step {step}. Train with a lower learning rate.");
            }

            losses += loss;
            done++;
            if (done % StepsBetweenReports == 0)
            {
                progress?.Report(new TrainingProgress(
                    TrainingStage.Training, runner.Step, cycle.Steps, epoch + 1, losses / done, Speed()));
            }
        }

        return (losses / Math.Max(1, done), Speed());

        double Speed() => done * options.Batch / Math.Max(1e-9, time.GetElapsedTime(started).TotalSeconds);

        static double Follow(int step, double decay) => 1 - Math.Min(decay, (1.0 + step) / (10 + step));
    }

    private void ReportEpoch(RunFolder folder, TrainingData data, TrainerState state, int epoch, double loss, double speed, EpochPlan plan)
    {
        using var runner = Runner(Export(state));
        var heldOut = data.Split.HeldOut.Where(sample => sample.Origin == SampleOrigin.Main).ToArray();
        var figures = Figures.Of(runner.Run(heldOut, CancellationToken.None), TumorClasses.Count, temperature: 1);
        var recall = string.Join(" ", figures.Recall.Select((value, i) => FormattableString.Invariant($"{TumorClasses.Labels[i]} {value:P1}")));
        var entry = new EpochEntry(epoch + 1, loss, figures.Accuracy, figures.Recall, speed);
        File.AppendAllText(folder.LogPath, JsonSerializer.Serialize(entry, TrainingJson.Default.EpochEntry) + "\n");
        progress?.Report(new TrainingProgress(
            TrainingStage.Epoch, state.Step, (long)options.Epochs * plan.StepsPerEpoch, epoch + 1, loss, speed, figures.Accuracy, recall));
    }

    private TrainingReport Finish(TrainingData data, EpochPlan plan, TrainerState state, string device, double speed, TimeSpan duration)
    {
        var model = Export(state);
        using var runner = Runner(model);
        var evaluation = ModelEvaluation.Of(runner, data.Split, data.NonHeads(options.Seed));
        if (evaluation.Collapsed)
        {
            throw new TrainingException(
                "The model answers one class for everything: the training has collapsed and no package was written. Check the labels, or train with a lower learning rate.");
        }

        var report = new TrainingReport(options, evaluation, data.Split.Describe(), [.. data.Skipped], plan.StepsPerEpoch, device, speed, duration);
        PackageWriter.Write(report, data.Preprocessing, model);
        File.Delete(Path.Combine(options.Output, "checkpoint.bin"));
        return report;
    }

    private byte[] Export(TrainerState state) => InferenceGraph.Write(_network, options.Size, state.Average, state.Statistics);

    private ModelRunner Runner(byte[] model)
    {
        using var sessionOptions = TrainingDevice.Open(options.Device, options.ThreadsInUse, out _);
        return new ModelRunner(model, options.Size, sessionOptions);
    }
}
