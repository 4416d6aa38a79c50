using System.CommandLine;
using BrainTumorDicom.Classification.Execution;
using BrainTumorDicom.Classification.Model;
using BrainTumorDicom.Training.Evaluation;
using BrainTumorDicom.Training.Reporting;

namespace BrainTumorDicom.Cli;

/// <summary><c>evaluate DIR --model DIR</c>: the figures of a model package on a folder of class folders.</summary>
internal static class EvaluateVerb
{
    private static readonly Argument<string> Folder = new("DIR")
    {
        Description = "A folder with the folders glioma, meningioma, notumor, pituitary (JPEG, PNG or DICOM files)",
    };

    private static readonly Option<string> Model = new("--model") { Description = "Folder of the model package", Required = true };
    private static readonly Option<string?> Groups = new("--groups") { Description = "CSV with the columns class, file, group, as in train; without it groups are searched for" };
    private static readonly Option<int?> HeldOutOf = new("--held-out-of") { Description = "Only the slices that train --seed SEED with the same --groups held out of DIR" };
    private static readonly Option<double> HeldOut = new("--held-out") { Description = "The --held-out of that training", DefaultValueFactory = _ => 0.15 };
    private static readonly Option<string?> Volumes = new("--volumes") { Description = "A folder of series without tumour, each a folder of DICOM files: analysed whole, as the service does" };
    private static readonly Option<int> Insert = new("--insert") { Description = "With --volumes: how many tumours of held-out slices of DIR are put into each series, one at a time, to see how many are found" };
    private static readonly Option<string?> FirstModel = new("--first-model") { Description = "With --insert: the model package that finds the tumours in the slices, as in train" };
    private static readonly Option<bool> Binary = new("--binary") { Description = "Only tumour or none counts" };
    private static readonly Option<DeviceChoice> Device = new("--device") { Description = "auto, cpu or cuda" };
    private static readonly Option<string> Out = new("--out") { Description = "Folder of the report", DefaultValueFactory = _ => "evaluation" };
    private static readonly Option<bool> Json = new("--json") { Description = "One JSON object" };

    public static Command Create()
    {
        var command = new Command("evaluate", "Measures a model on a folder of class folders.") { Folder, Model, Groups, HeldOutOf, HeldOut, Volumes, Insert, FirstModel, Binary, Device, Out, Json };
        command.SetAction((parsed, stop) => Task.Run(() => Run(parsed, stop), stop));
        return command;
    }

    private static int Run(ParseResult parsed, CancellationToken cancellationToken)
    {
        var package = ModelPackage.Load(parsed.GetRequiredValue(Model));
        if (parsed.GetValue(Volumes) is { } volumes)
        {
            using var served = Classifier.Load(package, parsed.GetValue(Device));
            VolumeDisplay.Run(
                served,
                volumes,
                parsed.GetRequiredValue(Folder),
                parsed.GetValue(Groups),
                (parsed.GetValue(HeldOutOf) ?? 1, parsed.GetValue(HeldOut)),
                (parsed.GetValue(Insert), parsed.GetValue(FirstModel)),
                parsed.GetValue(Json),
                cancellationToken);
            return 0;
        }

        var output = new ReportFolder(parsed.GetRequiredValue(Out));
        using var classifier = Classifier.LoadAny(package, parsed.GetValue(Device));
        var seed = parsed.GetValue(HeldOutOf);
        var folder = parsed.GetRequiredValue(Folder);
        var detailed = Progressing.Run("evaluating", progress => FolderEvaluation.Run(
            classifier,
            folder,
            parsed.GetValue(Groups),
            seed is { } value ? (value, parsed.GetValue(HeldOut)) : null,
            progress,
            cancellationToken,
            parsed.GetValue(Binary)).Detailed);
        EvaluationReport.Write(package, folder, detailed, output);
        if (parsed.GetValue(Json))
        {
            var line = EvaluationReport.ToJson(package, detailed);
            line["report"] = output.PagePath;
            Console.WriteLine(line.ToJsonString());
        }
        else
        {
            EvaluationDisplay.Write($"{package.Manifest.Name} {package.Manifest.Version}", detailed);
            Console.WriteLine($"Report: {output.PagePath}");
        }

        return detailed.Collapsed
            ? throw new InvalidDataException($"The model in {package.Folder} answers one class for everything: it has collapsed, and its figures are no result.")
            : 0;
    }
}
