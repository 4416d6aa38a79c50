using BrainTumorDicom.Training.Loop;
using BrainTumorDicom.Training.Networks;
using BrainTumorDicom.Training.Networks.Weights;

namespace BrainTumorDicom.Training.Tests.Networks;

/// <summary>Networks against the same ones in PyTorch, on the same parameters and slices.</summary>
[Trait("Category", "Peer")]
public sealed class TorchTests
{
    public static TheoryData<string> Names => TinyNetwork.Names;

    public static TheoryData<string> Imported => ["resnet50", "densenet121", "xception", "efficientnet-b0"];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Gradient_and_steps_are_those_of_PyTorch(string name)
    {
        await TorchPeer.RequireAsync();
        using var peer = new TorchPeer();
        var run = new NetworkRun(name);
        const int Steps = 3;
        await peer.CheckAsync(run, Steps, rate: 1e-4, decay: 0.05, smoothing: 0.1);

        var (loss, gradient, logits, _) = run.Differentiate();
        using var runner = run.Start();
        var losses = Enumerable.Range(0, Steps).Select(_ => runner.Run(run.Inputs, new StepRates(1e-4, 0.05, 1, 1))).ToArray();

        Assert.Equal(peer.Read("loss")[0], loss, 1e-4f);
        NetworkTests.AssertClose(peer.Read("logits"), logits, 1e-3);
        AssertTensorsClose(run.Graph, peer.Read("gradient"), gradient);
        NetworkTests.AssertClose(peer.Read("losses"), losses, 1e-3);
        AssertMovedAlike(run.State.Parameters, peer.Read("parameters.next"), runner.Snapshot().Parameters);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task An_exported_model_answers_as_PyTorch_does_in_inference(string name)
    {
        await TorchPeer.RequireAsync();
        using var peer = new TorchPeer();
        var run = new NetworkRun(name);
        Shake(run.State.Statistics, run.Graph);
        await peer.CheckAsync(run, steps: 0, rate: 0, decay: 0, smoothing: 0);

        NetworkTests.AssertClose(peer.Read("inference"), run.RunExported(run.State)["logits"], 1e-3);
    }

    [Theory]
    [MemberData(nameof(Imported))]
    public async Task Weights_that_PyTorch_exported_give_its_answers(string name)
    {
        await TorchPeer.RequireAsync();
        using var peer = new TorchPeer();
        var run = new NetworkRun(name);
        Shake(run.State.Statistics, run.Graph);
        await peer.CheckAsync(run, steps: 0, rate: 0, decay: 0, smoothing: 0, onnx: true);
        foreach (var file in new[] { "plain.onnx", "folded.onnx" })
        {
            var other = TrainerState.Start(run.Graph, 99);

            var imported = WeightsImport.Read(Path.Combine(peer.Folder, file), run.Graph, other);

            Assert.Equal(file == "folded.onnx", imported.Folded > 0);
            NetworkTests.AssertClose(peer.Read("inference"), run.RunExported(other)["logits"], 1e-3);
        }
    }

    // Each tensor by its own length, unless its gradient is nothing but rounding.
    private static void AssertTensorsClose(TrainingGraph graph, float[] expected, float[] actual)
    {
        var (offset, whole) = (0, Length(expected));
        foreach (var spec in graph.Specs)
        {
            var tensor = expected.AsSpan(offset, spec.Size).ToArray();
            var difference = tensor.Zip(actual.Skip(offset), (a, b) => a - b).ToArray();
            Assert.True(
                Length(difference) <= (1e-3 * Length(tensor)) + (1e-5 * whole),
                $"{spec.Name}: {Length(difference)} off of {Length(tensor)}, {whole} in all");
            offset += spec.Size;
        }
    }

    // Adam makes steps of one length even of gradients that are only rounding, so single parameters may go another way.
    private static void AssertMovedAlike(float[] start, float[] expected, float[] actual)
    {
        var moved = Length([.. expected.Zip(start, (a, b) => a - b)]);
        var apart = Length([.. expected.Zip(actual, (a, b) => a - b)]);
        Assert.True(apart <= 0.05 * moved, $"{apart} apart after moving {moved}");
    }

    private static double Length(float[] values) => Math.Sqrt(values.Sum(value => (double)value * value));

    private static void Shake(float[] statistics, TrainingGraph graph)
    {
        var random = new SeededRandom(5, stream: 1);
        foreach (var layer in graph.Layers.Where(layer => layer.Kind == LayerKind.Normalization))
        {
            for (var i = 0; i < layer.Weights.Size; i++)
            {
                statistics[layer.StatisticsOffset + i] = (float)random.Between(-0.5, 0.5);
                statistics[layer.StatisticsOffset + layer.Weights.Size + i] = (float)random.Between(0.5, 2);
            }
        }
    }
}
