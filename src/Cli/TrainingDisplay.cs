using System.Text.Json;
using System.Text.Json.Nodes;
using BrainTumorDicom.Training.Loop;
using BrainTumorDicom.Training.Reporting;
using Spectre.Console;

namespace BrainTumorDicom.Cli;

/// <summary>Shows a training: a progress bar on a terminal, one line an epoch elsewhere, JSON lines where asked for.</summary>
internal static class TrainingDisplay
{
    public static async Task<TrainingReport> RunAsync(TrainingOptions options, bool json, CancellationToken cancellationToken)
    {
        if (json || Console.IsOutputRedirected)
        {
            return await new Trainer(options, TimeProvider.System, new Lines(json)).RunAsync(cancellationToken).ConfigureAwait(false);
        }

        return await AnsiConsole.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(context => new Trainer(options, TimeProvider.System, new Bars(context)).RunAsync(cancellationToken))
            .ConfigureAwait(false);
    }

    public static void Write(TrainingReport report, bool json)
    {
        if (json)
        {
            Console.WriteLine(EvaluationDisplay.ToJson(report.Evaluation.HeldOut, report.Evaluation.Temperature, "held-out").ToJsonString());
            return;
        }

        EvaluationDisplay.Write("Held out", report.Evaluation.HeldOut);
        if (report.Evaluation.HeldOutAlso.Count > 0)
        {
            EvaluationDisplay.Write("Held out, further sets", report.Evaluation.HeldOutAlso);
        }

        if (report.Evaluation.HeldOutPhantoms.Count > 0)
        {
            EvaluationDisplay.Write("Held out, phantoms", report.Evaluation.HeldOutPhantoms);
        }

        Console.WriteLine(FormattableString.Invariant(
            $"{report.ImagesPerSecond:F0} slices a second, {report.Duration.TotalMinutes:F1} minutes. Model package: {report.Options.Output}; report: {Path.Combine(report.Options.Output, "report", ReportFolder.PageFile)}"));
        if (report.Skipped.Length > 0)
        {
            Console.WriteLine($"Skipped {report.Skipped.Length} files, the first: {report.Skipped[0]}");
        }
    }

    private sealed class Bars(ProgressContext context) : IProgress<TrainingProgress>
    {
        private readonly Dictionary<string, ProgressTask> _tasks = [];

        public void Report(TrainingProgress value)
        {
            lock (_tasks)
            {
                if (value.Stage == TrainingStage.Weights)
                {
                    AnsiConsole.MarkupLineInterpolated($"{value.Detail}");
                    return;
                }

                var key = value.Stage == TrainingStage.Reading ? "reading " + Path.GetFileName(value.Detail) : "training";
                if (!_tasks.TryGetValue(key, out var task))
                {
                    _tasks[key] = task = context.AddTask(Markup.Escape(key));
                }

                task.MaxValue = Math.Max(1, value.Total);
                task.Value = value.Stage == TrainingStage.Finishing ? task.MaxValue : value.Done;
                if (value.Stage is TrainingStage.Training)
                {
                    task.Description = FormattableString.Invariant($"epoch {value.Epoch}, loss {value.Loss:F3}, {value.ImagesPerSecond:F0} slices/s");
                }
                else if (value.Stage is TrainingStage.Epoch)
                {
                    AnsiConsole.MarkupLineInterpolated($"{EpochLine(value)}");
                }
            }
        }
    }

    private sealed class Lines(bool json) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (value.Stage == TrainingStage.Weights && !json)
            {
                Console.WriteLine(value.Detail);
            }

            if (value.Stage != TrainingStage.Epoch)
            {
                return;
            }

            Console.WriteLine(json
                ? new JsonObject
                {
                    ["epoch"] = value.Epoch,
                    ["loss"] = value.Loss,
                    ["accuracy"] = value.Accuracy,
                    ["imagesPerSecond"] = value.ImagesPerSecond,
                }.ToJsonString(JsonSerializerOptions.Default)
                : EpochLine(value));
        }
    }

    private static string EpochLine(TrainingProgress value) => FormattableString.Invariant(
        $"epoch {value.Epoch}: loss {value.Loss:F4}, {value.Detail}, {value.ImagesPerSecond:F0} slices/s{Left(value.Remaining)}");

    private static string Left(TimeSpan? remaining) => remaining is { } left ? FormattableString.Invariant($", {(int)left.TotalHours}:{left.Minutes:D2}:{left.Seconds:D2} left") : "";
}
