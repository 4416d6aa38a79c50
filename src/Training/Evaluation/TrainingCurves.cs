using BrainTumorDicom.Training.Loop;
using BrainTumorDicom.Training.Reporting;

namespace BrainTumorDicom.Training.Evaluation;

/// <summary>Shows how a training went, epoch by epoch.</summary>
internal static class TrainingCurves
{
    /// <summary>The curves of a package that still has its epochs.jsonl beside it; nothing otherwise.</summary>
    public static void WriteOf(HtmlReport page, string packageFolder)
    {
        var path = Path.Combine(packageFolder, RunFolder.LogFile);
        if (File.Exists(path))
        {
            Write(page, EpochHistory.Read(path, int.MaxValue).Entries);
        }
    }

    /// <summary>Loss, accuracy, recall and learning rate.</summary>
    public static void Write(HtmlReport page, IReadOnlyList<EpochEntry> epochs)
    {
        if (epochs.Count == 0)
        {
            return;
        }

        var watched = epochs[^1].Watched;
        var labels = Data.ClassScheme.Of([.. epochs[^1].Recall.Select(_ => "")]).Labels;
        page.Heading("Training");
        page.Chart(SvgChart.Lines([Line("training (augmented)", entry => entry.Loss), Line(watched, entry => entry.WatchedLoss)], "epoch", "loss"), "Loss");

        // Mixed slices have no right answer.
        ChartSeries[] training = epochs.Any(entry => entry.TrainAccuracy > 0) ? [Line("training (augmented)", entry => entry.TrainAccuracy)] : [];
        page.Chart(SvgChart.Lines([.. training, Line(watched, entry => entry.Accuracy)], "epoch", "accuracy"), $"Accuracy, {watched}");
        page.Chart(SvgChart.Lines([.. labels.Select((label, k) => Line(label, entry => entry.Recall[k]))], "epoch", "recall"), $"Recall of each class, {watched}");
        page.Chart(SvgChart.Lines([Line("learning rate", entry => entry.LearningRate)], "epoch", "learning rate"), "Learning rate at the end of each epoch");

        ChartSeries Line(string name, Func<EpochEntry, double> value) => new(name, [.. epochs.Select(entry => ((double)entry.Epoch, value(entry)))]);
    }
}
