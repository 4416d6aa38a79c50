using System.Text.Json.Nodes;
using BrainTumorDicom.Classification.Findings;
using BrainTumorDicom.Classification.Model;

namespace BrainTumorDicom.Cli;

/// <summary>Shows the figures of an evaluation, as text or JSON.</summary>
internal static class EvaluationDisplay
{
    public static void Write(string title, EvaluationFigures figures)
    {
        Console.WriteLine(FormattableString.Invariant(
            $"{title}: {figures.Accuracy:P2} of {figures.Count} slices right; calibration error {figures.ExpectedCalibrationError:P2}"));
        Console.WriteLine($"{"true \\ answered",-16}{string.Concat(TumorClasses.Labels.Select(label => $"{label,12}"))}{"recall",10}{"precision",11}");
        for (var row = 0; row < TumorClasses.Count; row++)
        {
            var counts = string.Concat(figures.Confusion.Skip(row * TumorClasses.Count).Take(TumorClasses.Count).Select(count => $"{count,12}"));
            Console.WriteLine(FormattableString.Invariant(
                $"{TumorClasses.Labels[row],-16}{counts}{figures.Recall[row],10:P1}{figures.Precision[row],11:P1}"));
        }

        Console.WriteLine();
    }

    public static JsonObject ToJson(EvaluationFigures figures, double temperature, string what) => new()
    {
        ["what"] = what,
        ["count"] = figures.Count,
        ["accuracy"] = figures.Accuracy,
        ["recall"] = ByClass(i => figures.Recall[i]),
        ["precision"] = ByClass(i => figures.Precision[i]),
        ["expectedCalibrationError"] = figures.ExpectedCalibrationError,
        ["temperature"] = temperature,
        ["labels"] = new JsonArray([.. TumorClasses.Labels.Select(label => JsonValue.Create(label))]),
        ["confusion"] = new JsonArray([.. Enumerable.Range(0, TumorClasses.Count).Select(row => (JsonNode)new JsonArray(
            [.. figures.Confusion.Skip(row * TumorClasses.Count).Take(TumorClasses.Count).Select(count => JsonValue.Create(count))]))]),
    };

    private static JsonObject ByClass(Func<int, double> value)
    {
        var result = new JsonObject();
        for (var i = 0; i < TumorClasses.Count; i++)
        {
            result[TumorClasses.Labels[i]] = value(i);
        }

        return result;
    }
}
