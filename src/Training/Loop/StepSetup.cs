using BrainTumorDicom.Training.Networks;
using Microsoft.ML.OnnxRuntime;

namespace BrainTumorDicom.Training.Loop;

/// <summary>The training graph that the options describe, and the device and threads that it runs on.</summary>
internal sealed class StepSetup : IDisposable
{
    private readonly TrainingOptions _options;
    private readonly SessionOptions _session;
    private readonly int _parts;

    private readonly Func<int, TrainingGraph> _graphOf;

    private StepSetup(TrainingOptions options, SessionOptions session, string device, int parts, Func<int, TrainingGraph> graphOf)
    {
        (_options, _session, _parts, _graphOf) = (options, session, parts, graphOf);
        (Device, Graph) = (device, graphOf(options.Size));
    }

    /// <summary>Where it runs: CPU or CUDA.</summary>
    public string Device { get; }

    /// <summary>For one part of a batch of whole size.</summary>
    public TrainingGraph Graph { get; }

    /// <summary>Builds the graph.</summary>
    /// <exception cref="TrainingException">The device is not there, or the model would be larger than allowed.</exception>
    public static StepSetup Open(TrainingOptions options, NetworkDesign design, ReadOnlySpan<float> classWeights)
    {
        // Asked for with one thread for each part: where it turns out to be CUDA, one part and all threads.
        var parts = StepRunner.PartsOf(options.Batch, options.ThreadsInUse);
        var session = TrainingDevice.Open(options.Device, options.ThreadsInUse / parts, out var device);
        parts = device == "CPU" ? parts : 1;
        var weights = classWeights.ToArray();
        var setup = new StepSetup(options, session, device, parts, size => TrainingGraph.Build(
            design, options.Batch / parts, size, weights, (float)options.LabelSmoothing, options.Regularization.Mixup > 0, Body(options.Network), options.TrainsPlaces));
        try
        {
            setup.Check();
            return setup;
        }
        catch (TrainingException)
        {
            setup.Dispose();
            throw;
        }
    }

    /// <summary>Makes ready to step over slices of <paramref name="size"/> from <paramref name="state"/>.</summary>
    public StepRunner Start(int size, TrainerState state) =>
        new(size == _options.Size ? Graph : _graphOf(size), state, size, _parts, _options.Seed, _options.ThreadsInUse, _session);

    /// <inheritdoc/>
    public void Dispose() => _session.Dispose();

    private void Check()
    {
        var megabytes = (Graph.ParameterCount + Graph.StatisticsCount) * sizeof(float) / 1e6;
        if (_options.Network.LargestMegabytes is { } largest && megabytes > largest)
        {
            throw new TrainingException(FormattableString.Invariant(
                $"{_options.Network.Name} at {_options.Size} x {_options.Size} makes a model of {megabytes:F1} MB; --largest allows {largest}. Give another --network, or a smaller --size or --head."));
        }

        if (_options.SmallEpochs > 0 && _graphOf(_options.SizeOf(0)).ParameterCount != Graph.ParameterCount)
        {
            throw new TrainingException($"The weights of {_options.Network.Name} depend on the size of the slices: it cannot be trained with --small-epochs.");
        }
    }

    private static BodyTraining Body(NetworkOptions network) => network switch
    {
        { Freeze: true } => BodyTraining.Frozen,
        { WeightsFile: not null } => BodyTraining.KeepStatistics,
        _ => BodyTraining.Full,
    };
}
