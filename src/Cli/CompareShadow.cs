using System.Globalization;
using System.Text.Json.Nodes;
using BrainTumorDicom.Service.Shadow;

namespace BrainTumorDicom.Cli;

/// <summary><c>compare --shadow --data DIR</c>: the model in use and the one in its shadow, on the studies that the service received.</summary>
internal static class CompareShadow
{
    public static async Task<int> RunAsync(string dataFolder, bool asJson)
    {
        var comparison = await ShadowComparison.ReadAsync(dataFolder).ConfigureAwait(false);
        if (asJson)
        {
            Console.WriteLine(ToJson(comparison).ToJsonString());
        }
        else
        {
            Write(comparison);
        }

        return 0;
    }

    private static void Write(ShadowComparison comparison)
    {
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{comparison.Champion} (reported) and {comparison.Shadow} (shadow): the same answer on {comparison.Agreeing} of {comparison.Studies} studies, {100.0 * comparison.Agreeing / comparison.Studies:F1} %"));
        Console.WriteLine($"{"reported \\ shadow",-18}{string.Concat(comparison.Answers.Select(answer => $"{answer,12}"))}");
        for (var row = 0; row < comparison.Answers.Count; row++)
        {
            Console.WriteLine($"{comparison.Answers[row],-18}{string.Concat(comparison.Counts[row].Select(count => $"{count,12}"))}");
        }

        foreach (var one in comparison.Differences)
        {
            Console.WriteLine($"{one.Study} revision {one.Revision}: reported {Answer(one.Reported, one.ReportedReason)}, shadow {Answer(one.Shadow, one.ShadowReason)}");
        }
    }

    private static string Answer(string answer, string? reason) => reason is null ? answer : $"{answer} ({reason})";

    private static JsonObject ToJson(ShadowComparison comparison) => new()
    {
        ["what"] = "compare-shadow",
        ["champion"] = comparison.Champion,
        ["shadow"] = comparison.Shadow,
        ["studies"] = comparison.Studies,
        ["agreeing"] = comparison.Agreeing,
        ["answers"] = new JsonArray([.. comparison.Answers.Select(answer => JsonValue.Create(answer))]),
        ["counts"] = new JsonArray([.. comparison.Counts.Select(row => (JsonNode)new JsonArray([.. row.Select(count => JsonValue.Create(count))]))]),
        ["differences"] = new JsonArray([.. comparison.Differences.Select(one => (JsonNode)new JsonObject
        {
            ["study"] = one.Study,
            ["revision"] = one.Revision,
            ["reported"] = one.Reported,
            ["reportedReason"] = one.ReportedReason,
            ["shadow"] = one.Shadow,
            ["shadowReason"] = one.ShadowReason,
        })]),
    };
}
