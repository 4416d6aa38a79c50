using System.CommandLine;
using System.Globalization;
using BrainTumorDicom.Classification.Execution;
using BrainTumorDicom.Classification.Findings;
using BrainTumorDicom.Classification.Model;
using Spectre.Console;

namespace BrainTumorDicom.Cli;

/// <summary><c>classify PATH...</c>: DICOM files or folders, grouped into series, and JPEG or PNG images; without the service.</summary>
internal static class ClassifyVerb
{
    internal static Command Create()
    {
        var paths = new Argument<string[]>("PATH") { Arity = ArgumentArity.OneOrMore, Description = "DICOM files, folders of them, JPEG or PNG files." };
        var json = new Option<bool>("--json") { Description = "One JSON object a line, and nothing else on stdout." };
        var perSlice = new Option<bool>("--per-slice") { Description = "Also one line for each slice." };
        var model = new Option<string?>("--model") { HelpName = "DIR", Description = "Folder of the model package. Default: the one that came with the program." };
        var device = new Option<string>("--device") { DefaultValueFactory = _ => "auto", Description = "Where the network runs." };
        device.AcceptOnlyFromAmong("auto", "cpu", "cuda");
        var threads = new Option<int>("--threads") { HelpName = "N", Description = "CPU threads. Default: as many as there are processors, at most 8." };
        threads.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && (!int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var n) || n is < 1 or > 256))
            {
                result.AddError($"--threads {result.Tokens[0].Value}: give 1 to 256.");
            }
        });
        var command = new Command("classify", "Classifies DICOM series and image files. Research use only, not for diagnosis.") { paths, json, perSlice, model, device, threads };
        command.SetAction((parsed, stop) => Task.Run(
            () =>
            {
                using var classifier = Classifier.Load(
                    ModelPackage.Load(parsed.GetValue(model) ?? ModelPackage.FindDefault()),
                    Enum.Parse<DeviceChoice>(parsed.GetRequiredValue(device), ignoreCase: true),
                    parsed.GetValue(threads));
                var inputs = ClassifyInputs.Find(parsed.GetRequiredValue(paths));
                if (inputs.Images.Count + inputs.Dicom.Count + inputs.Failed.Count == 0)
                {
                    throw new FileNotFoundException($"{string.Join(' ', parsed.GetRequiredValue(paths))}: no DICOM and no image files.");
                }

                var run = new ClassifyRun(classifier, parsed.GetValue(perSlice));
                return parsed.GetValue(json) ? Json(run, inputs, stop) : Table(run, inputs, stop);
            },
            stop));
        return command;
    }

    private static int Json(ClassifyRun run, ClassifyInputs inputs, CancellationToken stop)
    {
        var lines = new List<ClassifyLine>();
        foreach (var line in run.Results(inputs, null, stop))
        {
            Console.Out.Write(line.Json + "\n");
            lines.Add(line);
        }

        Console.Out.Flush();
        return ExitCode(lines);
    }

    private static int Table(ClassifyRun run, ClassifyInputs inputs, CancellationToken stop)
    {
        var lines = new List<ClassifyLine>();
        AnsiConsole.Progress().AutoClear(true).Start(context =>
        {
            var task = context.AddTask("Classifying", maxValue: Math.Max(1, inputs.Images.Count + inputs.Dicom.Count));
            var before = 0.0;
            lines.AddRange(run.Results(inputs, step =>
            {
                // Slices to classify become known study by study, so the bar's length grows.
                task.MaxValue = Math.Max(task.MaxValue, before + step.Total);
                task.Value = before + step.Done;
                before = step.Done == step.Total ? before + step.Total : before;
            }, stop));
        });

        var table = new Table().AddColumns("what", "result", "probabilities", "slices");
        foreach (var line in lines)
        {
            table.AddRow(line.Cells.Select(cell => Markup.Escape(cell)).ToArray());
        }

        AnsiConsole.Write(table);
        if (inputs.Ignored > 0)
        {
            AnsiConsole.MarkupLineInterpolated($"{inputs.Ignored} files that are neither DICOM nor images were passed over.");
        }

        AnsiConsole.MarkupLine("Research use only. Not for diagnosis: algorithm output, not reviewed by a physician.");
        return ExitCode(lines);
    }

    /// <summary>1 and a line on stderr where something could not be read; a refusal is an answer.</summary>
    private static int ExitCode(List<ClassifyLine> lines)
    {
        var failed = lines.Where(line => line.Disposition == Disposition.Error).ToList();
        if (failed.Count == 0)
        {
            return 0;
        }

        Console.Error.WriteLine($"braintumordicom: {failed.Count} of {lines.Count} without an answer, the first: {failed[0].Cells[0]}, {failed[0].Cells[1]}");
        return 1;
    }
}
