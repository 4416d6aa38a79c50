using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using BrainTumorDicom.Support;
using BrainTumorDicom.Training.Loop;
using BrainTumorDicom.Training.Networks;

namespace BrainTumorDicom.Benchmarks;

/// <summary>The same training step in PyTorch, in a process of its own that waits while ours is measured.</summary>
internal sealed class TorchStep : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("btd-bench-").FullName;
    private readonly Process _process;

    /// <param name="graph">The network.</param>
    /// <param name="state">Its parameters.</param>
    /// <param name="peer">Its line of network.txt.</param>
    /// <param name="batch">Slices a step.</param>
    /// <param name="threads">CPU threads.</param>
    public TorchStep(TrainingGraph graph, TrainerState state, string peer, int batch, int threads)
    {
        File.WriteAllText(Path.Combine(_folder, "network.txt"), peer);
        Write("parameters", state.Parameters, graph.Specs.Select(spec => $"{spec.Name} {string.Join(' ', spec.Shape)}"));
        Write("statistics", state.Statistics, graph.Layers
            .Where(layer => layer.Kind == LayerKind.Normalization)
            .SelectMany(layer => new[] { $"{layer.Name}.running_mean {layer.Weights.Size}", $"{layer.Name}.running_var {layer.Weights.Size}" }));
        var script = Path.Combine(SharedData.ProjectRoot, "tests", "Benchmarks", "torch_train_step.py");
        string[] numbers = [.. new[] { batch, graph.Size, threads }.Select(number => number.ToString(CultureInfo.InvariantCulture))];
        _process = PeerTools.Start(File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3", [script, _folder, .. numbers]);
        _process.ErrorDataReceived += (_, line) => Console.Error.WriteLine(line.Data);
        _process.BeginErrorReadLine();
        if (_process.StandardOutput.ReadLine() != "ready")
        {
            throw new InvalidOperationException("PyTorch did not start: install python3-torch.");
        }
    }

    /// <summary>Least milliseconds of <paramref name="steps"/> steps in NCHW and in NHWC, then least processor milliseconds.</summary>
    public double[] Run(int steps)
    {
        _process.StandardInput.WriteLine(steps);
        return [.. (_process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("PyTorch ended."))
            .Split(' ').Select(word => 1000 * double.Parse(word, CultureInfo.InvariantCulture))];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private void Write(string name, float[] values, IEnumerable<string> lines)
    {
        File.WriteAllBytes(Path.Combine(_folder, name + ".bin"), MemoryMarshal.AsBytes(values.AsSpan()).ToArray());
        File.WriteAllLines(Path.Combine(_folder, name + ".txt"), lines);
    }
}
