using System.Text.Json.Nodes;
using BrainTumorDicom.Service.Export;

namespace BrainTumorDicom.Cli;

/// <summary><c>export --verdicts --deidentify</c>: what readers have judged as class folders that <c>train --also</c> reads.</summary>
internal static class ExportVerdicts
{
    public static async Task<int> RunAsync(string data, string? journal, string output, bool asJson, CancellationToken stop)
    {
        var items = new List<VerdictExportItem>();
        await foreach (var item in new VerdictExport(data, journal, output).RunAsync(stop).ConfigureAwait(false))
        {
            items.Add(item);
            if (asJson)
            {
                Console.WriteLine(ToJson(item).ToJsonString());
            }
            else if (item.Reason.Length > 0)
            {
                await Console.Error.WriteLineAsync($"braintumordicom: study {item.Study}: {item.Reason}").ConfigureAwait(false);
            }
        }

        if (!asJson)
        {
            Write(items, output);
        }

        return items.Exists(item => item.Written > 0) ? 0 : 1;
    }

    private static void Write(List<VerdictExportItem> items, string output)
    {
        foreach (var group in items.Where(item => item.Written > 0).GroupBy(item => (item.ForReview, item.Class)).OrderBy(group => group.Key))
        {
            var folder = group.Key.ForReview ? $"{VerdictExport.ReviewFolder}/{group.Key.Class}" : group.Key.Class;
            Console.WriteLine(FormattableString.Invariant($"{folder,-24}{group.Sum(item => item.Written),6} slices of {group.Count()} studies"));
        }

        Console.WriteLine(items.Exists(item => item.Written > 0)
            ? $"Train with: braintumordicom train DIR --also {output}"
            : "Nothing was written: no study with a verdict could be exported.");
    }

    private static JsonObject ToJson(VerdictExportItem item) => new()
    {
        ["study"] = item.Study,
        ["class"] = item.Class.Length > 0 ? item.Class : null,
        ["review"] = item.ForReview,
        ["written"] = item.Written,
        ["reason"] = item.Reason.Length > 0 ? item.Reason : null,
    };
}
