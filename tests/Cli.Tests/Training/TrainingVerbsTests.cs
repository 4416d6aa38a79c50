using System.Text.Json.Nodes;
using BrainTumorDicom.Classification.Findings;
using BrainTumorDicom.Classification.Model;
using BrainTumorDicom.Cli.Tests.Serving;
using BrainTumorDicom.Slices.Images;

namespace BrainTumorDicom.Cli.Tests.Training;

/// <summary>inspect, train, evaluate, compare and tune as programs: exit codes, one line for what is wrong, and a kill in the middle.</summary>
public sealed class TrainingVerbsTests : IDisposable
{
    private const int Size = 48;

    private readonly string _root = Directory.CreateTempSubdirectory("btd-trainer-").FullName;

    public TrainingVerbsTests()
    {
        foreach (var label in TumorClasses.Labels)
        {
            Directory.CreateDirectory(Path.Combine(Set, label));
            for (var i = 0; i < 12; i++)
            {
                WriteSlice(Path.Combine(Set, label, $"{i:D3}.png"), TumorClasses.Labels.IndexOf(label), i);
            }
        }
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Set => Path.Combine(_root, "set");

    private string Model => Path.Combine(_root, "model");

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task A_set_is_inspected_trained_on_evaluated_and_compared()
    {
        var inspected = await CliProcess.RunAsync(["inspect", Set, "--out", Path.Combine(_root, "inspection")]);
        var trained = await CliProcess.RunAsync(Train(Model, epochs: 8));
        var evaluated = await CliProcess.RunAsync(["evaluate", Set, "--model", Model, "--device", "cpu", "--out", Path.Combine(_root, "evaluation"), "--json"]);
        var compared = await CliProcess.RunAsync(["compare", Model, Model, Set, "--device", "cpu", "--binary", "--out", Path.Combine(_root, "comparison")]);

        Assert.Equal((0, ""), (inspected.ExitCode, inspected.Error));
        Assert.Equal((0, ""), (trained.ExitCode, trained.Error));
        Assert.Equal((0, ""), (evaluated.ExitCode, evaluated.Error));
        Assert.Equal((0, ""), (compared.ExitCode, compared.Error));
        Assert.Contains("left", trained.Output, StringComparison.Ordinal);
        Assert.Equal(48, JsonNode.Parse(evaluated.Output)!["count"]!.GetValue<int>());
        Assert.Contains("| model | sensitivity |", compared.Output, StringComparison.Ordinal);
        foreach (var folder in new[] { "inspection", "model/report", "evaluation", "comparison" })
        {
            Assert.True(File.Exists(Path.Combine(_root, folder, "report.html")), folder);
            Assert.NotNull(JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(_root, folder, "report.json"), Token)));
        }
    }

    [Fact]
    public async Task A_training_killed_in_mid_epoch_is_resumed_to_the_same_weights()
    {
        var whole = await CliProcess.RunAsync(Train(Model + "-whole", epochs: 6));
        Assert.Equal(0, whole.ExitCode);
        using (var process = CliProcess.Start(Train(Model, epochs: 6)))
        {
            // The line of an epoch comes when the next has begun or is about to.
            while (await process.StandardOutput.ReadLineAsync(Token) is { } line && !line.StartsWith("epoch 2", StringComparison.Ordinal))
            {
            }

            process.Kill();
            await process.WaitForExitAsync(Token);
        }

        Assert.False(File.Exists(Path.Combine(Model, ModelPackage.ManifestFile)));
        var again = await CliProcess.RunAsync(Train(Model, epochs: 6));
        Assert.Equal(1, again.ExitCode);
        Assert.Contains("--resume", again.Error, StringComparison.Ordinal);
        var resumed = await CliProcess.RunAsync([.. Train(Model, epochs: 6), "--resume"]);

        Assert.Equal((0, ""), (resumed.ExitCode, resumed.Error));
        Assert.DoesNotContain("epoch 1:", resumed.Output, StringComparison.Ordinal);
        Assert.Equal(6, (await File.ReadAllLinesAsync(Path.Combine(Model, "epochs.jsonl"), Token)).Length);
        Assert.Equal(ModelPackage.Load(Model + "-whole").Manifest.Sha256, ModelPackage.Load(Model).Manifest.Sha256);
    }

    [Fact]
    public async Task What_is_wrong_is_one_line_and_exit_code_1_or_2()
    {
        Directory.Delete(Path.Combine(Set, "glioma"), recursive: true);
        foreach (var (arguments, exitCode, named) in new (string[], int, string)[]
        {
            (Train(Model, epochs: 1), 1, "no files in glioma"),
            ([.. Train(Model, epochs: 1), "--groups", Path.Combine(_root, "none.csv")], 1, "none.csv"),
            ([.. Train(Model, epochs: 1), "--augment-class", "melanoma"], 2, "melanoma"),
            ([.. Train(Model, epochs: 1), "--schedule", "sometimes"], 2, "sometimes"),
            ([.. Train(Model, epochs: 1), "--mixup", "-1"], 1, "--mixup"),
            (["inspect", Path.Combine(_root, "nothing")], 1, "does not exist"),
            (["compare", Set], 1, "at least one model"),
            (["compare", Set, Set], 1, "model.json"),
            (["evaluate", Set, "--model", Set], 1, "model.json"),
            (["tune", Set, "--try", "size"], 1, "--try"),
            (["tune", Set, "--try", "colour=red", "--out", Path.Combine(_root, "tuning")], 1, "--colour"),
        })
        {
            var run = await CliProcess.RunAsync(arguments);

            Assert.True(run.ExitCode == exitCode, $"{string.Join(' ', arguments)}: {run.ExitCode} {run.Error}");
            Assert.Contains(named, run.Error, StringComparison.Ordinal);
            Assert.Single(run.Error.TrimEnd().Split('\n'));
        }
    }

    [Fact]
    public async Task A_search_ends_with_the_best_settings_and_their_page()
    {
        var folder = Path.Combine(_root, "tuning");
        var run = await CliProcess.RunAsync(
            ["tune", Set, "--try", "learning-rate=0.005,0.000001", "--epochs", "4", "--size", "32", "--batch", "8", "--device", "cpu", "--threads", "1", "--out", folder]);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("Best: learning-rate=0.005", run.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(folder, "report.html")));
    }

    private string[] Train(string output, int epochs) =>
        ["train", Set, "--out", output, "--epochs", $"{epochs}", "--size", "32", "--batch", "8", "--device", "cpu", "--threads", "1", "--learning-rate", "0.005"];

    private static void WriteSlice(string path, int label, int variant)
    {
        var random = new Random((label * 100) + variant);
        var pixels = new byte[Size * Size];

        // Grain of three pixels, or all slices of a class would be near copies of each other.
        var grain = Enumerable.Range(0, Size / 3 * (Size / 3)).Select(_ => random.Next(-75, 75)).ToArray();
        var (top, left) = (label % 2 == 0 ? 10 : 30, label < 2 ? 20 : 8);
        for (var i = 0; i < pixels.Length; i++)
        {
            var (y, x) = (i / Size, i % Size);
            var inside = Math.Pow((y - 23.5) / 22, 2) + Math.Pow((x - 23.5) / 20, 2) < 1;
            var square = y >= top && y < top + 9 && x >= left && x < left + 9;
            pixels[i] = (byte)(!inside ? 0 : square ? 245 + random.Next(10) : 105 + grain[(y / 3 * (Size / 3)) + (x / 3)] + random.Next(10));
        }

        using var file = File.Create(path);
        PngWriter.WriteGray(file, pixels, Size, Size);
    }
}
