using BrainTumorDicom.Training.Networks;
using Microsoft.ML.OnnxRuntime;

namespace BrainTumorDicom.Training.Tests.Networks;

public sealed class ResidualNetworkTests
{
    private const int Size = 32;
    private const int Batch = 6;
    private static readonly ResidualNetwork Network = new([4, 6, 8], 4);

    [Fact]
    public void An_exported_model_answers_as_the_training_graph_does_with_the_same_statistics()
    {
        var trained = Run(TrainingGraphOf(), RandomParameters(), Inputs());

        // Training moved the statistics all the way to those of the batch, so the frozen normalisation does the same as the batch's.
        var exported = RunExported(RandomParameters(), trained["statistics.next"], Inputs(), Batch);

        Assert.All(trained["logits"].Zip(exported["logits"]), pair => Assert.Equal(pair.First, pair.Second, 2e-4f));
    }

    [Fact]
    public void Attention_is_the_logit_before_its_mean_over_the_plane()
    {
        var parameters = RandomParameters();
        var statistics = Run(TrainingGraphOf(), parameters, Inputs())["statistics.next"];

        var outputs = RunExported(parameters, statistics, Inputs(), Batch);

        var plane = outputs["attention"].Length / (Batch * 4);
        Assert.Equal(Size / Network.Reduction * (Size / Network.Reduction), plane);
        Assert.Equal(Batch * 8, outputs["features"].Length);
        for (var i = 0; i < Batch * 4; i++)
        {
            var bias = parameters[^(4 - (i % 4))];
            Assert.Equal(outputs["logits"][i], outputs["attention"].AsSpan(i * plane, plane).ToArray().Average() + bias, 1e-4f);
        }
    }

    [Fact]
    public void An_exported_model_takes_any_number_of_slices()
    {
        var parameters = RandomParameters();
        var statistics = Run(TrainingGraphOf(), parameters, Inputs())["statistics.next"];

        var all = RunExported(parameters, statistics, Inputs(), Batch)["logits"];
        var first = RunExported(parameters, statistics, Inputs()[..(Size * Size)], 1)["logits"];

        Assert.All(first.Zip(all), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
    }

    [Fact]
    public void The_gradient_of_the_whole_network_matches_the_change_of_the_loss_along_it()
    {
        var graph = TrainingGraphOf();
        var parameters = RandomParameters();
        var gradient = Run(graph, parameters, Inputs())["gradient"];
        var length = Math.Sqrt(gradient.Sum(value => (double)value * value));
        const double Delta = 2e-3;

        var high = Run(graph, Moved(Delta), Inputs())["loss"][0];
        var low = Run(graph, Moved(-Delta), Inputs())["loss"][0];

        Assert.Equal(length, (high - low) / (2 * Delta), 0.02 * length);

        float[] Moved(double step) => [.. parameters.Zip(gradient, (value, slope) => (float)(value + (step * slope / length)))];
    }

    [Fact]
    public void A_step_is_AdamW_on_the_gradient_and_moves_the_averages()
    {
        var graph = TrainingGraphOf();
        var parameters = RandomParameters();

        var result = Run(graph, parameters, Inputs());

        // From zero moments the first step of Adam is rate · g / (|g| + tiny), after decay of kernels alone.
        var offset = 0;
        foreach (var spec in graph.Specs)
        {
            for (var i = offset; i < offset + spec.Size; i++)
            {
                var slope = result["gradient"][i];
                var decayed = parameters[i] * (spec.Decays ? 1 - 5e-4 : 1);
                var expected = decayed - (0.01 * slope / (Math.Abs(slope) + 1e-8));
                Assert.True(Math.Abs(expected - result["parameters.next"][i]) < 2e-4 || Math.Abs(slope) < 1e-6, $"{spec.Name}: {slope}");
                Assert.Equal(0.25 * result["parameters.next"][i], result["average.next"][i], 1e-5);
            }

            offset += spec.Size;
        }
    }

    private static TrainingGraph TrainingGraphOf() =>
        TrainingGraph.Build(Network, Batch, Size, [1f, 0.8f, 1.3f, 0.9f], smoothing: 0.1f, withGradient: true);

    // Away from the initial 0 and 1, so that every parameter counts.
    private static float[] RandomParameters()
    {
        var random = new SeededRandom(3, stream: 9);
        return Array.ConvertAll(TrainingGraphOf().Initialize(7), value => value + (float)(0.1 * random.NextNormal()));
    }

    private static float[] Inputs()
    {
        var random = new SeededRandom(11, stream: 0);
        var inputs = new float[Batch * Size * Size];
        foreach (ref var value in inputs.AsSpan())
        {
            value = (float)random.NextDouble();
        }

        return inputs;
    }

    private static Dictionary<string, float[]> Run(TrainingGraph graph, float[] parameters, float[] inputs)
    {
        using var session = new InferenceSession(graph.Model);
        var zeros = new float[graph.ParameterCount];
        float[] rates = [0.1f, (float)(1 / Math.Sqrt(1 - 0.999)), 5e-4f, 0.25f, 1];
        return Run(session, new Dictionary<string, OrtValue>
        {
            ["input"] = OrtValue.CreateTensorValueFromMemory(inputs, [Batch, 1, Size, Size]),
            ["labels"] = OrtValue.CreateTensorValueFromMemory(new long[] { 0, 1, 2, 3, 1, 0 }, [Batch]),
            ["rates"] = OrtValue.CreateTensorValueFromMemory(rates, [rates.Length]),
            ["parameters"] = OrtValue.CreateTensorValueFromMemory(parameters, [parameters.Length]),
            ["momentum"] = OrtValue.CreateTensorValueFromMemory(zeros, [zeros.Length]),
            ["variance"] = OrtValue.CreateTensorValueFromMemory(zeros, [zeros.Length]),
            ["average"] = OrtValue.CreateTensorValueFromMemory(zeros, [zeros.Length]),
            ["statistics"] = OrtValue.CreateTensorValueFromMemory(new float[graph.StatisticsCount], [graph.StatisticsCount]),
        });
    }

    private static Dictionary<string, float[]> RunExported(float[] parameters, float[] statistics, float[] inputs, int count)
    {
        using var session = new InferenceSession(InferenceGraph.Write(Network, Size, parameters, statistics));
        return Run(session, new Dictionary<string, OrtValue> { ["input"] = OrtValue.CreateTensorValueFromMemory(inputs, [count, 1, Size, Size]) });
    }

    private static Dictionary<string, float[]> Run(InferenceSession session, Dictionary<string, OrtValue> inputs)
    {
        using var options = new RunOptions();
        using var results = session.Run(options, inputs.Keys, inputs.Values, session.OutputNames);
        return session.OutputNames.Zip(results).ToDictionary(pair => pair.First, pair => pair.Second.GetTensorDataAsSpan<float>().ToArray());
    }
}
