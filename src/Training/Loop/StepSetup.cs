using BrainTumorDicom.Training.Networks;
using Microsoft.ML.OnnxRuntime;

namespace BrainTumorDicom.Training.Loop;

/// <summary>The training graph that the options describe, and the device and threads that it runs on.</summary>
internal sealed class StepSetup : IDisposable
{
    private readonly TrainingOptions _options;
    private readonly SessionOptions _session;
    private readonly int _parts;

    private StepSetup(TrainingOptions options, SessionOptions session, string device, int parts, TrainingGraph graph)
    {
        (_options, _session, _parts) = (options, session, parts);
        (Device, Graph) = (device, graph);
    }

    /// <summary>Where it runs: CPU or CUDA.</summary>
    public string Device { get; }

    /// <summary>For one part of a batch.</summary>
    public TrainingGraph Graph { get; }

    /// <summary>Builds the graph.</summary>
    /// <exception cref="TrainingException">The device is not there, or the model would be larger than allowed.</exception>
    public static StepSetup Open(TrainingOptions options, NetworkDesign design, ReadOnlySpan<float> classWeights)
    {
        // Asked for with one thread for each part: where it turns out to be CUDA, one part and all threads.
        var parts = StepRunner.PartsOf(options.Batch, options.ThreadsInUse);
        var session = TrainingDevice.Open(options.Device, options.ThreadsInUse / parts, out var device);
        parts = device == "CPU" ? parts : 1;
        var graph = TrainingGraph.Build(
            design, options.Batch / parts, options.Size, classWeights, (float)options.LabelSmoothing, options.Regularization.Mixup > 0, Body(options.Network));
        var megabytes = (graph.ParameterCount + graph.StatisticsCount) * sizeof(float) / 1e6;
        if (options.Network.LargestMegabytes is { } largest && megabytes > largest)
        {
            session.Dispose();
            throw new TrainingException(FormattableString.Invariant(
                $"{options.Network.Name} at {options.Size} x {options.Size} makes a model of {megabytes:F1} MB; --largest allows {largest}. Give another --network, or a smaller --size or --head."));
        }

        return new StepSetup(options, session, device, parts, graph);
    }

    /// <summary>Makes ready to step from <paramref name="state"/>.</summary>
    public StepRunner Start(TrainerState state) => new(Graph, state, _parts, _options.Seed, _options.ThreadsInUse, _session);

    /// <inheritdoc/>
    public void Dispose() => _session.Dispose();

    private static BodyTraining Body(NetworkOptions network) => network switch
    {
        { Freeze: true } => BodyTraining.Frozen,
        { WeightsFile: not null } => BodyTraining.KeepStatistics,
        _ => BodyTraining.Full,
    };
}
