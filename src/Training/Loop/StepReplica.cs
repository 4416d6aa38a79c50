using BrainTumorDicom.Training.Data;
using BrainTumorDicom.Training.Networks;
using Microsoft.ML.OnnxRuntime;

namespace BrainTumorDicom.Training.Loop;

/// <summary>One session that runs the training graph on its part of each batch. Everything it reads and writes is bound once, over pinned arrays.</summary>
internal sealed class StepReplica : IDisposable
{
    private readonly TrainingGraph _graph;
    private readonly InferenceSession _session;
    private readonly RunOptions _options = new();
    private readonly OrtIoBinding _binding;
    private readonly List<OrtValue> _values = [];
    private readonly int _number;
    private readonly float[] _inputs;
    private readonly long[] _labels;
    private readonly float[] _targets;
    private readonly float[] _places;
    private readonly float[] _total = new float[1];
    private readonly float[] _placesTotal = new float[1];
    private readonly float[] _loss = new float[1];
    private readonly float[] _logits;
    private readonly bool[][] _masks;

    /// <param name="graph">For the part of the batch.</param>
    /// <param name="state">Its parameters and statistics are read where they are.</param>
    /// <param name="number">Which part of the batch, from 0.</param>
    /// <param name="options">Of the session.</param>
    public StepReplica(TrainingGraph graph, TrainerState state, int number, SessionOptions options)
    {
        _graph = graph;
        _number = number;
        _session = new InferenceSession(graph.Model, options);
        _binding = _session.CreateIoBinding();
        var (batch, size, classes) = (graph.Batch, graph.Size, graph.ClassWeights.Length);
        _inputs = new float[batch * size * size];
        _labels = new long[graph.Mixed ? 0 : batch];
        _targets = new float[graph.Mixed ? batch * classes : 0];
        _places = new float[batch * graph.PlaceGrid * graph.PlaceGrid * classes];
        _logits = new float[batch * classes];
        _masks = [.. graph.Masks.Select(mask => new bool[mask.Size])];
        Gradient = new float[graph.ParameterCount];
        Statistics = new float[graph.GivesStatistics ? graph.StatisticsCount : 0];

        Read("input", _inputs, batch, 1, size, size);
        Read("total", _total, 1);
        if (graph.Mixed)
        {
            Read("targets", _targets, batch, classes);
        }
        else
        {
            Read("labels", _labels, batch);
        }

        if (_places.Length > 0)
        {
            Read(PlaceHead.TargetsName, _places, _places.Length / classes, classes);
            Read(PlaceHead.TotalName, _placesTotal, 1);
        }

        for (var i = 0; i < _masks.Length; i++)
        {
            Read(graph.Masks[i].Name, _masks[i], graph.Masks[i].Shape);
        }

        Write("loss", _loss);
        Write("logits", _logits, batch, classes);
        BindState(state);
    }

    /// <summary>The gradient of the last run, as long as the parameter vector; 0 where nothing is trained.</summary>
    public float[] Gradient { get; }

    /// <summary>The statistics of the last part of a batch.</summary>
    public float[] Statistics { get; }

    /// <summary>The logits of the last run.</summary>
    public ReadOnlySpan<float> Logits => _logits;

    /// <summary>Runs its part of <paramref name="batch"/>.</summary>
    /// <param name="batch">The whole batch.</param>
    /// <param name="total">Sum of the labels' weights over the whole batch.</param>
    /// <param name="placesTotal">The same of the places.</param>
    /// <param name="seed">The training's seed.</param>
    /// <param name="step">Which step, for dropout.</param>
    /// <returns>Its part of the loss.</returns>
    public float Run(SliceBatch batch, float total, float placesTotal, int seed, int step)
    {
        Array.Copy(batch.Inputs, _number * _inputs.Length, _inputs, 0, _inputs.Length);
        Array.Copy(batch.Labels, _number * _labels.Length, _labels, 0, _labels.Length);
        if (batch.Targets is { } targets)
        {
            Array.Copy(targets, _number * _targets.Length, _targets, 0, _targets.Length);
        }

        if (batch.Places is { } places)
        {
            Array.Copy(places, _number * _places.Length, _places, 0, _places.Length);
        }

        (_total[0], _placesTotal[0]) = (total, placesTotal);
        for (var i = 0; i < _masks.Length; i++)
        {
            // The stream belongs to the place in the training: a resumed one drops the same.
            var random = new SeededRandom(seed, (3UL << 60) + ((ulong)step << 24) + ((ulong)_number << 12) + (ulong)i);
            _graph.Masks[i].Draw(ref random, _masks[i]);
        }

        _session.RunWithBinding(_options, _binding);
        return _loss[0];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _binding.Dispose();
        foreach (var value in _values)
        {
            value.Dispose();
        }

        _options.Dispose();
        _session.Dispose();
    }

    private void BindState(TrainerState state)
    {
        if (_graph.GivesStatistics)
        {
            Write(TrainingGraph.BatchStatisticsName, Statistics, Statistics.Length);
        }
        else if (_graph.StatisticsCount > 0)
        {
            Read(TrainableParameters.StatisticsName, state.Statistics, state.Statistics.Length);
        }

        var offset = 0;
        foreach (var spec in _graph.Specs)
        {
            _binding.BindInput(spec.Name, Pin(state.Parameters.AsMemory(offset, spec.Size), spec.Shape));
            if (offset >= _graph.FirstTrained)
            {
                _binding.BindOutput(TrainableParameters.GradientName(spec), Pin(Gradient.AsMemory(offset, spec.Size), spec.Shape));
            }

            offset += spec.Size;
        }
    }

    private void Read<T>(string name, T[] array, params long[] shape)
        where T : unmanaged => _binding.BindInput(name, Pin(array.AsMemory(), shape));

    private void Write(string name, float[] array, params long[] shape) => _binding.BindOutput(name, Pin(array.AsMemory(), shape));

    private OrtValue Pin<T>(Memory<T> memory, long[] shape)
        where T : unmanaged
    {
        var value = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, memory, shape);
        _values.Add(value);
        return value;
    }
}
