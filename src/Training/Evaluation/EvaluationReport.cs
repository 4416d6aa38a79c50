using System.Text.Json.Nodes;
using BrainTumorDicom.Classification.Model;
using BrainTumorDicom.Training.Reporting;

namespace BrainTumorDicom.Training.Evaluation;

/// <summary>Writes an evaluation as a page with pictures inside, JSON, and the contact sheet of the misclassified slices.</summary>
public static class EvaluationReport
{
    /// <summary>Writes it.</summary>
    /// <param name="package">The model.</param>
    /// <param name="folder">The set.</param>
    /// <param name="evaluation">The figures.</param>
    /// <param name="output">Where to.</param>
    public static void Write(ModelPackage package, string folder, DetailedEvaluation evaluation, ReportFolder output)
    {
        ArgumentNullException.ThrowIfNull(package);
        ArgumentNullException.ThrowIfNull(evaluation);
        ArgumentNullException.ThrowIfNull(output);
        var page = new HtmlReport($"{package.Manifest.Name} {package.Manifest.Version} on {folder}");
        page.Note($"SHA-256 of model.onnx: {package.Manifest.Sha256}");
        if (evaluation.Skipped.Length > 0)
        {
            page.Warning($"{evaluation.Skipped.Length} files could not be read, the first: {evaluation.Skipped[0]}");
        }

        page.Heading("Figures");
        EvaluationSections.Figures(page, evaluation);
        EvaluationSections.Parts(page, evaluation);
        TrainingCurves.WriteOf(page, package.Folder);
        EvaluationSections.Missed(page, evaluation, output);
        var json = EvaluationJson.Of(evaluation, package.Manifest, withSlices: true);
        json["what"] = "evaluate";
        json["folder"] = folder;
        output.Write(page, json);
    }

    /// <summary>The figures alone, as one JSON object.</summary>
    public static JsonObject ToJson(ModelPackage package, DetailedEvaluation evaluation)
    {
        ArgumentNullException.ThrowIfNull(package);
        ArgumentNullException.ThrowIfNull(evaluation);
        return EvaluationJson.Of(evaluation, package.Manifest, withSlices: false);
    }
}
