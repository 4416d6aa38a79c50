using System.Collections.Immutable;
using System.Text.Json.Nodes;
using BrainTumorDicom.Classification.Findings;
using BrainTumorDicom.Classification.Model;
using BrainTumorDicom.Training.Evaluation;

namespace BrainTumorDicom.Cli;

/// <summary>Shows the figures of an evaluation, as text or JSON.</summary>
internal static class EvaluationDisplay
{
    /// <summary>The figures of a training.</summary>
    public static void Write(string title, EvaluationFigures figures)
    {
        Console.WriteLine(FormattableString.Invariant(
            $"{title}: {figures.Accuracy:P2} of {figures.Count} slices right; calibration error {figures.ExpectedCalibrationError:P2}"));
        WriteConfusion(LabelsOf(figures), figures);
    }

    /// <summary>The figures of an evaluation, recall first.</summary>
    public static void Write(string title, DetailedEvaluation evaluation)
    {
        Console.WriteLine(FormattableString.Invariant($"{title}: {evaluation.Count} slices in {evaluation.Groups} groups"));
        if (evaluation.Scheme.IsBinary)
        {
            Console.WriteLine($"sensitivity {evaluation.Binary.Sensitivity.Percent}, specificity {evaluation.Binary.Specificity.Percent}");
        }

        for (var k = 0; k < evaluation.Scheme.Count; k++)
        {
            Console.WriteLine($"{evaluation.Scheme.Labels[k],-12} recall {evaluation.Recall[k].Percent,-26} precision {evaluation.Precision[k].Percent,-26} F1 {evaluation.F1[k].Percent}");
        }

        Console.WriteLine($"accuracy {evaluation.Accuracy.Percent}, calibration error {evaluation.CalibrationError.Percent}");
        Console.WriteLine(FormattableString.Invariant($"{evaluation.SlicesPerSecond:F0} slices a second; {evaluation.OutsideGate} are outside the input gate"));
        WriteConfusion(evaluation.Scheme.Labels, evaluation.ToFigures());
        foreach (var pattern in evaluation.Patterns.Where(pattern => pattern.Missed > 0))
        {
            Console.WriteLine(pattern.Text);
        }

        if (evaluation.Skipped.Length > 0)
        {
            Console.WriteLine($"Skipped {evaluation.Skipped.Length} files, the first: {evaluation.Skipped[0]}");
        }
    }

    /// <summary>The figures of a training as JSON.</summary>
    public static JsonObject ToJson(EvaluationFigures figures, double temperature, string what)
    {
        IReadOnlyList<string> labels = LabelsOf(figures);
        return new JsonObject
        {
            ["what"] = what,
            ["count"] = figures.Count,
            ["accuracy"] = figures.Accuracy,
            ["recall"] = ByClass(i => figures.Recall[i]),
            ["precision"] = ByClass(i => figures.Precision[i]),
            ["expectedCalibrationError"] = figures.ExpectedCalibrationError,
            ["temperature"] = temperature,
            ["labels"] = new JsonArray([.. labels.Select(label => JsonValue.Create(label))]),
            ["confusion"] = new JsonArray([.. figures.Confusion.Chunk(labels.Count).Select(row => (JsonNode)new JsonArray([.. row.Select(count => JsonValue.Create(count))]))]),
        };

        JsonObject ByClass(Func<int, double> value) => new(labels.Select((label, i) => KeyValuePair.Create(label, (JsonNode?)JsonValue.Create(value(i)))));
    }

    private static ImmutableArray<string> LabelsOf(EvaluationFigures figures) =>
        figures.Recall.Length == TumorClasses.Count ? TumorClasses.Labels : TumorClasses.BinaryLabels;

    private static void WriteConfusion(IReadOnlyList<string> labels, EvaluationFigures figures)
    {
        Console.WriteLine($"{"true \\ answered",-16}{string.Concat(labels.Select(label => $"{label,12}"))}{"recall",10}{"precision",11}");
        for (var row = 0; row < labels.Count; row++)
        {
            var counts = string.Concat(figures.Confusion.Skip(row * labels.Count).Take(labels.Count).Select(count => $"{count,12}"));
            Console.WriteLine(FormattableString.Invariant(
                $"{labels[row],-16}{counts}{figures.Recall[row],10:P1}{figures.Precision[row],11:P1}"));
        }

        Console.WriteLine();
    }
}
