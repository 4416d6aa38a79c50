using System.CommandLine;
using BrainTumorDicom.Classification.Execution;
using BrainTumorDicom.Classification.Model;
using BrainTumorDicom.Training.Evaluation;

namespace BrainTumorDicom.Cli;

/// <summary><c>evaluate DIR --model DIR</c>: the figures of a model package on a folder of class folders.</summary>
internal static class EvaluateVerb
{
    private static readonly Argument<string> Folder = new("DIR")
    {
        Description = "A folder with the folders glioma, meningioma, notumor, pituitary (JPEG, PNG or DICOM files)",
    };

    private static readonly Option<string> Model = new("--model") { Description = "Folder of the model package", Required = true };
    private static readonly Option<string?> Groups = new("--groups") { Description = "CSV with the columns class, file, group, as in train" };
    private static readonly Option<int?> HeldOutOf = new("--held-out-of") { Description = "Only the slices that train --seed SEED with the same --groups held out of DIR" };
    private static readonly Option<double> HeldOut = new("--held-out") { Description = "The --held-out of that training", DefaultValueFactory = _ => 0.15 };
    private static readonly Option<string?> Volumes = new("--volumes") { Description = "A folder of series without tumour, each a folder of DICOM files: analysed whole, as the service does" };
    private static readonly Option<int> Insert = new("--insert") { Description = "With --volumes: how many tumours of held-out slices of DIR are put into each series, one at a time, to see how many are found" };
    private static readonly Option<string?> FirstModel = new("--first-model") { Description = "With --insert: the model package that finds the tumours in the slices, as in train" };
    private static readonly Option<DeviceChoice> Device = new("--device") { Description = "auto, cpu or cuda" };
    private static readonly Option<bool> Json = new("--json") { Description = "One JSON object" };

    public static Command Create()
    {
        var command = new Command("evaluate", "Measures a model on a folder of class folders.") { Folder, Model, Groups, HeldOutOf, HeldOut, Volumes, Insert, FirstModel, Device, Json };
        command.SetAction(Run);
        return command;
    }

    private static Task<int> Run(ParseResult parsed, CancellationToken cancellationToken)
    {
        var package = ModelPackage.Load(parsed.GetRequiredValue(Model));
        using var classifier = Classifier.Load(package, parsed.GetValue(Device));
        if (parsed.GetValue(Volumes) is { } volumes)
        {
            VolumeDisplay.Run(
                classifier,
                volumes,
                parsed.GetRequiredValue(Folder),
                parsed.GetValue(Groups),
                (parsed.GetValue(HeldOutOf) ?? 1, parsed.GetValue(HeldOut)),
                (parsed.GetValue(Insert), parsed.GetValue(FirstModel)),
                parsed.GetValue(Json),
                cancellationToken);
            return Task.FromResult(0);
        }

        var seed = parsed.GetValue(HeldOutOf);
        var evaluation = FolderEvaluation.Run(
            classifier,
            parsed.GetRequiredValue(Folder),
            parsed.GetValue(Groups),
            seed is { } value ? (value, parsed.GetValue(HeldOut)) : null,
            progress: null,
            cancellationToken);
        if (parsed.GetValue(Json))
        {
            var line = EvaluationDisplay.ToJson(evaluation.Figures, package.Manifest.Temperature, "evaluate");
            line["outsideGate"] = evaluation.OutsideGate;
            line["skipped"] = evaluation.Skipped.Count;
            Console.WriteLine(line.ToJsonString());
            return Task.FromResult(0);
        }

        EvaluationDisplay.Write($"{package.Manifest.Name} {package.Manifest.Version}", evaluation.Figures);
        Console.WriteLine($"{evaluation.OutsideGate} slices are outside the input gate.");
        if (evaluation.Skipped.Count > 0)
        {
            Console.WriteLine($"Skipped {evaluation.Skipped.Count} files, the first: {evaluation.Skipped[0]}");
        }

        return Task.FromResult(0);
    }
}
