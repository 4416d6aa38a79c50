using BrainTumorDicom.Training.Data;
using BrainTumorDicom.Training.Evaluation;

namespace BrainTumorDicom.Training.Loop;

/// <summary>Runs the epochs of a training, from wherever it was stopped to its end.</summary>
internal sealed class EpochLoop(
    TrainingOptions options,
    RunFolder folder,
    string fingerprint,
    TrainingData data,
    TrainingPool pool,
    EpochPlan plan,
    SizedRunners runners,
    TrainedModel model,
    TimeProvider time,
    IProgress<TrainingProgress>? progress)
{
    private const double StatisticsDecay = 0.99;
    private const int StepsBetweenReports = 10;

    /// <summary>The epochs done.</summary>
    public EpochHistory History { get; } = EpochHistory.Read(folder.LogPath, runners.Step / plan.StepsPerEpoch);

    private bool KeepsBest => options.Schedule.Patience > 0;

    private long AllSteps => (long)options.Epochs * plan.StepsPerEpoch;

    /// <summary>Goes on from the runner's step to the last epoch, or to where the training ends early.</summary>
    /// <param name="sums">Of the epoch that had begun.</param>
    /// <param name="cancellationToken">Stops between steps; the state is kept.</param>
    public async Task RunAsync(EpochSums sums, CancellationToken cancellationToken)
    {
        while (true)
        {
            var done = runners.Step / plan.StepsPerEpoch;
            if (runners.Step % plan.StepsPerEpoch == 0 && done > 0 && History.Last != done)
            {
                // Also where the last run was killed between an epoch and its evaluation.
                Conclude(done, sums);
                sums = default;
            }

            if (done >= options.Epochs || History.IsExhausted(options.Schedule.Patience))
            {
                return;
            }

            sums = runners.Step % plan.StepsPerEpoch == 0 ? default : sums;
            sums = await RunEpochAsync(done, sums, cancellationToken).ConfigureAwait(false);
            Checkpoint.Write(folder.CheckpointPath, fingerprint, runners.Snapshot(), sums);
        }
    }

    /// <summary>The state that the model is made of: the last, or the best where the training may end early.</summary>
    public TrainerState BestState() => KeepsBest && File.Exists(folder.BestPath) && Checkpoint.Read(folder.BestPath) is var best && best.Fingerprint == fingerprint
        ? best.State
        : runners.Snapshot();

    private BatchFeeder Feeder(int epoch, int placeGrid)
    {
        var (size, plain) = (options.SizeOf(epoch), epoch < options.PlainEpochs);
        var augmenters = Enum.GetValues<Classification.Findings.TumorClass>().Select(label => pool.AugmenterOf(size, options.Augmentation.Of(label), plain)).ToArray();
        var mixup = options.Regularization.Mixup > 0 ? new Mixup(options.Regularization.Mixup, options.Scheme.Count) : null;
        var maker = new BatchMaker(augmenters, data.Preprocessing, options.Scheme, mixup, options.Seed, Math.Max(1, options.ThreadsInUse / 2), placeGrid);
        return new BatchFeeder(pool.Samples, maker, options.Batch);
    }

    private async Task<EpochSums> RunEpochAsync(int epoch, EpochSums sums, CancellationToken cancellationToken)
    {
        var factor = History.PlateauFactor(options.Schedule.PlateauPatience, options.Schedule.PlateauFactor);
        var runner = runners.Of(options.SizeOf(epoch));
        var firstStep = runner.Step - (epoch * plan.StepsPerEpoch);
        var started = time.GetTimestamp();
        var first = sums.Steps;
        try
        {
            await foreach (var batch in Feeder(epoch, runner.PlaceGrid).Feed(plan.Order(epoch), epoch, firstStep, cancellationToken).ConfigureAwait(false))
            {
                var loss = runner.Run(batch, RatesOf(runner.Step, factor));
                if (!float.IsFinite(loss))
                {
                    throw new CollapsedException($"The loss is no longer a number at step {runner.Step}. Train with a lower --learning-rate, in another folder.");
                }

                sums = sums.With(loss, Right(runner, batch));
                if (sums.Steps % StepsBetweenReports == 0)
                {
                    progress?.Report(new TrainingProgress(
                        TrainingStage.Training, runner.Step, AllSteps, epoch + 1, sums.Loss / sums.Steps, Speed(), Remaining: Remaining()));
                }
            }
        }
        catch (OperationCanceledException)
        {
            Checkpoint.Write(folder.CheckpointPath, fingerprint, runner.Snapshot(), sums);
            throw;
        }

        LastSpeed = Speed();
        return sums;

        double Speed() => (sums.Steps - first) * options.Batch / Math.Max(1e-9, time.GetElapsedTime(started).TotalSeconds);

        TimeSpan Remaining() => time.GetElapsedTime(started) / Math.Max(1, sums.Steps - first) * (AllSteps - runner.Step);
    }

    private double LastSpeed { get; set; }

    private StepRates RatesOf(int step, double factor)
    {
        var rate = options.Schedule.Kind switch
        {
            ScheduleKind.OneCycle => new OneCycle(options.LearningRate, (int)AllSteps).At(step),
            ScheduleKind.Plateau => options.LearningRate * factor,
            _ => options.LearningRate,
        };
        return new StepRates(
            rate,
            options.WeightDecay,
            options.Regularization.AverageDecay > 0 ? Follow(step, options.Regularization.AverageDecay) : 1,
            Follow(step, StatisticsDecay),
            options.Schedule.Optimizer == OptimizerKind.Adam);

        // The averages follow over some 500 and 100 steps, and faster while there are few.
        static double Follow(int step, double decay) => 1 - Math.Min(decay, (1.0 + step) / (10 + step));
    }

    private int Right(StepRunner runner, SliceBatch batch)
    {
        var (right, classes) = (0, options.Scheme.Count);
        for (var i = 0; batch.Targets is null && i < batch.Labels.Length; i++)
        {
            var logits = runner.Logits.Slice(i * classes, classes);
            var best = 0;
            for (var k = 1; k < classes; k++)
            {
                best = logits[k] > logits[best] ? k : best;
            }

            right += best == batch.Labels[i] ? 1 : 0;
        }

        return right;
    }

    // The order matters: a kill in between leaves a state that decides the same again.
    private void Conclude(int epoch, EpochSums sums)
    {
        var state = runners.Snapshot();
        using var evaluated = model.Run(state);
        var predictions = evaluated.Run(data.Watched, CancellationToken.None);
        var figures = Figures.Of(predictions, options.Scheme.Count, temperature: 1);
        var loss = Enumerable.Range(0, predictions.Count).Sum(i => Figures.NegativeLogLikelihood(predictions.LogitsOf(i), predictions.Labels[i], 1)) / Math.Max(1, predictions.Count);
        var factor = History.PlateauFactor(options.Schedule.PlateauPatience, options.Schedule.PlateauFactor);
        var entry = new EpochEntry(
            epoch,
            RatesOf(runners.Step - 1, factor).LearningRate,
            sums.Loss / Math.Max(1, sums.Steps),
            (double)sums.Right / Math.Max(1, sums.Steps * options.Batch),
            data.WatchedName,
            loss,
            figures.Accuracy,
            figures.Recall,
            figures.Confusion,
            LastSpeed,
            time.GetUtcNow());
        History.Add(entry);
        if (KeepsBest && History.Best == epoch)
        {
            Checkpoint.Write(folder.BestPath, fingerprint, state, default);
        }

        History.Write(folder.LogPath);
        model.WriteEvents(folder, History, state);
        var left = LastSpeed > 0 ? TimeSpan.FromSeconds((AllSteps - runners.Step) * options.Batch / LastSpeed) : (TimeSpan?)null;
        var recall = string.Join(" ", figures.Recall.Select((value, i) => FormattableString.Invariant($"{options.Scheme.Labels[i]} {value:P1}")));
        progress?.Report(new TrainingProgress(
            TrainingStage.Epoch, runners.Step, AllSteps, epoch, entry.Loss, LastSpeed, figures.Accuracy,
            FormattableString.Invariant($"{data.WatchedName} {figures.Accuracy:P2} (recall {recall})"), left));
    }
}
