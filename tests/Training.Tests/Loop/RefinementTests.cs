using System.Text.Json.Nodes;
using BrainTumorDicom.Classification.Execution;
using BrainTumorDicom.Classification.Findings;
using BrainTumorDicom.Classification.Model;
using BrainTumorDicom.Slices.Conversion;
using BrainTumorDicom.Training.Evaluation;
using BrainTumorDicom.Training.Loop;

namespace BrainTumorDicom.Training.Tests.Loop;

public sealed class RefinementTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Preprocessing_and_flips_of_the_training_are_in_the_package_and_give_the_same_figures_from_the_folder()
    {
        using var set = new TinySet(perClass: 24);
        var options = Options(set) with
        {
            Epochs = 4, Clahe = new ClaheParameters(), Symmetric = true, TestTimeFlips = true, ValidationFraction = 0.15,
            Schedule = new ScheduleOptions { Optimizer = OptimizerKind.Adam, Kind = ScheduleKind.Plateau },
            Regularization = new RegularizationOptions { Mixup = 0.2, ClassWeights = false, AverageDecay = 0.9 },
            Augmentation = new AugmentationOptions { Level = AugmentationLevel.Light, StrongerClasses = [TumorClass.Meningioma] },
            WeightDecay = 1e-4,
        };

        var report = await new Trainer(options, TimeProvider.System).RunAsync(Token);

        var package = ModelPackage.Load(set.Output);
        Assert.Equal(new ClaheParameters(2, 8), package.Manifest.Preprocessing.Clahe);
        Assert.True(package.Manifest.Preprocessing.Symmetric);
        Assert.True(package.Manifest.TestTimeFlips);
        Assert.All(report.Counts, count => Assert.True(count.Validation > 0));
        Assert.Equal(0, report.SharedGroups);
        using var classifier = Classifier.Load(package, DeviceChoice.Cpu, threads: 1);
        var again = FolderEvaluation.Run(classifier, set.Folder, groupsFile: null, heldOut: (1, 0.15), progress: null, Token);
        Assert.Equal(package.Manifest.Evaluation.Confusion.AsEnumerable(), again.Figures.Confusion);
    }

    [Fact]
    public async Task Early_stopping_keeps_the_best_epoch_by_validation_loss()
    {
        using var set = new TinySet();
        var options = Options(set) with { Epochs = 40, LearningRate = 0.5, ValidationFraction = 0.2, Schedule = new ScheduleOptions { Patience = 2, Kind = ScheduleKind.Constant } };

        try
        {
            var report = await new Trainer(options, TimeProvider.System).RunAsync(Token);
            Assert.True(report.EpochsDone < 40);
            Assert.Equal(report.EpochsDone - 2, report.BestEpoch);
        }
        catch (CollapsedException)
        {
            // So high a rate may also end there; then no package was written.
            Assert.False(File.Exists(Path.Combine(set.Output, ModelPackage.ManifestFile)));
        }
    }

    [Fact]
    public async Task A_binary_model_is_evaluated_but_not_served()
    {
        using var set = new TinySet(perClass: 24);

        var report = await new Trainer(Options(set) with { Epochs = 6, Binary = true }, TimeProvider.System).RunAsync(Token);

        Assert.Equal(4, report.Evaluation.HeldOut.Confusion.Length);
        var package = ModelPackage.Load(set.Output);
        Assert.Equal(["notumor", "tumor"], package.Manifest.Labels);
        var error = Assert.Throws<InvalidDataException>(() => Classifier.Load(package, DeviceChoice.Cpu, threads: 1));
        Assert.Contains("not served", error.Message, StringComparison.Ordinal);
        using var classifier = Classifier.LoadAny(package, DeviceChoice.Cpu, threads: 1);
        var again = FolderEvaluation.Run(classifier, set.Folder, groupsFile: null, heldOut: (1, 0.15), progress: null, Token);
        Assert.Equal(package.Manifest.Evaluation.Confusion.AsEnumerable(), again.Figures.Confusion);
        Assert.Equal(again.Detailed.Recall[1].Value, again.Detailed.Binary.Sensitivity.Value);
    }

    [Fact]
    public async Task A_training_leaves_a_page_all_figures_and_an_event_file()
    {
        using var set = new TinySet();

        await new Trainer(Options(set), TimeProvider.System).RunAsync(Token);

        var folder = Path.Combine(set.Output, "report");
        var page = await File.ReadAllTextAsync(Path.Combine(folder, "report.html"), Token);
        Assert.Contains("<polyline", page, StringComparison.Ordinal);
        Assert.DoesNotContain("http://", page.Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal), StringComparison.Ordinal);
        var json = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "report.json"), Token))!;
        Assert.Equal(3, json["epochs"]!.AsArray().Count);
        Assert.Equal(json["count"]!.GetValue<int>(), json["slices"]!.AsArray().Count);
        Assert.True(new FileInfo(Path.Combine(folder, "events.out.tfevents.training")).Length > 1000);
        Assert.False(File.Exists(Path.Combine(set.Output, RunFolder.CheckpointFile)));
        var card = await File.ReadAllTextAsync(Path.Combine(set.Output, ModelCard.FileName), Token);
        foreach (var part in new[] { "No group is on both sides of the split (0 found)", "95 % confidence intervals", "sub-group", "metastases", "children", "Licence", "input gate" })
        {
            Assert.Contains(part, card, StringComparison.Ordinal);
        }
    }

    internal static TrainingOptions Options(TinySet set) => new()
    {
        Folder = set.Folder, Output = set.Output, Epochs = 3, Size = 32, Batch = 8, Threads = 2, Device = DeviceChoice.Cpu, LearningRate = 5e-3,
    };
}
