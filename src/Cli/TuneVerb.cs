using System.Collections.Immutable;
using System.CommandLine;
using BrainTumorDicom.Training;
using BrainTumorDicom.Training.Loop;
using BrainTumorDicom.Training.Reporting;
using BrainTumorDicom.Training.Tuning;

namespace BrainTumorDicom.Cli;

/// <summary><c>tune DIR --try OPTION=VALUES...</c>: trains with several settings and ranks them.</summary>
internal static class TuneVerb
{
    private const double DefaultValidation = 0.1;

    private static readonly Argument<string> Folder = new("DIR")
    {
        Description = "Training set: a folder with the folders glioma, meningioma, notumor, pituitary",
    };

    private static readonly Option<SearchKind> Search = new("--search") { Description = "grid (every combination), random, or halving (many briefly, the best third three times as long, and so on)" };
    private static readonly Option<string[]> Try = new("--try") { Description = "An option of train and its values, as learning-rate=0.001,0.002 or learning-rate=1e-4..1e-2; may be repeated", Required = true };
    private static readonly Option<int> Trials = new("--trials") { Description = "Settings that random and halving draw", DefaultValueFactory = _ => 9 };
    private static readonly Option<string> Out = new("--out") { Description = "Folder of the search: a folder for each training, and the report", DefaultValueFactory = _ => "tuning" };
    private static readonly Option<bool> Resume = new("--resume") { Description = "Go on with the search that was stopped in --out" };

    public static Command Create()
    {
        var command = new Command("tune", "Searches for the settings of train: trains with several and ranks them on validation slices.") { Folder, Search, Try, Trials, Out, Resume };
        foreach (var option in TrainVerb.Options)
        {
            command.Options.Add(option);
        }

        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var output = parsed.GetRequiredValue(Out);
        var given = Given(parsed);
        var trainCommand = new Command("train");
        foreach (var option in TrainVerb.Options)
        {
            trainCommand.Options.Add(option);
        }

        var plan = new TuningPlan(
            parsed.GetValue(Search),
            [.. parsed.GetRequiredValue(Try).Select(TuningAxis.Parse)],
            parsed.GetValue(Trials),
            Make(parsed).Seed,
            Make(parsed).Epochs);
        foreach (var setting in plan.Settings())
        {
            // Every setting is looked at before the first training begins.
            Options(setting, plan.Epochs, output);
        }

        var command = "braintumordicom tune " + string.Join(' ', parsed.Tokens.Skip(1).Select(token => token.Value).Where(token => token != Resume.Name));
        var tuner = new Tuner(plan, output, Options, TimeProvider.System, new Lines());
        var results = await tuner.RunAsync(command, parsed.GetValue(Resume), cancellationToken).ConfigureAwait(false);
        var folder = new ReportFolder(output);
        TuningReport.Write(results, command, folder);
        Console.WriteLine($"Best: {string.Join(", ", results[0].Settings)} in {Path.Combine(output, results[0].Folder)}");
        Console.WriteLine($"Report: {folder.PagePath}");
        return 0;

        TrainingOptions Options(ImmutableArray<(string Option, string Value)> setting, int epochs, string trial)
        {
            var arguments = given.Where(pair => !setting.Any(own => "--" + own.Option == pair.Key)).SelectMany(pair => pair.Value)
                .Concat(setting.SelectMany(pair => new[] { "--" + pair.Option, pair.Value }));
            var read = trainCommand.Parse([.. arguments]);
            return read.Errors.Count == 0
                ? Checked(Make(read) with { Epochs = epochs, Output = trial })
                : throw new TrainingException($"--try: {read.Errors[0].Message}");
        }

        TrainingOptions Make(ParseResult from)
        {
            var options = TrainVerb.Read(from, parsed.GetRequiredValue(Folder), output);
            return options with { ValidationFraction = options.ValidationFraction ?? DefaultValidation };
        }
    }

    private static TrainingOptions Checked(TrainingOptions options)
    {
        options.Check();
        return options;
    }

    // What was given on the command line, option by option, to be given again with other values.
    private static Dictionary<string, string[]> Given(ParseResult parsed) => TrainVerb.Options
        .Select(option => (option.Name, Result: parsed.GetResult(option)))
        .Where(pair => pair.Result is { Implicit: false })
        .ToDictionary(
            pair => pair.Name,
            pair => pair.Result!.Tokens.Count == 0 ? [pair.Name] : pair.Result.Tokens.SelectMany(token => new[] { pair.Name, token.Value }).ToArray());

    private sealed class Lines : IProgress<(TrialResult Trial, int Done, int Total)>
    {
        public void Report((TrialResult Trial, int Done, int Total) value) => Console.WriteLine(FormattableString.Invariant(
            $"{value.Done}/{value.Total}: {string.Join(", ", value.Trial.Settings)}, {value.Trial.Epochs} epochs: {value.Trial.Failure ?? FormattableString.Invariant($"mean recall {value.Trial.BalancedAccuracy:P2}, loss {value.Trial.Loss:F4}, {value.Trial.Seconds / 60:F1} minutes")}"));
    }
}
