using BrainTumorDicom.Classification.Execution;
using BrainTumorDicom.Slices.Conversion;
using BrainTumorDicom.Training.Data;
using BrainTumorDicom.Training.Evaluation;
using BrainTumorDicom.Training.Networks;
using BrainTumorDicom.Training.Reporting;
using BrainTumorDicom.Training.Reporting.TensorBoard;

namespace BrainTumorDicom.Training.Loop;

/// <summary>Makes a model of a training's state: to measure it, and at the end to ship it.</summary>
internal sealed class TrainedModel(TrainingOptions options, PreprocessingParameters preprocessing, NetworkDesign design)
{
    /// <summary>Where page, figures and event files go, beside the package.</summary>
    private const string ReportPath = "report";

    /// <summary>The model of a state, loaded.</summary>
    public ModelRunner Run(TrainerState state) => Load(Export(state));

    /// <summary>Writes the TensorBoard event file anew from the epochs done.</summary>
    public void WriteEvents(RunFolder folder, EpochHistory history, TrainerState state)
    {
        var reports = new ReportFolder(Path.Combine(folder.Path, ReportPath));
        reports.WriteBytes(TrainingEvents.FileName, TrainingEvents.Write(history.Entries, options.Scheme.Labels, Export(state)));
    }

    /// <summary>Evaluates, writes the package and the report, and removes what is only needed to go on.</summary>
    /// <exception cref="TrainingException">One class is answered for everything, or the disk is full.</exception>
    public TrainingReport Finish(
        TrainingData data, TrainerState state, EpochPlan plan, EpochHistory history, string device, TimeSpan duration, RunFolder folder)
    {
        var model = Export(state);
        using var runner = Load(model);
        var evaluation = ModelEvaluation.Of(runner, data.Split, data.StyledHeads(options), data.NonHeads(options.Seed), options.Scheme);
        if (evaluation.Collapsed)
        {
            throw new CollapsedException(
                "The model answers one class for everything: the training has collapsed and no package was written. Check the labels, or train with a lower --learning-rate, in another folder.");
        }

        var report = new TrainingReport(
            options, evaluation, data.Split.Describe(), [.. data.Skipped], plan.StepsPerEpoch, device, history.Entries.Count == 0 ? 0 : history.Entries[^1].ImagesPerSecond, duration)
        {
            SharedGroups = data.Split.SharedGroups,
            EpochsDone = history.Entries.Count,
            BestEpoch = options.Schedule.Patience > 0 ? history.Best : history.Entries.Count,
            Validation = options.Validation == 0 ? null : ValidationOf(history),
        };
        try
        {
            var package = PackageWriter.Write(report, preprocessing, model);
            using var classifier = Classifier.LoadAny(package, options.Device, options.ThreadsInUse);
            var heldOut = SliceResults.Of(classifier, data.HeldOutMain, CancellationToken.None);
            var detailed = DetailedEvaluation.Of(heldOut, options.Scheme, package.Manifest.Gate.Threshold, data.Skipped);
            TrainingReportPage.Write(report, package, detailed, history.Entries, new ReportFolder(Path.Combine(folder.Path, ReportPath)));
            File.WriteAllText(Path.Combine(options.Output, ModelCard.FileName), ModelCard.Write(report, package.Manifest, model.Length, detailed));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new TrainingException(
                $"The package cannot be written to {options.Output}: {error.Message.ReplaceLineEndings(" ")} The training itself is kept. Make room on the disk, then go on with the same command and --resume.", error);
        }

        File.Delete(folder.CheckpointPath);
        File.Delete(folder.BestPath);
        return report;
    }

    private ValidationFigures? ValidationOf(EpochHistory history)
    {
        var epoch = options.Schedule.Patience > 0 ? history.Best : history.Entries.Count;
        return history.Entries.FirstOrDefault(entry => entry.Epoch == epoch) is { } entry
            ? new ValidationFigures(entry.Accuracy, entry.Recall.Average(), entry.WatchedLoss)
            : null;
    }

    private byte[] Export(TrainerState state) => InferenceGraph.Write(design, options.Size, state.Average, state.Statistics);

    private ModelRunner Load(byte[] model)
    {
        using var sessionOptions = TrainingDevice.Open(options.Device, options.ThreadsInUse, out _);
        return new ModelRunner(model, preprocessing, options.TestTimeFlips, options.Scheme, sessionOptions);
    }
}
