using System.Numerics;
using System.Runtime.InteropServices;
using BrainTumorDicom.Training.Networks;

namespace BrainTumorDicom.Training.Loop;

/// <summary>
/// The optimizer: AdamW (Loshchilov and Hutter, 2019), or Adam (Kingma and Ba, 2015) with the decay as part of the
/// gradient, and the moving average of the parameters. All vectors are read and written once: as nodes of a graph the
/// same took some fifteen passes, which on 44 million parameters was longer than the network.
/// </summary>
internal sealed class AdamW
{
    private const float FirstDecay = 0.9f;
    private const float SecondDecay = 0.999f;
    private const float Epsilon = 1e-8f;

    // Small enough to share work evenly, large enough to be worth a task.
    private const int Chunk = 1 << 16;

    private readonly List<(int Offset, int Length, bool Decays)> _chunks = [];
    private readonly ParallelOptions _parallel;

    /// <param name="graph">Says which parameters are trained, and which decay.</param>
    /// <param name="threads">CPU threads. The result does not depend on them.</param>
    public AdamW(TrainingGraph graph, int threads)
    {
        _parallel = new ParallelOptions { MaxDegreeOfParallelism = threads };
        var offset = 0;
        foreach (var spec in graph.Specs)
        {
            for (var i = 0; i < spec.Size && offset >= graph.FirstTrained; i += Chunk)
            {
                _chunks.Add((offset + i, Math.Min(Chunk, spec.Size - i), spec.Decays));
            }

            offset += spec.Size;
        }
    }

    /// <summary>Moves the parameters of <paramref name="state"/> by the sum of <paramref name="gradients"/>.</summary>
    /// <param name="state">Changed in place.</param>
    /// <param name="gradients">Parts of the gradient, each as long as the parameter vector; always added in the same order.</param>
    /// <param name="rates">Of this step.</param>
    public void Step(TrainerState state, float[][] gradients, StepRates rates)
    {
        var numbers = rates.At(state.Step);
        if (_chunks.Count == 1 || _parallel.MaxDegreeOfParallelism == 1)
        {
            _chunks.ForEach(chunk => Step(state, gradients, chunk, numbers));
        }
        else
        {
            Parallel.For(0, _chunks.Count, _parallel, i => Step(state, gradients, _chunks[i], numbers));
        }
    }

    private static void Step(TrainerState state, float[][] gradients, (int Offset, int Length, bool Decays) chunk, StepNumbers numbers)
    {
        var (offset, length, decays) = chunk;
        var values = state.Parameters.AsSpan(offset, length);
        var momentum = state.Momentum.AsSpan(offset, length);
        var variance = state.Variance.AsSpan(offset, length);
        var average = state.Average.AsSpan(offset, length);
        var gradient = gradients[0].AsSpan(offset, length);
        foreach (var part in gradients.Skip(1))
        {
            AddTo(gradient, part.AsSpan(offset, length));
        }

        var coupled = decays ? numbers.CoupledDecay : 0;
        var apart = decays ? numbers.Decay : 0;
        var whole = Vector<float>.Count * (length / Vector<float>.Count);
        var p = AsVectors(values);
        var m = AsVectors(momentum);
        var v = AsVectors(variance);
        var a = AsVectors(average);
        var g = AsVectors(gradient);
        var epsilon = new Vector<float>(Epsilon);
        for (var i = 0; i < p.Length; i++)
        {
            var slope = g[i] + (p[i] * coupled);
            m[i] = (m[i] * FirstDecay) + (slope * (1 - FirstDecay));
            v[i] = (v[i] * SecondDecay) + (slope * slope * (1 - SecondDecay));
            var root = (Vector.SquareRoot(v[i]) * numbers.RootFactor) + epsilon;
            p[i] = p[i] - (p[i] * apart) - (m[i] * numbers.Rate / root);
            a[i] += (p[i] - a[i]) * numbers.AverageFraction;
        }

        for (var i = whole; i < length; i++)
        {
            var slope = gradient[i] + (values[i] * coupled);
            momentum[i] = (momentum[i] * FirstDecay) + (slope * (1 - FirstDecay));
            variance[i] = (variance[i] * SecondDecay) + (slope * slope * (1 - SecondDecay));
            var root = (MathF.Sqrt(variance[i]) * numbers.RootFactor) + Epsilon;
            values[i] = values[i] - (values[i] * apart) - (momentum[i] * numbers.Rate / root);
            average[i] += (values[i] - average[i]) * numbers.AverageFraction;
        }
    }

    private static void AddTo(Span<float> sum, Span<float> part)
    {
        var sums = AsVectors(sum);
        var parts = AsVectors(part);
        for (var i = 0; i < sums.Length; i++)
        {
            sums[i] += parts[i];
        }

        for (var i = sums.Length * Vector<float>.Count; i < sum.Length; i++)
        {
            sum[i] += part[i];
        }
    }

    private static Span<Vector<float>> AsVectors(Span<float> values) => MemoryMarshal.Cast<float, Vector<float>>(values);
}
