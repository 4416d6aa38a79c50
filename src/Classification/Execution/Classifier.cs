using System.Collections.Immutable;
using System.Runtime.InteropServices;
using BrainTumorDicom.Classification.Findings;
using BrainTumorDicom.Classification.Model;
using BrainTumorDicom.Slices.Conversion;
using Microsoft.ML.OnnxRuntime;

namespace BrainTumorDicom.Classification.Execution;

/// <summary>Runs a model over converted slices. <see cref="Run"/> may be called from several threads at once.</summary>
public sealed class Classifier : IDisposable
{
    /// <summary>Slices in one run of the network: a larger batch is no faster.</summary>
    public const int BatchSize = 8;

    private static readonly string[] InputNames = ["input"];
    private static readonly string[] OutputNames = ["logits", "attention", "features"];

    private readonly InferenceSession session;
    private readonly RunOptions runOptions = new();
    private readonly int attentionHeight;
    private readonly int attentionWidth;

    private Classifier(ModelPackage package, InferenceSession session, string provider, int attentionHeight, int attentionWidth)
    {
        Package = package;
        this.session = session;
        ExecutionProvider = provider;
        this.attentionHeight = attentionHeight;
        this.attentionWidth = attentionWidth;
    }

    /// <summary>The model.</summary>
    public ModelPackage Package { get; }

    /// <summary>Where it runs: <c>CPU</c> or <c>CUDA</c>.</summary>
    public string ExecutionProvider { get; }

    /// <summary>The model as findings name it.</summary>
    public ModelIdentity Identity => new(
        Package.Manifest.Name,
        Package.Manifest.Version,
        Package.Manifest.Manufacturer,
        Package.Manifest.Sha256,
        Package.Manifest.Temperature,
        Package.Manifest.Rule.ReportThreshold,
        ExecutionProvider);

    private int Size => Package.Manifest.Preprocessing.Size;

    /// <summary>Loads a model of the four classes, which series and images can be analysed with.</summary>
    /// <inheritdoc cref="LoadAny"/>
    public static Classifier Load(ModelPackage package, DeviceChoice device = DeviceChoice.Auto, int threads = 0)
    {
        ArgumentNullException.ThrowIfNull(package);
        return package.Manifest.Labels.Length == TumorClasses.Count
            ? LoadAny(package, device, threads)
            : throw new InvalidDataException(
                $"The model in {package.Folder} only tells {string.Join(" from ", package.Manifest.Labels)}: it can be evaluated and compared, not served. Give a model of the classes {string.Join(", ", TumorClasses.Labels)}.");
    }

