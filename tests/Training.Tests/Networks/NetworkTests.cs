using BrainTumorDicom.Training.Loop;
using BrainTumorDicom.Training.Networks;

namespace BrainTumorDicom.Training.Tests.Networks;

public sealed class NetworkTests
{
    // Learns nothing, but takes the batch's statistics over.
    private static readonly StepRates Still = new(0, 0, 1, 1);

    public static TheoryData<string> Names => TinyNetwork.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void A_network_learns_a_small_batch(string name)
    {
        var run = new NetworkRun(name, smoothing: 0);
        using var runner = run.Start();
        var first = runner.Run(run.Inputs, new StepRates(5e-3, 0, 1, 0.1));
        var last = first;

        for (var i = 0; i < 100; i++)
        {
            last = runner.Run(run.Inputs, new StepRates(5e-3, 0, 1, 0.1));
        }

        Assert.True(last < 0.7 * first, $"{first} to {last}");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void An_exported_model_answers_as_the_training_graph_does_with_the_same_statistics(string name)
    {
        var run = new NetworkRun(name);
        using var runner = run.Start();
        runner.Run(run.Inputs, Still);

        var exported = run.RunExported(runner.Snapshot());

        AssertClose(runner.Logits.ToArray(), exported["logits"], 1e-3);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void An_exported_model_takes_any_number_of_slices_and_says_where_it_looks(string name)
    {
        var run = new NetworkRun(name, hidden: 16);
        using var runner = run.Start();
        runner.Run(run.Inputs, Still);

        var all = run.RunExported(runner.Snapshot());
        var first = run.RunExported(runner.Snapshot(), count: 1);

        foreach (var output in new[] { "logits", "attention", "features" })
        {
            Assert.Equal(all[output].Length, first[output].Length * NetworkRun.Batch);
            AssertClose(all[output][..first[output].Length], first[output], 1e-4);
        }

        Assert.Contains(all["attention"], value => value != 0);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_gradient_matches_the_change_of_the_loss_along_it(string name) => AssertGradient(new NetworkRun(name));

    [Theory]
    [InlineData("residual")]
    [InlineData("cnn3")]
    public void The_gradient_with_trained_places_matches_too(string name)
    {
        var (with, without) = (new NetworkRun(name, places: true), new NetworkRun(name));

        AssertGradient(with);

        Assert.True(with.Graph.PlaceGrid > 1);
        Assert.True(with.Graph.ParameterCount > without.Graph.ParameterCount);
    }

    [Fact]
    public void Places_are_learned_and_leave_the_exported_model_its_outputs()
    {
        var run = new NetworkRun("residual", smoothing: 0, places: true);
        using var runner = run.Start();
        var first = runner.Run(run.Inputs, new StepRates(5e-3, 0, 1, 0.1));
        for (var i = 0; i < 150; i++)
        {
            runner.Run(run.Inputs, new StepRates(5e-3, 0, 1, 0.1));
        }

        Assert.True(runner.Run(run.Inputs, Still) < 0.5 * first);
        Assert.Equal(["attention", "features", "logits"], run.RunExported(runner.Snapshot()).Keys.Order());
    }

    [Fact]
    public void A_network_that_flattens_its_map_trains_no_places() =>
        Assert.Equal(0, new NetworkRun("cnn3-wide", places: true).Graph.PlaceGrid);

    private static void AssertGradient(NetworkRun run)
    {
        var gradient = (float[])run.Differentiate().Gradient.Clone();
        var length = Math.Sqrt(gradient.Sum(value => (double)value * value));
        var start = (float[])run.State.Parameters.Clone();
        var delta = 5e-4;

        var change = LossAt(delta) - LossAt(-delta);

        Assert.Equal(length, change / (2 * delta), 0.03 * length);

        double LossAt(double step)
        {
            for (var i = 0; i < start.Length; i++)
            {
                run.State.Parameters[i] = (float)(start[i] + (step * gradient[i] / length));
            }

            return run.Differentiate().Loss;
        }
    }

    [Theory]
    [InlineData("resnet50", 23_508_032)]
    [InlineData("densenet121", 6_953_856)]
    [InlineData("xception", 20_806_952)]
    [InlineData("efficientnet-b0", 4_007_548)]
    public void A_backbone_has_as_many_parameters_as_its_authors_published(string name, int published)
    {
        var design = new NetworkDesign(NetworkRegistry.ByName(name), 4);

        var graph = TrainingGraph.Build(design, 1, 96, [1, 1, 1, 1], 0, body: BodyTraining.Frozen);

        Assert.Equal(published, graph.FirstTrained);
    }

    [Theory]
    [InlineData("cnn9", 4_446_468)] // 4,447,044 with colour
    [InlineData("cnn3-wide", 44_397_572)] // 44,398,148 with colour
    [InlineData("logistic", 16_388)]
    public void A_plain_network_has_as_many_parameters_as_its_layers_say(string name, int expected)
    {
        var network = NetworkRegistry.ByName(name);

        var graph = TrainingGraph.Build(new NetworkDesign(network, 4), 1, network.DefaultSize, [1, 1, 1, 1], 0);

        Assert.Equal(expected, graph.ParameterCount);
    }

    [Theory]
    [InlineData("residual")]
    [InlineData("resnet50")]
    public void Attention_is_the_logit_before_its_mean_over_the_plane(string name)
    {
        var run = new NetworkRun(name);
        using var runner = run.Start();
        runner.Run(run.Inputs, Still);
        var state = runner.Snapshot();

        var outputs = run.RunExported(state);

        var plane = outputs["attention"].Length / (NetworkRun.Batch * 4);
        for (var i = 0; i < NetworkRun.Batch * 4; i++)
        {
            var bias = state.Parameters[^(4 - (i % 4))];
            Assert.Equal(outputs["logits"][i], outputs["attention"].AsSpan(i * plane, plane).ToArray().Average() + bias, 1e-3f);
        }
    }

    [Fact]
    public void Attention_of_a_hidden_layer_changes_as_the_logit_does()
    {
        // Grad-CAM: for a head that is linear where it is active, the mean over the plane is the logit less the biases' part.
        var run = new NetworkRun("cnn3", hidden: 6);
        foreach (var layer in run.Graph.Layers.Where(layer => layer.InHead))
        {
            run.State.Parameters.AsSpan(layer.Offset + layer.Weights.Size, layer.Bias!.Size).Clear();
        }

        var outputs = run.RunExported(run.State);

        var plane = outputs["attention"].Length / (NetworkRun.Batch * 4);
        for (var i = 0; i < NetworkRun.Batch * 4; i++)
        {
            Assert.Equal(outputs["logits"][i], outputs["attention"].AsSpan(i * plane, plane).ToArray().Average(), 1e-3f);
        }
    }

    [Fact]
    public void Attention_of_a_flattened_map_changes_as_the_logit_does()
    {
        var run = new NetworkRun("cnn3-wide", hidden: 6);
        foreach (var layer in run.Graph.Layers.Where(layer => layer.InHead))
        {
            run.State.Parameters.AsSpan(layer.Offset + layer.Weights.Size, layer.Bias!.Size).Clear();
        }

        var outputs = run.RunExported(run.State);

        var plane = outputs["attention"].Length / (NetworkRun.Batch * 4);
        for (var i = 0; i < NetworkRun.Batch * 4; i++)
        {
            Assert.Equal(outputs["logits"][i], outputs["attention"].AsSpan(i * plane, plane).ToArray().Average(), 1e-3f);
        }
    }

    [Fact]
    public void A_network_that_is_not_known_is_named_with_those_that_are()
    {
        var error = Assert.Throws<TrainingException>(() => NetworkRegistry.ByName("resnet51"));

        Assert.Contains("resnet51", error.Message, StringComparison.Ordinal);
        Assert.Contains("resnet50", error.Message, StringComparison.Ordinal);
    }

    internal static void AssertClose(IReadOnlyList<float> expected, IReadOnlyList<float> actual, double tolerance)
    {
        Assert.Equal(expected.Count, actual.Count);
        var scale = Math.Max(1e-3, expected.Max(Math.Abs));
        for (var i = 0; i < expected.Count; i++)
        {
            Assert.True(Math.Abs(expected[i] - actual[i]) <= tolerance * scale, $"{i}: {expected[i]} against {actual[i]}");
        }
    }
}
