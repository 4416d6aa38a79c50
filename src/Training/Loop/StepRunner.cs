using BrainTumorDicom.Training.Data;
using BrainTumorDicom.Training.Networks;
using Microsoft.ML.OnnxRuntime;

namespace BrainTumorDicom.Training.Loop;

/// <summary>
/// Runs training steps: on the CPU the batch is parted, and each part runs in a session of its own on its share of the
/// threads, because many kernels use one thread only; the gradients are added. Batch normalisation then goes by the
/// statistics of its part, as in data-parallel training on several GPUs.
/// </summary>
internal sealed class StepRunner : IDisposable
{
    // Statistics of fewer slices are too noisy to normalise with.
    private const int SmallestPart = 8;

    private readonly TrainingGraph _graph;
    private readonly TrainerState _state;
    private readonly StepReplica[] _replicas;
    private readonly float[] _losses;
    private readonly float[] _logits;
    private readonly float[][] _gradients;
    private readonly AdamW _optimizer;
    private readonly int _seed;

    /// <param name="graph">For a batch, or a part of one: see <see cref="PartsOf"/>.</param>
    /// <param name="start">Where the training begins; copied.</param>
    /// <param name="size">Rows and columns of the slices.</param>
    /// <param name="parts">Parts of each batch.</param>
    /// <param name="seed">The training's seed.</param>
    /// <param name="threads">CPU threads of the optimizer.</param>
    /// <param name="options">Of each part's session.</param>
    public StepRunner(TrainingGraph graph, TrainerState start, int size, int parts, int seed, int threads, SessionOptions options)
    {
        _graph = graph;
        _seed = seed;
        Size = size;
        Step = start.Step;
        _state = start.Copy(start.Step);
        _optimizer = new AdamW(graph, threads);
        _replicas = [.. Enumerable.Range(0, parts).Select(number => new StepReplica(graph, _state, number, options))];
        _losses = new float[parts];
        _logits = new float[parts * graph.Batch * graph.ClassWeights.Length];
        _gradients = Array.ConvertAll(_replicas, replica => replica.Gradient);
    }

    /// <summary>Rows and columns of the slices.</summary>
    public int Size { get; }

    /// <summary>Rows and columns of the places that are trained; 0 for none.</summary>
    public int PlaceGrid => _graph.PlaceGrid;

    /// <summary>How many steps are done, over all epochs.</summary>
    public int Step { get; private set; }

    /// <summary>The logits of the last step [batch × classes].</summary>
    public ReadOnlySpan<float> Logits => _logits;

    /// <summary>Into how many equal parts a batch is parted for so many threads.</summary>
    public static int PartsOf(int batch, int threads)
    {
        var parts = Math.Max(1, Math.Min(threads, batch / SmallestPart));
        while (batch % parts != 0 || threads % parts != 0)
        {
            parts--;
        }

        return parts;
    }

    /// <summary>Does one step.</summary>
    /// <returns>The loss of the batch before the step.</returns>
    public float Run(SliceBatch batch, StepRates rates)
    {
        var total = Total(batch);
        var placesTotal = Math.Max(1, batch.Places?.Sum() ?? 0);
        if (_replicas.Length == 1)
        {
            RunPart(0);
        }
        else
        {
            var others = Enumerable.Range(1, _replicas.Length - 1)
                .Select(part => Task.Factory.StartNew(() => RunPart(part), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))
                .ToArray();
            RunPart(0);
            Task.WaitAll(others);
        }

        for (var i = 0; i < _replicas.Length; i++)
        {
            _replicas[i].Logits.CopyTo(_logits.AsSpan(i * _logits.Length / _replicas.Length));
        }

        _optimizer.Step(_state with { Step = Step }, _gradients, rates);
        MoveStatistics((float)rates.StatisticsFraction);
        Step++;
        return _losses.Sum();

        void RunPart(int part) => _losses[part] = _replicas[part].Run(batch, total, placesTotal, _seed, Step);
    }

    /// <summary>A copy of the state as it is now.</summary>
    public TrainerState Snapshot() => _state.Copy(Step);

    /// <inheritdoc/>
    public void Dispose() => Array.ForEach(_replicas, replica => replica.Dispose());

    private float Total(SliceBatch batch)
    {
        if (batch.Targets is not { } targets)
        {
            return batch.Labels.Sum(label => _graph.ClassWeights[label]);
        }

        var classes = _graph.ClassWeights.Length;
        return Enumerable.Range(0, targets.Length).Sum(i => targets[i] * _graph.ClassWeights[i % classes]);
    }

    private void MoveStatistics(float fraction)
    {
        if (!_graph.GivesStatistics)
        {
            return;
        }

        var statistics = _state.Statistics;
        for (var i = 0; i < statistics.Length; i++)
        {
            var sum = 0f;
            foreach (var replica in _replicas)
            {
                sum += replica.Statistics[i];
            }

            statistics[i] += ((sum / _replicas.Length) - statistics[i]) * fraction;
        }
    }
}
