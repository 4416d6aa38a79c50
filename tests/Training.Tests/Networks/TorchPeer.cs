using System.Globalization;
using System.Runtime.InteropServices;
using BrainTumorDicom.Support;
using BrainTumorDicom.Training.Networks;

namespace BrainTumorDicom.Training.Tests.Networks;

/// <summary>Runs the PyTorch scripts beside the tests on a network that is written into a folder for them.</summary>
internal sealed class TorchPeer : IDisposable
{
    // Debian's own interpreter: the one that Debian's PyTorch is installed for.
    private static readonly string Interpreter = File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3";

    public string Folder { get; } = Directory.CreateTempSubdirectory("btd-torch-").FullName;

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    /// <summary>Skips the test where PyTorch is not installed.</summary>
    public static async Task RequireAsync()
    {
        if (!PeerTools.Required)
        {
            Assert.SkipUnless(PeerTools.Find(Interpreter) is not null || File.Exists(Interpreter), "python3 is not installed");
            var (probe, _, _) = await PeerTools.RunAsync(Interpreter, ["-c", "import torch, numpy"], TestContext.Current.CancellationToken);
            Assert.SkipUnless(probe == 0, "PyTorch is not installed (python3-torch)");
        }
    }

    /// <summary>Runs check_network.py on <paramref name="run"/>.</summary>
    public async Task CheckAsync(NetworkRun run, int steps, double rate, double decay, double smoothing, bool onnx = false)
    {
        await File.WriteAllTextAsync(Path.Combine(Folder, "network.txt"), run.Tiny.Peer);
        await File.WriteAllTextAsync(Path.Combine(Folder, "labels.txt"), string.Join(' ', run.Inputs.Labels));
        await File.WriteAllTextAsync(Path.Combine(Folder, "weights.txt"), string.Join(' ', NetworkRun.ClassWeights.Select(weight => weight.ToString(CultureInfo.InvariantCulture))));
        Write("inputs", run.Inputs.Inputs);
        Write("parameters", run.State.Parameters);
        Write("statistics", run.State.Statistics);
        await File.WriteAllLinesAsync(Path.Combine(Folder, "parameters.txt"), run.Graph.Specs.Select(spec => $"{spec.Name} {string.Join(' ', spec.Shape)}"));
        await File.WriteAllLinesAsync(
            Path.Combine(Folder, "statistics.txt"),
            run.Graph.Layers.Where(layer => layer.Kind == LayerKind.Normalization)
                .SelectMany(layer => new[] { $"{layer.Name}.running_mean {layer.Weights.Size}", $"{layer.Name}.running_var {layer.Weights.Size}" }));
        var script = Path.Combine(SharedData.ProjectRoot, "tests", "Training.Tests", "Peers", "check_network.py");
        IEnumerable<string> arguments =
        [
            script, Folder, Text(run.Tiny.Size), Text(steps), Text(rate), Text(decay), Text(smoothing), .. onnx ? new[] { "onnx" } : [],
        ];
        var (exitCode, _, error) = await PeerTools.RunAsync(Interpreter, arguments, TestContext.Current.CancellationToken);
        Assert.True(exitCode == 0, error);

        static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);
    }

    public float[] Read(string name) => MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(Path.Combine(Folder, name + ".bin"))).ToArray();

    private void Write(string name, float[] values) => File.WriteAllBytes(Path.Combine(Folder, name + ".bin"), MemoryMarshal.AsBytes(values.AsSpan()).ToArray());
}
