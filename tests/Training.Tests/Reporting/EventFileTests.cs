using BrainTumorDicom.Classification.Findings;
using BrainTumorDicom.Support;
using BrainTumorDicom.Training.Graph;
using BrainTumorDicom.Training.Loop;
using BrainTumorDicom.Training.Reporting.TensorBoard;

namespace BrainTumorDicom.Training.Tests.Reporting;

public sealed class EventFileTests
{
    [PeerFact("python3")]
    public async Task An_independent_reader_finds_scalars_pictures_and_the_network()
    {
        var graph = new GraphBuilder();
        var input = graph.Input("input", ElementType.Float, 1, 1, 4, 4);
        var kernel = graph.Constant([1], 1, 1, 1, 1);
        graph.Output(graph.Node("Conv", [input, kernel], [1, 1, 4, 4]), "logits");
        var epochs = new[] { 1, 2 }.Select(epoch => new EpochEntry(
            epoch, 1e-3, 1.0 / epoch, 0.5, "validation", 0.75, 0.625, [1, 0.5, 0.25, 0], [.. Enumerable.Range(0, 16)], 100, DateTimeOffset.UnixEpoch)).ToArray();
        var path = Path.GetTempFileName();
        await File.WriteAllBytesAsync(path, TrainingEvents.Write(epochs, TumorClasses.Labels, graph.ToModel()), TestContext.Current.CancellationToken);

        var script = Path.Combine(SharedData.ProjectRoot, "tests", "Training.Tests", "Reporting", "events.py");
        var (exitCode, output, error) = await PeerTools.RunAsync("python3", [script, path], TestContext.Current.CancellationToken);

        Assert.True(exitCode == 0, error);
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("version brain.Event:2", lines[0]);
        Assert.Equal("graph 4 4 1", lines[1]);
        Assert.Contains("scalar 2 loss/train 0.5", lines);
        Assert.Contains("scalar 1 accuracy/validation 0.625", lines);
        Assert.Contains("scalar 2 recall/notumor 0.25", lines);
        Assert.Equal(2, lines.Count(line => line.StartsWith("image ", StringComparison.Ordinal)));
        File.Delete(path);
    }
}
