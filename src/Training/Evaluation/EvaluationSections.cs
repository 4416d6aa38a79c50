using System.Globalization;
using BrainTumorDicom.Training.Reporting;

namespace BrainTumorDicom.Training.Evaluation;

/// <summary>The parts of a page that show an evaluation.</summary>
internal static class EvaluationSections
{
    private const int TileSide = 144;
    private const int PageColumns = 3;
    private const int SheetColumns = 6;
    private const int MostShown = 60;

    /// <summary>The headline: recall of each class, in binary mode sensitivity first; then everything else of the classification report.</summary>
    public static void Figures(HtmlReport page, DetailedEvaluation evaluation)
    {
        var scheme = evaluation.Scheme;
        if (evaluation.Collapsed)
        {
            page.Warning("The model answers one class for everything: it has collapsed, and none of the figures below is a result.");
        }

        foreach (var k in Enumerable.Range(0, scheme.Count).Where(k => !evaluation.Collapsed && evaluation.Recall[k].Value == 0))
        {
            page.Warning($"Not one slice of {scheme.Labels[k]} is found: the model does not know this class.");
        }

        page.Paragraph(Text($"{evaluation.Count} slices in {evaluation.Groups} groups. Intervals are 95 %, by drawing whole groups 1,000 times."));
        page.Table(["", "sensitivity: tumour called tumour", "specificity: none called none", "area under the curve", "clear ones filtered without loss"], [[
            "tumour or none", evaluation.Binary.Sensitivity.Percent, evaluation.Binary.Specificity.Percent, Text($"{evaluation.Binary.Auc:F4}"), Text($"{evaluation.Binary.Cleared:P1}")]]);
        page.Table(
            ["class", "recall", "precision", "F1", "slices"],
            [
                .. Enumerable.Range(0, scheme.Count).Select(k => (IReadOnlyList<string>)
                [
                    scheme.Labels[k],
                    evaluation.Recall[k].Percent,
                    evaluation.Precision[k].Percent,
                    evaluation.F1[k].Percent,
                    Text($"{evaluation.Results.Count(result => result.Label == k)}"),
                ]),
                ["all, mean over classes", evaluation.BalancedAccuracy.Percent, "", evaluation.MacroF1.Percent, Text($"{evaluation.Count}")],
            ]);
        page.Table(
            ["accuracy", "calibration error", "log loss", "Brier score", "outside the input gate", "slices a second"],
            [[
                evaluation.Accuracy.Percent,
                evaluation.CalibrationError.Percent,
                Text($"{evaluation.LogLoss:F4}"),
                Text($"{evaluation.BrierScore:F4}"),
                Text($"{evaluation.OutsideGate}"),
                evaluation.SlicesPerSecond > 0 ? Text($"{evaluation.SlicesPerSecond:F0}") : "-",
            ]]);
        page.Subheading("Confusion");
        page.Confusion(scheme.Labels, evaluation.Confusion);
        page.Chart(SvgChart.Reliability(evaluation.Bins), "Reliability: accuracy (bar) where the model is so sure (dot); the closer to the dashed line, the better calibrated. Below each bar the number of slices.");
    }

    /// <summary>By plane, source and size.</summary>
    public static void Parts(HtmlReport page, DetailedEvaluation evaluation)
    {
        page.Heading("Sub-groups");
        page.Table(
            ["by", "part", "slices", "accuracy", .. evaluation.Scheme.Labels.Select(label => "recall " + label)],
            evaluation.Subgroups.Select(part => (IReadOnlyList<string>)
            [
                part.Kind,
                part.Name,
                Text($"{part.Count}"),
                part.Accuracy.Percent,
                .. part.Recall.Select(value => double.IsFinite(value) ? Text($"{value:P1}") : "-"),
            ]));
    }

    /// <summary>The missed slices: what they have in common, and pictures of them with the attention for the true and for the answered class.</summary>
    public static void Missed(HtmlReport page, DetailedEvaluation evaluation, ReportFolder folder)
    {
        page.Heading("Misclassified slices");
        foreach (var pattern in evaluation.Patterns)
        {
            page.Paragraph(pattern.Text);
        }

        var missed = evaluation.Results.Where(result => !result.IsRight).OrderBy(result => result.Label).ThenByDescending(result => result.Confidence).ToArray();
        if (missed.Length == 0)
        {
            return;
        }

        page.Note(Text($"Each pair: left the attention for the true class, right that for the answer; the surest mistakes of each class first. {Math.Min(MostShown, missed.Length)} of {missed.Length} are shown, all of them are on misclassified.png."));
        foreach (var own in missed.Take(MostShown).GroupBy(result => result.Label))
        {
            page.Subheading($"{evaluation.Scheme.Labels[own.Key]} taken for something else");
            page.Image(Gallery([.. own], evaluation, PageColumns).ToPng(), $"Missed slices of {evaluation.Scheme.Labels[own.Key]}");
        }

        folder.WriteBytes("misclassified.png", Gallery(missed, evaluation, SheetColumns).ToPng());
    }

    private static Picture Gallery(IReadOnlyList<SliceResult> results, DetailedEvaluation evaluation, int columns) => ContactSheet.Of(
        [.. results.Select(result => (
            Tile(result),
            Path.GetFileName(result.Sample.Name),
            Text($"{evaluation.Scheme.Labels[result.Label]} > {evaluation.Scheme.Labels[result.Answer]} {result.Confidence:P0}")))],
        columns);

    private static Picture Tile(SliceResult result)
    {
        var slice = result.Picture();
        var tile = new Picture(TileSide, 2 * TileSide, Rgb.Black);
        tile.Draw(0, 0, SlicePicture.Overlay(slice, result.Size, result.MapOf(result.Label), result.AttentionRows, result.AttentionColumns, TileSide));
        tile.Draw(0, TileSide, SlicePicture.Overlay(slice, result.Size, result.MapOf(result.Answer), result.AttentionRows, result.AttentionColumns, TileSide));
        return tile;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
