using BrainTumorDicom.Training.Data;
using BrainTumorDicom.Training.Loop;
using BrainTumorDicom.Training.Networks;
using Microsoft.ML.OnnxRuntime;

namespace BrainTumorDicom.Training.Tests.Networks;

/// <summary>A network with a state and a batch to run it on.</summary>
internal sealed class NetworkRun
{
    public const int Batch = 6;
    public static readonly float[] ClassWeights = [1f, 0.8f, 1.3f, 0.9f];
    private static readonly long[] Labels = [0, 1, 2, 3, 1, 0];

    public NetworkRun(string name, BodyTraining body = BodyTraining.Full, int hidden = 0, double? dropout = 0, float smoothing = 0.1f, bool places = false)
    {
        Tiny = TinyNetwork.ByName(name);
        Design = new NetworkDesign(Tiny.Network, 4, hidden, dropout);
        Graph = TrainingGraph.Build(Design, Batch, Tiny.Size, ClassWeights, smoothing, body: body, places: places);

        // Away from the initial 0 and 1, so that every parameter counts.
        var random = new SeededRandom(3, stream: 9);
        State = TrainerState.Start(Graph, 7);
        foreach (ref var value in State.Parameters.AsSpan())
        {
            value += (float)(0.03 * random.NextNormal());
        }

        // Noise, and a corner that is brighter for each class.
        Inputs = new SliceBatch(
            new float[Batch * Tiny.Size * Tiny.Size], Labels, Places: new float[Batch * Graph.PlaceGrid * Graph.PlaceGrid * ClassWeights.Length]);

        // Of two places in three the class is known; that of the slice weighs more.
        for (var place = 0; place < Inputs.Places!.Length / ClassWeights.Length; place++)
        {
            var label = Labels[place / (Graph.PlaceGrid * Graph.PlaceGrid)];
            Inputs.Places[(place * ClassWeights.Length) + (place % 5 == 0 ? (int)label : 2)] = place % 3 == 0 ? 0 : place % 5 == 0 ? 4 : 1;
        }

        for (var i = 0; i < Inputs.Inputs.Length; i++)
        {
            var (slice, row, column) = (i / (Tiny.Size * Tiny.Size), i / Tiny.Size % Tiny.Size, i % Tiny.Size);
            var corner = (row < Tiny.Size / 2 ? 0 : 2) + (column < Tiny.Size / 2 ? 0 : 1);
            Inputs.Inputs[i] = (float)((0.5 * random.NextDouble()) + (corner == Labels[slice] ? 0.5 : 0));
        }
    }

    public TinyNetwork Tiny { get; }

    public NetworkDesign Design { get; }

    public TrainingGraph Graph { get; }

    public TrainerState State { get; }

    public SliceBatch Inputs { get; }

    public StepRunner Start(int seed = 1)
    {
        using var options = new SessionOptions { IntraOpNumThreads = 1 };
        return new StepRunner(Graph, State, Tiny.Size, parts: 1, seed, threads: 1, options);
    }

    /// <summary>Loss, gradient, logits and batch statistics at <see cref="State"/>.</summary>
    public (float Loss, float[] Gradient, float[] Logits, float[] Statistics) Differentiate()
    {
        using var options = new SessionOptions { IntraOpNumThreads = 1 };
        using var replica = new StepReplica(Graph, State, 0, options);
        var loss = replica.Run(Inputs, Labels.Sum(label => ClassWeights[label]), Math.Max(1, Inputs.Places!.Sum()), seed: 1, step: 0);
        return (loss, replica.Gradient, replica.Logits.ToArray(), replica.Statistics);
    }

    /// <summary>The exported model's outputs for the first <paramref name="count"/> slices.</summary>
    public Dictionary<string, float[]> RunExported(TrainerState state, int count = Batch)
    {
        using var session = new InferenceSession(InferenceGraph.Write(Design, Tiny.Size, state.Parameters, state.Statistics));
        using var input = OrtValue.CreateTensorValueFromMemory(Inputs.Inputs[..(count * Tiny.Size * Tiny.Size)], [count, 1, Tiny.Size, Tiny.Size]);
        using var options = new RunOptions();
        using var results = session.Run(options, ["input"], [input], session.OutputNames);
        return session.OutputNames.Zip(results).ToDictionary(pair => pair.First, pair => pair.Second.GetTensorDataAsSpan<float>().ToArray());
    }
}
