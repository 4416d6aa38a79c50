using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using BrainTumorDicom.Classification.Findings;
using BrainTumorDicom.Classification.Model;
using BrainTumorDicom.Training.Evaluation;
using BrainTumorDicom.Training.Reporting;

namespace BrainTumorDicom.Training.Loop;

/// <summary>Writes the report of a training: what was asked for, how it went, how good the model is on what it never saw.</summary>
internal static class TrainingReportPage
{
    public static void Write(
        TrainingReport report, ModelPackage package, DetailedEvaluation heldOut, IReadOnlyList<EpochEntry> epochs, ReportFolder folder)
    {
        var manifest = package.Manifest;
        var page = new HtmlReport($"Training of {manifest.Name} {manifest.Version}");
        page.Note($"SHA-256 of model.onnx: {manifest.Sha256}");
        if (report.Skipped.Length > 0)
        {
            page.Warning($"{report.Skipped.Length} files could not be read, the first: {report.Skipped[0]}");
        }

        page.Paragraph(string.Create(
            CultureInfo.InvariantCulture,
            $"{report.EpochsDone} epochs of {report.StepsPerEpoch} steps on {report.Device}, {report.ImagesPerSecond:F0} slices a second, {report.Duration.TotalMinutes:F1} minutes; the weights are those of epoch {report.BestEpoch}."));
        page.Heading("Slices");
        page.Table(
            ["from", "class", "trained on", "groups", "validation", "groups", "held out", "groups"],
            report.Counts.Select(count => (IReadOnlyList<string>)
            [
                ModelCard.NameOf(count.Origin, report.Options), count.Label.Label(), Text(count.Train), Text(count.TrainGroups),
                Text(count.Validation), Text(count.ValidationGroups), Text(count.HeldOut), Text(count.HeldOutGroups),
            ]));
        TrainingCurves.Write(page, epochs);
        page.Heading("Held out");
        EvaluationSections.Figures(page, heldOut);
        EvaluationSections.Parts(page, heldOut);
        EvaluationSections.Missed(page, heldOut, folder);
        var json = EvaluationJson.Of(heldOut, manifest, withSlices: true);
        json["what"] = "train";
        json["epochs"] = JsonSerializer.SerializeToNode([.. epochs], TrainingJson.Default.EpochEntryArray);
        json["counts"] = new JsonArray([.. report.Counts.Select(count => new JsonObject
        {
            ["origin"] = count.Origin.ToString(),
            ["label"] = count.Label.Label(),
            ["train"] = count.Train,
            ["validation"] = count.Validation,
            ["heldOut"] = count.HeldOut,
        })]);
        json["device"] = report.Device;
        json["imagesPerSecond"] = report.ImagesPerSecond;
        json["bestEpoch"] = report.BestEpoch;
        folder.Write(page, json);
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
