using System.Text.Json.Nodes;
using BrainTumorDicom.Classification.Model;

namespace BrainTumorDicom.Training.Evaluation;

/// <summary>Every figure of an evaluation as JSON.</summary>
internal static class EvaluationJson
{
    public static JsonObject Of(DetailedEvaluation evaluation, ModelManifest manifest, bool withSlices)
    {
        var labels = evaluation.Scheme.Labels;
        var json = new JsonObject
        {
            ["model"] = manifest.Name,
            ["version"] = manifest.Version,
            ["sha256"] = manifest.Sha256,
            ["temperature"] = manifest.Temperature,
            ["labels"] = new JsonArray([.. labels.Select(label => JsonValue.Create(label))]),
            ["count"] = evaluation.Count,
            ["groups"] = evaluation.Groups,
            ["accuracy"] = Node(evaluation.Accuracy),
            ["balancedAccuracy"] = Node(evaluation.BalancedAccuracy),
            ["macroF1"] = Node(evaluation.MacroF1),
            ["expectedCalibrationError"] = Node(evaluation.CalibrationError),
            ["logLoss"] = evaluation.LogLoss,
            ["brierScore"] = evaluation.BrierScore,
            ["recall"] = ByClass(k => Node(evaluation.Recall[k])),
            ["precision"] = ByClass(k => Node(evaluation.Precision[k])),
            ["f1"] = ByClass(k => Node(evaluation.F1[k])),
            ["confusion"] = new JsonArray([.. evaluation.Confusion.Chunk(labels.Length).Select(row => new JsonArray([.. row.Select(count => JsonValue.Create(count))]))]),
            ["binary"] = new JsonObject
            {
                ["sensitivity"] = Node(evaluation.Binary.Sensitivity),
                ["specificity"] = Node(evaluation.Binary.Specificity),
                ["auc"] = Number(evaluation.Binary.Auc),
                ["cleared"] = evaluation.Binary.Cleared,
            },
            ["reliability"] = new JsonArray([.. evaluation.Bins.Select(bin => new JsonObject { ["slices"] = bin.Count, ["confidence"] = bin.Confidence, ["accuracy"] = bin.Accuracy })]),
            ["subgroups"] = new JsonArray([.. evaluation.Subgroups.Select(part => new JsonObject
            {
                ["kind"] = part.Kind,
                ["name"] = part.Name,
                ["count"] = part.Count,
                ["accuracy"] = Node(part.Accuracy),
                ["recall"] = ByClass(k => Number(part.Recall[k])),
            })]),
            ["patterns"] = new JsonArray([.. evaluation.Patterns.Select(pattern => new JsonObject
            {
                ["label"] = labels[pattern.Label],
                ["missed"] = pattern.Missed,
                ["count"] = pattern.Count,
                ["missedLook"] = Node(pattern.MissedLook),
                ["foundLook"] = Node(pattern.FoundLook),
                ["text"] = pattern.Text,
            })]),
            ["outsideGate"] = evaluation.OutsideGate,
            ["slicesPerSecond"] = evaluation.SlicesPerSecond,
            ["skipped"] = new JsonArray([.. evaluation.Skipped.Select(reason => JsonValue.Create(reason))]),
            ["collapsed"] = evaluation.Collapsed,
        };
        if (withSlices)
        {
            json["slices"] = new JsonArray([.. evaluation.Results.Select(result => new JsonObject
            {
                ["name"] = result.Sample.Name,
                ["group"] = result.Sample.Group,
                ["label"] = labels[result.Label],
                ["answer"] = labels[result.Answer],
                ["probabilities"] = new JsonArray([.. result.Probabilities.Select(value => JsonValue.Create(Math.Round(value, 6)))]),
                ["gateDistance"] = Math.Round(result.Distance, 4),
            })]);
        }

        return json;

        JsonObject ByClass(Func<int, JsonNode?> value) => new(Enumerable.Range(0, labels.Length).Select(k => KeyValuePair.Create(labels[k], value(k))));
    }

    /// <summary>A figure with its interval; null where it is not a number, which JSON does not know.</summary>
    public static JsonObject Node(Interval interval) => new() { ["value"] = Number(interval.Value), ["low"] = Number(interval.Low), ["high"] = Number(interval.High) };

    private static JsonObject Node(MassLook look) => new() { ["size"] = look.Size, ["edgeDistance"] = look.EdgeDistance, ["contrast"] = look.Contrast };

    private static JsonValue? Number(double value) => double.IsFinite(value) ? JsonValue.Create(value) : null;
}
