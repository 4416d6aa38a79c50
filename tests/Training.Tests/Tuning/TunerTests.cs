using System.Collections.Immutable;
using BrainTumorDicom.Training.Loop;
using BrainTumorDicom.Training.Reporting;
using BrainTumorDicom.Training.Tests.Loop;
using BrainTumorDicom.Training.Tuning;

namespace BrainTumorDicom.Training.Tests.Tuning;

public sealed class TunerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_stopped_search_goes_on_without_training_again_and_ends_in_a_ranked_table()
    {
        using var set = new TinySet();
        var plan = new TuningPlan(SearchKind.Grid, [TuningAxis.Parse("learning-rate=0.005,1e-7")], Trials: 0, Seed: 1, Epochs: 4);
        var made = new List<string>();
        using var stop = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => new Tuner(plan, set.Output, Make, TimeProvider.System, new StopAfterFirst(stop)).RunAsync("search", resume: false, stop.Token));
        await Assert.ThrowsAsync<TrainingException>(() => new Tuner(plan, set.Output, Make, TimeProvider.System).RunAsync("search", resume: false, Token));
        await Assert.ThrowsAsync<TrainingException>(() => new Tuner(plan, set.Output, Make, TimeProvider.System).RunAsync("another", resume: true, Token));
        var before = made.Count(folder => folder.Contains("trial-001", StringComparison.Ordinal));
        var results = await new Tuner(plan, set.Output, Make, TimeProvider.System).RunAsync("search", resume: true, Token);

        Assert.Equal(before, made.Count(folder => folder.Contains("trial-001", StringComparison.Ordinal)));
        Assert.Equal(2, results.Length);
        Assert.Equal(["learning-rate=0.005"], results[0].Settings);
        Assert.True(results[0].BalancedAccuracy > results[1].BalancedAccuracy || results[1].Failure is not null);
        TuningReport.Write(results, "braintumordicom tune", new ReportFolder(set.Output));
        Assert.Contains("learning-rate=1e-7", await File.ReadAllTextAsync(Path.Combine(set.Output, "report.html"), Token), StringComparison.Ordinal);

        TrainingOptions Make(ImmutableArray<(string Option, string Value)> setting, int epochs, string folder)
        {
            made.Add(folder);
            return RefinementTests.Options(set) with
            {
                Epochs = epochs,
                Output = folder,
                ValidationFraction = 0.2,
                LearningRate = double.Parse(setting[0].Value, System.Globalization.CultureInfo.InvariantCulture),
            };
        }
    }

    private sealed class StopAfterFirst(CancellationTokenSource stop) : IProgress<(TrialResult Trial, int Done, int Total)>
    {
        public void Report((TrialResult Trial, int Done, int Total) value) => stop.Cancel();
    }
}
