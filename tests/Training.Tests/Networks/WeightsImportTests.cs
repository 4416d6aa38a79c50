using BrainTumorDicom.Training.Loop;
using BrainTumorDicom.Training.Networks;
using BrainTumorDicom.Training.Networks.Weights;

namespace BrainTumorDicom.Training.Tests.Networks;

public sealed class WeightsImportTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public static TheoryData<string> Names => TinyNetwork.Names;

    public void Dispose() => File.Delete(_path);

    [Theory]
    [MemberData(nameof(Names))]
    public void What_was_exported_and_taken_up_again_gives_the_same_answers(string name)
    {
        var run = new NetworkRun(name);
        using var runner = run.Start();
        runner.Run(run.Inputs, new StepRates(1e-3, 0, 1, 1));
        var state = runner.Snapshot();
        File.WriteAllBytes(_path, InferenceGraph.Write(run.Design, run.Tiny.Size, state.Parameters, state.Statistics));
        var other = TrainerState.Start(run.Graph, 99);

        var imported = WeightsImport.Read(_path, run.Graph, other);

        Assert.Equal(run.Graph.Layers.Count, imported.ByName + imported.InHead);
        Assert.Equal(state.Parameters, other.Parameters);
        Assert.Equal(state.Parameters, other.Average);
        NetworkTests.AssertClose(run.RunExported(state)["logits"], run.RunExported(other)["logits"], 1e-5);
    }

    [Fact]
    public void Weights_of_another_network_are_refused_with_the_first_layer_that_is_missing()
    {
        var run = new NetworkRun("densenet121");
        File.WriteAllBytes(_path, InferenceGraph.Write(run.Design, run.Tiny.Size, run.State.Parameters, run.State.Statistics));
        var other = new NetworkRun("resnet50");

        var error = Assert.Throws<TrainingException>(() => WeightsImport.Read(_path, other.Graph, other.State));

        Assert.Contains("another network", error.Message, StringComparison.Ordinal);
        Assert.Contains("conv1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_onnx_file_is_refused()
    {
        File.WriteAllText(_path, "these are no weights");
        var run = new NetworkRun("cnn3");

        var error = Assert.Throws<TrainingException>(() => WeightsImport.Read(_path, run.Graph, run.State));

        Assert.Contains(_path, error.Message, StringComparison.Ordinal);
    }
}
