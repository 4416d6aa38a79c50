using BrainTumorDicom.Training.Data;
using BrainTumorDicom.Training.Networks;
using Microsoft.ML.OnnxRuntime;

namespace BrainTumorDicom.Training.Loop;

/// <summary>
/// Runs training steps. The state lies in two sets of pinned arrays, and each step reads one and writes the other:
/// the runtime does not promise that an output may overwrite its input, and nothing is copied or allocated this way.
/// </summary>
internal sealed class StepRunner : IDisposable
{
    private readonly InferenceSession _session;
    private readonly RunOptions _options = new();
    private readonly OrtIoBinding[] _bindings = new OrtIoBinding[2];
    private readonly List<OrtValue> _values = [];
    private readonly float[][][] _state = new float[2][][];
    private readonly float[] _inputs;
    private readonly long[] _labels;
    private readonly float[] _targets;
    private readonly float[] _rates = new float[TrainingGraph.RateCount];
    private readonly float[] _loss = new float[1];
    private readonly float[] _logits;

    public StepRunner(TrainingGraph graph, TrainerState start, int batch, int size, int classes, SessionOptions options, bool mixed = false)
    {
        _session = new InferenceSession(graph.Model, options);
        Step = start.Step;
        _inputs = new float[batch * size * size];
        _labels = new long[batch];
        _targets = new float[mixed ? batch * classes : 0];
        _logits = new float[batch * classes];
        _state[0] = [.. start.Vectors.Select(vector => (float[])vector.Clone())];
        _state[1] = [.. start.Vectors.Select(vector => new float[vector.Length])];

        var input = Pin(_inputs, batch, 1, size, size);
        var labels = mixed ? OrtValue.CreateTensorValueFromMemory(_targets, [batch, classes]) : OrtValue.CreateTensorValueFromMemory(_labels, [batch]);
        _values.Add(labels);
        var rates = Pin(_rates, _rates.Length);
        var loss = Pin(_loss);
        var logits = Pin(_logits, batch, classes);
        var state = Array.ConvertAll(_state, vectors => Array.ConvertAll(vectors, vector => Pin(vector, vector.Length)));
        for (var i = 0; i < 2; i++)
        {
            var binding = _bindings[i] = _session.CreateIoBinding();
            binding.BindInput("input", input);
            binding.BindInput(mixed ? "targets" : "labels", labels);
            binding.BindInput("rates", rates);
            binding.BindOutput("loss", loss);
            binding.BindOutput("logits", logits);
            for (var j = 0; j < TrainingGraph.StateNames.Length; j++)
            {
                binding.BindInput(TrainingGraph.StateNames[j], state[i][j]);
                binding.BindOutput(TrainingGraph.StateNames[j] + ".next", state[1 - i][j]);
            }
        }
    }

    /// <summary>How many steps are done, over all epochs.</summary>
    public int Step { get; private set; }

    /// <summary>The logits of the last step [batch × classes].</summary>
    public ReadOnlySpan<float> Logits => _logits;

    private int Current { get; set; }

    /// <summary>Does one step.</summary>
    /// <returns>The loss of the batch before the step.</returns>
    public float Run(SliceBatch batch, StepRates rates)
    {
        batch.Inputs.CopyTo(_inputs, 0);
        batch.Labels.CopyTo(_labels, 0);
        batch.Targets?.CopyTo(_targets, 0);
        rates.Write(Step, _rates);
        _session.RunWithBinding(_options, _bindings[Current]);
        Current = 1 - Current;
        Step++;
        return _loss[0];
    }

    /// <summary>A copy of the state as it is now.</summary>
    public TrainerState Snapshot() => TrainerState.Of(Step, [.. _state[Current].Select(vector => (float[])vector.Clone())]);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var binding in _bindings)
        {
            binding.Dispose();
        }

        foreach (var value in _values)
        {
            value.Dispose();
        }

        _options.Dispose();
        _session.Dispose();
    }

    private OrtValue Pin(float[] array, params long[] shape)
    {
        var value = OrtValue.CreateTensorValueFromMemory(array, shape);
        _values.Add(value);
        return value;
    }
}
