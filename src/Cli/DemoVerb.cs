using System.CommandLine;
using System.Globalization;
using BrainTumorDicom.Slices.Phantoms;
using Spectre.Console;

namespace BrainTumorDicom.Cli;

/// <summary><c>demo</c>: phantoms of every class through the whole service, by C-STORE there and by C-STORE back.</summary>
internal static class DemoVerb
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var folder = new Option<string>("--out") { HelpName = "DIR", Description = "Folder for phantoms, data and received reports. Default: a new one in the folder for temporary files." };
        var model = new Option<string>("--model") { HelpName = "DIR", Description = "Folder of the model package. Default: the one that came with the program." };
        var json = new Option<bool>("--json") { Description = "One JSON object per class instead of a table." };
        var command = new Command("demo", "Make a phantom of each class, send them to a service of our own, and show what comes back.") { folder, model, json };
        command.SetAction((parsed, stop) => RunAsync(
            parsed.GetValue(folder) ?? Directory.CreateTempSubdirectory("braintumordicom-demo-").FullName,
            parsed.GetValue(model),
            parsed.GetValue(json),
            stop));
        return command;
    }

    private static async Task<int> RunAsync(string folder, string? model, bool json, CancellationToken stop)
    {
        var run = new DemoRun(Path.GetFullPath(folder), model);
        var results = json
            ? await run.RunAsync(new Progress<DemoStep>(_ => { }), stop).ConfigureAwait(false)
            : await ShowAsync(run, stop).ConfigureAwait(false);
        if (json)
        {
            foreach (var result in results)
            {
                await Console.Out.WriteLineAsync(result.ToJson()).ConfigureAwait(false);
            }
        }
        else
        {
            Print(results, run);
        }

        return results.All(result => result.IsRight) ? 0 : 1;
    }

    private static Task<IReadOnlyList<DemoResult>> ShowAsync(DemoRun run, CancellationToken stop) => AnsiConsole.Progress().StartAsync(async context =>
    {
        var count = DemoRun.Classes.Length;
        var tasks = new Dictionary<DemoStep, ProgressTask>
        {
            [DemoStep.Made] = context.AddTask("make phantoms", maxValue: count),
            [DemoStep.Sent] = context.AddTask("send by C-STORE", maxValue: count),
            [DemoStep.Reported] = context.AddTask("reports received", maxValue: count),
        };
        return await run.RunAsync(new ImmediateProgress(step => tasks[step].Increment(1)), stop).ConfigureAwait(false);
    });

    private static void Print(IReadOnlyList<DemoResult> results, DemoRun run)
    {
        var table = new Table().AddColumns("phantom", "answered", "probability", "slices", "time", "");
        foreach (var result in results)
        {
            table.AddRow(
                PhantomSeries.Label(result.Class),
                Markup.Escape(result.Answered ?? $"{result.Disposition}: {result.Reason}"),
                result.Probability is { } probability ? probability.ToString("P1", CultureInfo.InvariantCulture) : "-",
                result.SliceCount.ToString(CultureInfo.InvariantCulture),
                string.Create(CultureInfo.InvariantCulture, $"{result.Elapsed.TotalSeconds:0.0} s"),
                result.IsRight ? "[green]right[/]" : "[red]wrong[/]");
        }

        AnsiConsole.Write(table);
        Console.WriteLine("Research use only. Not for diagnostic use.");
        foreach (var result in results)
        {
            Console.WriteLine($"{PhantomSeries.Label(result.Class)}: {result.ReportFolder}");
        }

        Console.WriteLine($"received back by C-STORE: {run.Received}");
    }

    /// <summary>Reports on the calling thread, in order; <see cref="Progress{T}"/> would post to the pool.</summary>
    private sealed class ImmediateProgress(Action<DemoStep> report) : IProgress<DemoStep>
    {
        public void Report(DemoStep value) => report(value);
    }
}
