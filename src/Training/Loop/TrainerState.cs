using BrainTumorDicom.Training.Networks;

namespace BrainTumorDicom.Training.Loop;

/// <summary>Everything that a step changes, and the number of steps done.</summary>
/// <param name="Step">Steps done.</param>
/// <param name="Parameters">The parameter vector.</param>
/// <param name="Momentum">Mean of the gradients.</param>
/// <param name="Variance">Mean of their squares.</param>
/// <param name="Average">Moving average of the parameters.</param>
/// <param name="Statistics">Running means and variances of the normalisations.</param>
internal sealed record TrainerState(int Step, float[] Parameters, float[] Momentum, float[] Variance, float[] Average, float[] Statistics)
{
    /// <summary>How many vectors there are.</summary>
    public const int VectorCount = 5;

    /// <summary>The vectors, in the order of the parameters above.</summary>
    public IReadOnlyList<float[]> Vectors => [Parameters, Momentum, Variance, Average, Statistics];

    /// <summary>The state before the first step.</summary>
    public static TrainerState Start(TrainingGraph graph, int seed)
    {
        var parameters = graph.Initialize(seed);
        var statistics = new float[graph.StatisticsCount];
        foreach (var layer in graph.Layers.Where(layer => layer.Kind == LayerKind.Normalization))
        {
            statistics.AsSpan(layer.StatisticsOffset + layer.Weights.Size, layer.Weights.Size).Fill(1);
        }

        return new TrainerState(
            0,
            parameters,
            new float[graph.ParameterCount],
            new float[graph.ParameterCount],
            (float[])parameters.Clone(),
            statistics);
    }

    /// <summary>A copy that later steps do not change.</summary>
    public TrainerState Copy(int step) => Of(step, [.. Vectors.Select(vector => (float[])vector.Clone())]);

    /// <summary>A state of <paramref name="vectors"/> in the order of <see cref="Vectors"/>.</summary>
    public static TrainerState Of(int step, IReadOnlyList<float[]> vectors) =>
        new(step, vectors[0], vectors[1], vectors[2], vectors[3], vectors[4]);
}
