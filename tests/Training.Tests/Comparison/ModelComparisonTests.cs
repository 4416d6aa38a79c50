using BrainTumorDicom.Classification.Execution;
using BrainTumorDicom.Classification.Model;
using BrainTumorDicom.Training.Comparison;
using BrainTumorDicom.Training.Loop;
using BrainTumorDicom.Training.Reporting;
using BrainTumorDicom.Training.Tests.Loop;

namespace BrainTumorDicom.Training.Tests.Comparison;

public sealed class ModelComparisonTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Models_of_other_preprocessing_and_of_two_classes_are_compared_slice_by_slice()
    {
        using var set = new TinySet(perClass: 24);
        var trained = RefinementTests.Options(set) with { Epochs = 6 };
        var binary = trained with { Output = set.Output + "-binary", Binary = true, Symmetric = true };
        foreach (var options in new[] { trained, binary })
        {
            await new Trainer(options, TimeProvider.System).RunAsync(Token);
        }

        var (first, second) = (ModelPackage.Load(trained.Output), ModelPackage.Load(binary.Output));
        var four = Compare(set, first, first);
        var two = Compare(set, first, second);

        Assert.Equal(0, four.Models[1].AccuracyDifference.Value);
        Assert.Equal((0, 0), (four.Models[1].AccuracyDifference.Low, four.Models[1].AccuracyDifference.High));
        Assert.True(two.Scheme.IsBinary);
        var output = new ReportFolder(Path.Combine(set.Root, "report"));
        ComparisonReport.Write(two, "braintumordicom compare a b set", output);
        var table = await File.ReadAllTextAsync(Path.Combine(output.Path, ComparisonReport.TableFile), Token);
        Assert.StartsWith("| model | sensitivity | specificity | accuracy |", table, StringComparison.Ordinal);
        Assert.Equal(4, table.Split('\n').Count(line => line.StartsWith('|')));
        Assert.Contains("Where they differ", await File.ReadAllTextAsync(output.PagePath, Token), StringComparison.Ordinal);
    }

    private static ModelComparison Compare(TinySet set, params ModelPackage[] packages) =>
        ModelComparison.Run(packages, set.Folder, groupsFile: null, heldOut: (1, 0.15), DeviceChoice.Cpu, binary: false, progress: null, Token);
}
