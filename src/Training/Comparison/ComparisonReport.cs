using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using BrainTumorDicom.Training.Evaluation;
using BrainTumorDicom.Training.Reporting;

namespace BrainTumorDicom.Training.Comparison;

/// <summary>Writes a comparison as a page, JSON, and a Markdown table.</summary>
public static class ComparisonReport
{
    /// <summary>The table, as models/README.md takes it.</summary>
    public const string TableFile = "table.md";

    /// <summary>Writes all of it.</summary>
    /// <param name="comparison">The figures.</param>
    /// <param name="command">The command that made them.</param>
    /// <param name="output">Where to.</param>
    public static void Write(ModelComparison comparison, string command, ReportFolder output)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        ArgumentNullException.ThrowIfNull(output);
        var page = new HtmlReport($"{comparison.Models.Length} models on {comparison.Folder}");
        page.Note(command);
        foreach (var model in comparison.Models.Where(model => model.Evaluation.Collapsed))
        {
            page.Warning($"{model.Name} answers one class for everything: it has collapsed, and its figures are no result.");
        }

        page.Paragraph(Text($"{comparison.Models[0].Evaluation.Count} slices in {comparison.Models[0].Evaluation.Groups} groups, the same for all. In brackets 95 % intervals, by drawing whole groups 1,000 times; differences are to the first model, on the same draws. A difference whose interval contains 0 may be chance."));
        page.Table(Header(comparison), comparison.Models.Select(model => (IReadOnlyList<string>)Row(model)));
        page.Heading("Confusion matrices");
        page.SideBySide(comparison.Models.Select(model => (Action)(() =>
        {
            page.Subheading(model.Name);
            page.Confusion(comparison.Scheme.Labels, model.Evaluation.Confusion);
            page.Chart(SvgChart.Reliability(model.Evaluation.Bins), "Reliability");
        })));

        Disagreements(page, comparison);
        output.Write(page, ToJson(comparison, command));
        output.WriteText(TableFile, ToMarkdown(comparison, command));
    }

    /// <summary>The table as Markdown, with the command that makes it.</summary>
    public static string ToMarkdown(ModelComparison comparison, string command)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        var header = Header(comparison);
        var text = new StringBuilder();
        Line($"| {string.Join(" | ", header)} |");
        Line($"|{string.Concat(header.Select(_ => "---|"))}");
        foreach (var model in comparison.Models)
        {
            Line($"| {string.Join(" | ", Row(model).Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal)))} |");
        }

        Line($"");
        Line($"{comparison.Models[0].Evaluation.Count} slices in {comparison.Models[0].Evaluation.Groups} groups; in brackets 95 % intervals, by drawing whole groups 1,000 times; differences are to the first model, on the same draws. `{command}`");
        return text.ToString();

        void Line(FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
    }

    /// <summary>Every figure.</summary>
    public static JsonObject ToJson(ModelComparison comparison, string command)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        return new JsonObject
        {
            ["what"] = "compare",
            ["folder"] = comparison.Folder,
            ["command"] = command,
            ["models"] = new JsonArray([.. comparison.Models.Select(model =>
            {
                var json = EvaluationJson.Of(model.Evaluation, model.Package.Manifest, withSlices: false);
                json["package"] = model.Package.Folder;
                json["bytes"] = model.Bytes;
                json["accuracyDifference"] = EvaluationJson.Node(model.AccuracyDifference);
                json["recallDifference"] = EvaluationJson.Node(model.RecallDifference);
                return json;
            })]),
        };
    }

    // In binary mode a missed tumour is what counts most.
    private static string[] Header(ModelComparison comparison) =>
    [
        "model",
        .. comparison.Scheme.IsBinary ? ["sensitivity", "specificity"] : comparison.Scheme.Labels.Select(label => "recall " + label),
        "accuracy", "difference", "mean recall difference", "mean F1", "calibration error", "MB", "slices/s",
    ];

    private static string[] Row(ComparedModel model)
    {
        var evaluation = model.Evaluation;
        return
        [
            model.Name,
            .. evaluation.Scheme.IsBinary
                ? [evaluation.Binary.Sensitivity.Percent, evaluation.Binary.Specificity.Percent]
                : evaluation.Recall.Select(recall => recall.Percent),
            evaluation.Accuracy.Percent,
            Points(model.AccuracyDifference),
            Points(model.RecallDifference),
            evaluation.MacroF1.Percent,
            evaluation.CalibrationError.Percent,
            Text($"{model.Bytes / 1e6:F1}"),
            Text($"{evaluation.SlicesPerSecond:F0}"),
        ];
    }

    private static void Disagreements(HtmlReport page, ModelComparison comparison)
    {
        var first = comparison.Models[0].Evaluation.Results;
        page.Heading("Where they differ");
        page.Table(
            ["beside " + comparison.Models[0].Name, "both right", "only the first right", "only the other right", "both wrong"],
            comparison.Models.Skip(1).Select(model =>
            {
                var pairs = first.Zip(model.Evaluation.Results).CountBy(pair => (pair.First.IsRight, pair.Second.IsRight)).ToDictionary();
                return (IReadOnlyList<string>)[model.Name, Count(true, true), Count(true, false), Count(false, true), Count(false, false)];

                string Count(bool one, bool other) => Text($"{pairs.GetValueOrDefault((one, other))}");
            }));
    }

    private static string Points(Interval difference) => Text($"{100 * difference.Value:+0.00;-0.00;0} ({100 * difference.Low:+0.0;-0.0;0} to {100 * difference.High:+0.0;-0.0;0})");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