    /// <summary>Loads the network and runs it once on an empty slice, so that what cannot work fails at start.</summary>
    /// <param name="package">The model.</param>
    /// <param name="device">Where to run it.</param>
    /// <param name="threads">CPU threads for one run; 0 for as many as there are processors, at most 8.</param>
    /// <exception cref="InvalidOperationException">The device is not there.</exception>
    /// <exception cref="InvalidDataException">The network cannot be loaded, or its inputs and outputs do not fit the manifest.</exception>
    public static Classifier LoadAny(ModelPackage package, DeviceChoice device = DeviceChoice.Auto, int threads = 0)
    {
        ArgumentNullException.ThrowIfNull(package);
        var (session, provider) = ExecutionDevice.Open(package.OnnxPath, device, threads);
        try
        {
            var (height, width) = Probe(package, session);
            return new Classifier(package, session, provider, height, width);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>Classifies slices.</summary>
    /// <param name="inputs">[count × 1 × S × S], row-major, each in [0, 1]; read only, not kept.</param>
    /// <param name="count">How many slices.</param>
    /// <returns>One output a slice, in order.</returns>
    /// <exception cref="ArgumentException"><paramref name="inputs"/> has another length.</exception>
    public ImmutableArray<SliceOutput> Run(ReadOnlyMemory<float> inputs, int count)
    {
        var pixels = Size * Size;
        if (inputs.Length != count * pixels)
        {
            throw new ArgumentException($"{inputs.Length} values are not {count} slices of {Size} × {Size}.", nameof(inputs));
        }

        var outputs = ImmutableArray.CreateBuilder<SliceOutput>(count);
        for (var first = 0; first < count; first += BatchSize)
        {
            var batch = Math.Min(BatchSize, count - first);
            RunBatch(inputs.Slice(first * pixels, batch * pixels), batch, outputs);
        }

        return outputs.MoveToImmutable();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        session.Dispose();
        runOptions.Dispose();
    }

    private static (int Height, int Width) Probe(ModelPackage package, InferenceSession session)
    {
        var size = package.Manifest.Preprocessing.Size;
        var missing = InputNames.Except(session.InputNames).Concat(OutputNames.Except(session.OutputNames)).FirstOrDefault();
        if (missing is not null)
        {
            throw new InvalidDataException($"{package.OnnxPath} has no input or output named {missing}.");
        }

        try
        {
            using var input = OrtValue.CreateTensorValueFromMemory(new float[size * size], [1, 1, size, size]);
            using var options = new RunOptions();
            using var results = session.Run(options, InputNames, [input], OutputNames);
            var shapes = results.Select(result => result.GetTensorTypeAndShape().Shape).ToArray();
            var features = package.Manifest.Gate.Variances.Length;
            var classes = package.Manifest.Labels.Length;
            return shapes[0].AsSpan() is [1, var k] && k == classes && shapes[1].AsSpan() is [1, var m, > 0, > 0] && m == classes && shapes[2].AsSpan() is [1, var f] && f == features
                ? ((int)shapes[1][2], (int)shapes[1][3])
                : throw new InvalidDataException(
                    $"{package.OnnxPath} gives {string.Join(", ", shapes.Select(shape => $"[{string.Join(" × ", shape)}]"))}, not [1 × {classes}], [1 × {classes} × h × w], [1 × {features}].");
        }
        catch (OnnxRuntimeException error)
        {
            throw new InvalidDataException($"{package.OnnxPath} does not run on slices of {size} × {size}: {error.Message.ReplaceLineEndings(" ")}", error);
        }
    }

    private void RunBatch(ReadOnlyMemory<float> inputs, int batch, ImmutableArray<SliceOutput>.Builder outputs)
    {
        var finished = Finished(inputs);
        var (logits, attention, features) = RunNetwork(finished, batch);
        if (Package.Manifest.TestTimeFlips)
        {
            var mirrored = new float[finished.Length];
            NetworkInput.Mirror(finished.Span, Size, mirrored);
            var other = RunNetwork(mirrored, batch);
            NetworkInput.Mirror((float[])other.Attention.Clone(), attentionWidth, other.Attention);
            Average(logits, other.Logits);
            Average(attention, other.Attention);
            Average(features, other.Features);
        }

        var classes = Package.Manifest.Labels.Length;
        var mapLength = attention.Length / batch;
        var featureLength = features.Length / batch;
        for (var i = 0; i < batch; i++)
        {
            var own = logits.AsSpan(i * classes, classes);
            var feature = features.AsMemory(i * featureLength, featureLength);
            outputs.Add(new SliceOutput(
                [.. own],
                Softmax(own, Package.Manifest.Temperature),
                attention.AsMemory(i * mapLength, mapLength),
                attentionHeight,
                attentionWidth,
                feature,
                Package.Manifest.Gate.Distance(feature.Span))
            {
                IsNonHead = Package.Manifest.Gate.IsNonHead(feature.Span),
            });
        }
    }

    private ReadOnlyMemory<float> Finished(ReadOnlyMemory<float> inputs)
    {
        var preprocessing = Package.Manifest.Preprocessing;
        if (NetworkInput.IsIdentity(preprocessing))
        {
            return inputs;
        }

        var finished = inputs.ToArray();
        for (var first = 0; first < finished.Length; first += Size * Size)
        {
            NetworkInput.Finish(preprocessing, finished.AsSpan(first, Size * Size));
        }

        return finished;
    }

    private (float[] Logits, float[] Attention, float[] Features) RunNetwork(ReadOnlyMemory<float> inputs, int batch)
    {
        // ONNX Runtime only reads the input; its API has no read-only form.
        using var input = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, MemoryMarshal.AsMemory(inputs), [batch, 1, Size, Size]);
        using var results = session.Run(runOptions, InputNames, [input], OutputNames);
        return (
            results[0].GetTensorDataAsSpan<float>().ToArray(),
            results[1].GetTensorDataAsSpan<float>().ToArray(),
            results[2].GetTensorDataAsSpan<float>().ToArray());
    }

    private static void Average(Span<float> values, ReadOnlySpan<float> others)
    {
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = (values[i] + others[i]) / 2;
        }
    }

    private static ImmutableArray<double> Softmax(ReadOnlySpan<float> logits, double temperature)
    {
        var values = new double[logits.Length];
        var largest = double.NegativeInfinity;
        foreach (var logit in logits)
        {
            largest = Math.Max(largest, logit);
        }

        var sum = 0.0;
        for (var i = 0; i < values.Length; i++)
        {
            sum += values[i] = Math.Exp((logits[i] - largest) / temperature);
        }

        for (var i = 0; i < values.Length; i++)
        {
            values[i] /= sum;
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(values);
    }
}
