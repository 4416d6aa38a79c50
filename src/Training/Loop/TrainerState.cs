using BrainTumorDicom.Training.Networks;

namespace BrainTumorDicom.Training.Loop;

/// <summary>Everything that a step changes: the vectors of <see cref="TrainingGraph.StateNames"/> and the number of steps done.</summary>
internal sealed record TrainerState(int Step, float[] Parameters, float[] Momentum, float[] Variance, float[] Average, float[] Statistics)
{
    /// <summary>The vectors in the order of <see cref="TrainingGraph.StateNames"/>.</summary>
    public IReadOnlyList<float[]> Vectors => [Parameters, Momentum, Variance, Average, Statistics];

    /// <summary>The state before the first step.</summary>
    public static TrainerState Start(TrainingGraph graph, int seed)
    {
        var parameters = graph.Initialize(seed);
        return new TrainerState(
            0,
            parameters,
            new float[graph.ParameterCount],
            new float[graph.ParameterCount],
            (float[])parameters.Clone(),
            new float[graph.StatisticsCount]);
    }

    /// <summary>A state of <paramref name="vectors"/> in the order of <see cref="TrainingGraph.StateNames"/>.</summary>
    public static TrainerState Of(int step, IReadOnlyList<float[]> vectors) =>
        new(step, vectors[0], vectors[1], vectors[2], vectors[3], vectors[4]);
}
