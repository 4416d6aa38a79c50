using System.CommandLine;
using BrainTumorDicom.Classification.Execution;
using BrainTumorDicom.Training.Loop;

namespace BrainTumorDicom.Cli;

/// <summary><c>train</c>: makes a model package from folders of slices.</summary>
internal static class TrainVerb
{
    private static readonly Argument<DirectoryInfo> Folder = new("DIR")
    {
        Description = "Training set: a folder with the folders glioma, meningioma, notumor, pituitary (JPEG, PNG or DICOM files)",
    };

    private static readonly Option<string[]> Also = new("--also") { Description = "A further set, an epoch shows at most a fifth as many of its slices; may be repeated" };
    private static readonly Option<string?> Groups = new("--groups") { Description = "CSV with the columns class, file, group: slices of one group are never parted. Without it groups are searched for" };
    private static readonly Option<int> Phantoms = new("--phantoms") { Description = "Synthetic heads of each class to train with" };
    private static readonly Option<string?> Volumes = new("--volumes") { Description = "A folder of series of whole heads without tumour, each series a folder of DICOM files or a NIfTI file; the first folder is its source" };
    private static readonly Option<string[]> HeldOutSource = new("--hold-out-source") { Description = "A source or series of --volumes that training must not see; may be repeated" };
    private static readonly Option<string?> FirstModel = new("--first-model") { Description = "A model package whose attention finds the tumours, which are then moved into healthy slices and out of others" };
    private static readonly Option<string> Out = new("--out") { Description = "Folder of the model package and of the checkpoint", DefaultValueFactory = _ => "model" };
    private static readonly Option<int> Epochs = new("--epochs") { Description = "How often the set is shown", DefaultValueFactory = _ => 24 };
    private static readonly Option<int?> Size = new("--size") { Description = "Rows and columns of the input. Default what the network was made for" };
    private static readonly Option<int> PlainEpochs = new("--plain-epochs") { Description = "How many epochs at the beginning show DIR alone, before whole heads, phantoms, further sets and moved tumours come" };
    private static readonly Option<int> SmallEpochs = new("--small-epochs") { Description = "How many epochs at the beginning show slices at three fifths of --size, in a third of the time" };
    private static readonly Option<int> Batch = new("--batch") { Description = "Slices a step", DefaultValueFactory = _ => 32 };
    private static readonly Option<int> Seed = new("--seed") { Description = "The same seed gives the same weights on the CPU with the same --threads", DefaultValueFactory = _ => 1 };
    private static readonly Option<DeviceChoice> Device = new("--device") { Description = "auto, cpu or cuda" };
    private static readonly Option<int> Threads = new("--threads") { Description = "CPU threads; 0 for all" };
    private static readonly Option<double> HeldOut = new("--held-out") { Description = "Part of the slices of each class kept for evaluation", DefaultValueFactory = _ => 0.15 };
    private static readonly Option<string> Name = new("--name") { Description = "Name of the model", DefaultValueFactory = _ => "brain-tumor" };
    private static readonly Option<string> ModelVersion = new("--model-version") { Description = "Version of the model", DefaultValueFactory = _ => "1" };
    private static readonly Option<bool> Resume = new("--resume") { Description = "Go on with the training that was stopped in --out" };
    private static readonly Option<bool> Json = new("--json") { Description = "One JSON object a line" };

    /// <summary>The options that say what a training does, for <c>tune</c> too.</summary>
    public static IEnumerable<Option> Options =>
        new Option[] { Also, Groups, Phantoms, Volumes, HeldOutSource, FirstModel, Epochs, Size, SmallEpochs, PlainEpochs, Batch, Seed, Device, Threads, HeldOut, Name, ModelVersion }
            .Concat(NetworkSettings.All)
            .Concat(TrainSettings.All);

    public static Command Create()
    {
        var command = new Command("train", "Trains a model from a folder of class folders");
        command.Arguments.Add(Folder);
        foreach (var option in new Option[] { Out, Resume, Json }.Concat(Options))
        {
            command.Options.Add(option);
        }

        command.SetAction(RunAsync);
        return command;
    }

    /// <summary>The training that the options describe.</summary>
    public static TrainingOptions Read(ParseResult parsed, string folder, string output)
    {
        var options = TrainSettings.Apply(
            new TrainingOptions
            {
                Folder = folder,
                Output = output,
                Also = [.. parsed.GetValue(Also) ?? []],
                GroupsFile = parsed.GetValue(Groups),
                PhantomsPerClass = parsed.GetValue(Phantoms),
                Volumes = parsed.GetValue(Volumes),
                HeldOutSources = [.. parsed.GetValue(HeldOutSource) ?? []],
                FirstModel = parsed.GetValue(FirstModel),
                SmallEpochs = parsed.GetValue(SmallEpochs),
                PlainEpochs = parsed.GetValue(PlainEpochs),
                Epochs = parsed.GetValue(Epochs),
                Batch = parsed.GetValue(Batch),
                Seed = parsed.GetValue(Seed),
                Device = parsed.GetValue(Device),
                Threads = parsed.GetValue(Threads),
                HeldOutFraction = parsed.GetValue(HeldOut),
                Name = parsed.GetRequiredValue(Name),
                Version = parsed.GetRequiredValue(ModelVersion),
                Network = NetworkSettings.Read(parsed),
            },
            parsed);
        return parsed.GetValue(Size) is { } size ? options with { Size = size } : options;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var options = Read(parsed, parsed.GetRequiredValue(Folder).ToString(), parsed.GetRequiredValue(Out)) with { Resume = parsed.GetValue(Resume) };
        var json = parsed.GetValue(Json);
        try
        {
            var report = await TrainingDisplay.RunAsync(options, json, cancellationToken).ConfigureAwait(false);
            TrainingDisplay.Write(report, json);
            return 0;
        }
        catch (OperationCanceledException)
        {
            var kept = File.Exists(Path.Combine(options.Output, "checkpoint.bin"));
            await Console.Error.WriteLineAsync(kept
                ? $"braintumordicom: stopped. Go on with the same command and --resume; what is done is kept in {options.Output}."
                : "braintumordicom: stopped before the first step.").ConfigureAwait(false);
            return 1;
        }
    }
}
