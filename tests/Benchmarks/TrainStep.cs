using System.CommandLine;
using System.Diagnostics;
using BrainTumorDicom.Classification.Execution;
using BrainTumorDicom.Slices.Conversion;
using BrainTumorDicom.Training.Data;
using BrainTumorDicom.Training.Loop;

namespace BrainTumorDicom.Benchmarks;

/// <summary>
/// How does a training step compare with PyTorch's of the same network, batch and threads? Minima of short runs, in turn
/// with PyTorch, which may use its best layout. And does the network wait for its batches, or they for it?
/// </summary>
internal static class TrainStep
{
    private static readonly Option<string> Network = new("--network") { DefaultValueFactory = _ => "residual" };
    private static readonly Option<int?> Size = new("--size");
    private static readonly Option<int> Batch = new("--batch") { DefaultValueFactory = _ => 32 };
    private static readonly Option<int> Threads = new("--threads") { DefaultValueFactory = _ => 2 };
    private static readonly Option<int> Rounds = new("--rounds") { Description = "Short runs of each side", DefaultValueFactory = _ => 6 };
    private static readonly Option<int> Steps = new("--steps") { Description = "Steps of a run", DefaultValueFactory = _ => 5 };
    private static readonly Option<bool> Alone = new("--alone") { Description = "Without PyTorch" };

    public static Command Create()
    {
        var command = new Command("train-step", "Training steps a second, beside PyTorch");
        foreach (var option in new Option[] { Network, Size, Batch, Threads, Rounds, Steps, Alone })
        {
            command.Options.Add(option);
        }

        command.SetAction(Run);
        return command;
    }

    private static void Run(ParseResult parsed)
    {
        var options = new TrainingOptions
        {
            Folder = "", Output = "", Device = DeviceChoice.Cpu, Batch = parsed.GetValue(Batch), Threads = parsed.GetValue(Threads),
            Network = new NetworkOptions { Name = parsed.GetRequiredValue(Network), Dropout = 0 },
        };
        options = parsed.GetValue(Size) is { } size ? options with { Size = size } : options;
        using var setup = StepSetup.Open(options, options.Network.Design(4), [1, 1, 1, 1]);
        var state = TrainerState.Start(setup.Graph, seed: 1);
        using var runner = setup.Start(options.Size, state);
        using var peer = parsed.GetValue(Alone) ? null : new TorchStep(setup.Graph, state, PeerOf(options.Network.Name), options.Batch, options.Threads);
        var batch = Slices(options);
        Time(runner, batch, 2);
        double[] ours = [double.PositiveInfinity, double.PositiveInfinity];
        var torch = Enumerable.Repeat(double.PositiveInfinity, 4).ToArray();
        for (var round = 0; round < parsed.GetValue(Rounds); round++)
        {
            ours = Least(ours, Time(runner, batch, parsed.GetValue(Steps)));
            torch = peer is null ? torch : Least(torch, peer.Run(parsed.GetValue(Steps)));
        }

        var (best, used) = (Math.Min(torch[0], torch[1]), Math.Min(torch[2], torch[3]));
        Console.WriteLine("| network | size | batch | threads | ours ms | images/s | PyTorch NCHW ms | NHWC ms | images/s | ratio | ours cpu ms | PyTorch cpu ms | ratio |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|---|---|---|");
        Console.WriteLine(FormattableString.Invariant(
            $"| {options.Network.Name} | {options.Size} | {options.Batch} | {options.Threads} | {ours[0]:F1} | {1000 * options.Batch / ours[0]:F1} | {torch[0]:F1} | {torch[1]:F1} | {1000 * options.Batch / best:F1} | {best / ours[0]:F2} | {ours[1]:F0} | {used:F0} | {used / ours[1]:F2} |"));
        Feed(runner, options);
    }

    // The numbers of network.txt: how deep the full network is.
    private static string PeerOf(string network) => network + network switch
    {
        "residual" => " 4",
        "resnet50" => " 3 4 6 3",
        "densenet121" => " 6 12 24 16",
        "xception" => " 8",
        "efficientnet-b0" => " 1 3 1 1 6 3 2 2 6 5 2 2 6 3 2 3 6 5 1 3 6 5 2 4 6 3 1 1",
        _ => "",
    };

    private static SliceBatch Slices(TrainingOptions options)
    {
        var random = new Random(1);
        var batch = new SliceBatch(new float[options.Batch * options.Size * options.Size], new long[options.Batch]);
        foreach (ref var value in batch.Inputs.AsSpan())
        {
            value = random.NextSingle();
        }

        foreach (ref var label in batch.Labels.AsSpan())
        {
            label = random.Next(4);
        }

        return batch;
    }

    // Least milliseconds and processor milliseconds of a step.
    private static double[] Time(StepRunner runner, SliceBatch batch, int steps)
    {
        double[] least = [double.PositiveInfinity, double.PositiveInfinity];
        using var process = Process.GetCurrentProcess();
        for (var i = 0; i < steps; i++)
        {
            process.Refresh();
            var (started, used) = (Stopwatch.GetTimestamp(), process.TotalProcessorTime);
            runner.Run(batch, new StepRates(1e-4, 0.05, 0.01, 0.01));
            process.Refresh();
            least = Least(least, [Stopwatch.GetElapsedTime(started).TotalMilliseconds, (process.TotalProcessorTime - used).TotalMilliseconds]);
        }

        return least;
    }

    private static double[] Least(double[] a, double[] b) => [.. a.Zip(b, Math.Min)];

    // With augmented slices of phantoms, as in a training: how long each side waits for the other.
    private static void Feed(StepRunner runner, TrainingOptions options)
    {
        var reader = new SliceReader(new PreprocessingParameters(Size: options.Size));
        var samples = new PhantomSamples(reader, options.Threads).Make(2, progress: null, CancellationToken.None).Select(slice => slice.Sample).ToArray();
        var augmenter = new Augmenter(samples, reader.SourceSize, options.Size, new Augmentation());
        var maker = new BatchMaker([augmenter, augmenter, augmenter, augmenter], reader.Parameters, options.Scheme, mixup: null, seed: 1, threads: 1);
        var alone = Stopwatch.GetTimestamp();
        maker.Make([.. Enumerable.Range(0, options.Batch).Select(i => samples[i % samples.Length])], 0, 0);
        var making = Stopwatch.GetElapsedTime(alone).TotalMilliseconds;
        var steps = 12;
        int[] order = [.. Enumerable.Range(0, steps * options.Batch).Select(i => i % samples.Length)];
        var feeder = new BatchFeeder(samples, maker, options.Batch);
        double waited = 0, worked = 0;
        var reading = feeder.Feed(order, 0, 0, CancellationToken.None).ToBlockingEnumerable().GetEnumerator();
        for (var i = 0; i < steps; i++)
        {
            var started = Stopwatch.GetTimestamp();
            reading.MoveNext();

            // The first batch has to be waited for by anybody.
            waited += i == 0 ? 0 : Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            started = Stopwatch.GetTimestamp();
            runner.Run(reading.Current, new StepRates(1e-4, 0.05, 0.01, 0.01));
            worked += Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        }

        reading.Dispose();
        Console.WriteLine(FormattableString.Invariant(
            $"fed by augmentation on one thread ({making:F0} ms a batch): {worked / steps:F0} ms a step, waited {waited / (steps - 1):F1} ms a step for its batch ({waited / (waited + worked):P1} of the time)"));
    }
}
