using System.CommandLine;
using BrainTumorDicom.Classification.Execution;
using BrainTumorDicom.Classification.Model;
using BrainTumorDicom.Training.Comparison;
using BrainTumorDicom.Training.Reporting;

namespace BrainTumorDicom.Cli;

/// <summary><c>compare MODEL... DIR</c>: several models on one set, in one table.</summary>
internal static class CompareVerb
{
    private static readonly Argument<string[]> Paths = new("MODEL... DIR")
    {
        Arity = ArgumentArity.ZeroOrMore,
        Description = "Folders of model packages, and last the set: a folder with the folders glioma, meningioma, notumor, pituitary",
    };

    private static readonly Option<string?> Groups = new("--groups") { Description = "CSV with the columns class, file, group, as in train; without it groups are searched for" };
    private static readonly Option<int?> HeldOutOf = new("--held-out-of") { Description = "Only the slices that train --seed SEED with the same --groups held out of DIR" };
    private static readonly Option<double> HeldOut = new("--held-out") { Description = "The --held-out of that training", DefaultValueFactory = _ => 0.15 };
    private static readonly Option<bool> Binary = new("--binary") { Description = "Only tumour or none counts, sensitivity first" };
    private static readonly Option<DeviceChoice> Device = new("--device") { Description = "auto, cpu or cuda" };
    private static readonly Option<string> Out = new("--out") { Description = "Folder of the report", DefaultValueFactory = _ => "comparison" };
    private static readonly Option<bool> Shadow = new("--shadow") { Description = "Instead: the model in use and the one in its shadow, on the studies that the service received" };
    private static readonly Option<string> Data = new("--data") { Description = "With --shadow: data folder of the service", DefaultValueFactory = _ => "data" };
    private static readonly Option<bool> Json = new("--json") { Description = "One JSON object" };

    public static Command Create()
    {
        var command = new Command("compare", "Compares models on a folder of class folders, with intervals of their differences.") { Paths, Groups, HeldOutOf, HeldOut, Binary, Device, Out, Shadow, Data, Json };
        command.SetAction((parsed, stop) => parsed.GetValue(Shadow)
            ? CompareShadow.RunAsync(parsed.GetRequiredValue(Data), parsed.GetValue(Json))
            : Task.Run(() => Run(parsed, stop), stop));
        return command;
    }

    private static int Run(ParseResult parsed, CancellationToken cancellationToken)
    {
        if (parsed.GetRequiredValue(Paths) is not [.. { Length: > 0 } models, var folder])
        {
            throw new ArgumentException("Give at least one model package and, last, the folder of the set.");
        }

        var packages = Array.ConvertAll(models, ModelPackage.Load);
        var output = new ReportFolder(parsed.GetRequiredValue(Out));
        var seed = parsed.GetValue(HeldOutOf);
        var comparison = Progressing.Run("comparing", progress => ModelComparison.Run(
            packages,
            folder,
            parsed.GetValue(Groups),
            seed is { } value ? (value, parsed.GetValue(HeldOut)) : null,
            parsed.GetValue(Device),
            parsed.GetValue(Binary),
            progress,
            cancellationToken));
        var command = "braintumordicom compare " + string.Join(' ', parsed.Tokens.Skip(1).Select(token => token.Value));
        ComparisonReport.Write(comparison, command, output);
        Console.WriteLine(parsed.GetValue(Json)
            ? ComparisonReport.ToJson(comparison, command).ToJsonString()
            : ComparisonReport.ToMarkdown(comparison, command) + $"\nReport: {output.PagePath}");
        return comparison.Models.FirstOrDefault(model => model.Evaluation.Collapsed) is { } collapsed
            ? throw new InvalidDataException($"The model in {collapsed.Package.Folder} answers one class for everything: it has collapsed, and its figures are no result.")
            : 0;
    }
}
