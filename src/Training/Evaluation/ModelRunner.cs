using BrainTumorDicom.Slices.Conversion;
using BrainTumorDicom.Training.Data;
using Microsoft.ML.OnnxRuntime;

namespace BrainTumorDicom.Training.Evaluation;

/// <summary>Runs an exported model over samples: evaluation sees exactly what is shipped.</summary>
internal sealed class ModelRunner(
    byte[] model, PreprocessingParameters preprocessing, bool flips, ClassScheme scheme, SessionOptions sessionOptions) : IDisposable
{
    private const int BatchSize = 32;
    private static readonly string[] InputNames = ["input"];
    private static readonly string[] OutputNames = ["logits", "features"];
    private readonly InferenceSession _session = new(model, sessionOptions);
    private readonly RunOptions _options = new();

    /// <summary>Predicts all of <paramref name="samples"/>.</summary>
    public Predictions Run(IReadOnlyList<Sample> samples, CancellationToken cancellationToken)
    {
        var logits = new List<float>();
        var features = new List<float>();
        var size = preprocessing.Size;
        for (var first = 0; first < samples.Count; first += BatchSize)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var count = Math.Min(BatchSize, samples.Count - first);
            var inputs = new float[count * size * size];
            for (var i = 0; i < count; i++)
            {
                samples[first + i].CopyInputTo(inputs.AsSpan(i * size * size, size * size));
                NetworkInput.Finish(preprocessing, inputs.AsSpan(i * size * size, size * size));
            }

            var outputs = Run(inputs, count);
            if (flips)
            {
                var mirrored = new float[inputs.Length];
                NetworkInput.Mirror(inputs, size, mirrored);
                var other = Run(mirrored, count);
                outputs = (Mean(outputs.Logits, other.Logits), Mean(outputs.Features, other.Features));
            }

            logits.AddRange(outputs.Logits);
            features.AddRange(outputs.Features);
        }

        return new Predictions([.. logits], [.. features], [.. samples.Select(sample => scheme.IndexOf(sample.Label))]);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _session.Dispose();
        _options.Dispose();
    }

    private static float[] Mean(float[] values, float[] others) => [.. values.Zip(others, (a, b) => (a + b) / 2)];

    private (float[] Logits, float[] Features) Run(float[] inputs, int count)
    {
        using var input = OrtValue.CreateTensorValueFromMemory(inputs, [count, 1, preprocessing.Size, preprocessing.Size]);
        using var results = _session.Run(_options, InputNames, [input], OutputNames);
        return (results[0].GetTensorDataAsSpan<float>().ToArray(), results[1].GetTensorDataAsSpan<float>().ToArray());
    }
}
