using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using BrainTumorDicom.Classification.Model;
using BrainTumorDicom.Training.Reporting;

namespace BrainTumorDicom.Training.Tuning;

/// <summary>Writes a search as a page with its table, and JSON.</summary>
public static class TuningReport
{
    /// <summary>Writes it.</summary>
    /// <param name="results">The best first, as <see cref="Tuner"/> gives them.</param>
    /// <param name="command">The command that made them.</param>
    /// <param name="folder">Of the search.</param>
    public static void Write(IReadOnlyList<TrialResult> results, string command, ReportFolder folder)
    {
        ArgumentNullException.ThrowIfNull(results);
        ArgumentNullException.ThrowIfNull(folder);
        var page = new HtmlReport("Search for settings");
        page.Note(command);
        page.Paragraph("Ranked by mean recall on the validation slices, the longest trainings first. The held-out slices have no part in the choice.");
        page.Table(
            ["rank", "settings", "epochs", "mean recall", "accuracy", "loss", "minutes", "folder", ""],
            results.Select((trial, i) => (IReadOnlyList<string>)
            [
                Text($"{i + 1}"), string.Join(", ", trial.Settings), Text($"{trial.Epochs}"), Text($"{trial.BalancedAccuracy:P2}"), Text($"{trial.Accuracy:P2}"),
                Text($"{trial.Loss:F4}"), Text($"{trial.Seconds / 60:F1}"), trial.Folder, trial.Failure ?? "",
            ]));
        page.Chart(SvgChart.Bars([.. results.Take(30).Select((trial, i) => (Text($"{i + 1}"), trial.BalancedAccuracy))], "rank", "mean recall"), "Mean recall on the validation slices, by rank");
        Axes(page, results);
        var best = ModelPackage.Load(Path.Combine(folder.Path, results[0].Folder)).Manifest.Evaluation;
        page.Heading("The best, on the held-out slices");
        page.Paragraph(Text($"{string.Join(", ", results[0].Settings)}: {best.Accuracy:P2} of {best.Count}, mean recall {best.Recall.Average():P2}, calibration error {best.ExpectedCalibrationError:P2}."));
        folder.Write(page, new JsonObject
        {
            ["what"] = "tune",
            ["command"] = command,
            ["trials"] = JsonSerializer.SerializeToNode([.. results], TuningJson.Default.TrialResultArray),
            ["best"] = new JsonObject
            {
                ["folder"] = results[0].Folder,
                ["heldOutAccuracy"] = best.Accuracy,
                ["heldOutRecall"] = new JsonArray([.. best.Recall.Select(recall => JsonValue.Create(recall))]),
            },
        });
    }

    // What each value of each option gave, over whatever it was combined with.
    private static void Axes(HtmlReport page, IReadOnlyList<TrialResult> results)
    {
        page.Heading("By option");
        page.Table(
            ["option and value", "trainings", "best mean recall", "median"],
            results.SelectMany(trial => trial.Settings, (trial, setting) => (setting, trial.BalancedAccuracy))
                .GroupBy(pair => pair.setting)
                .OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group =>
                {
                    var sorted = group.Select(pair => pair.BalancedAccuracy).Order().ToArray();
                    return (IReadOnlyList<string>)[group.Key, Text($"{sorted.Length}"), Text($"{sorted[^1]:P2}"), Text($"{sorted[sorted.Length / 2]:P2}")];
                }));
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
