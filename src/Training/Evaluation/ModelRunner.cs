using BrainTumorDicom.Training.Data;
using Microsoft.ML.OnnxRuntime;

namespace BrainTumorDicom.Training.Evaluation;

/// <summary>Runs an exported model over samples: evaluation sees exactly what is shipped.</summary>
internal sealed class ModelRunner(byte[] model, int size, SessionOptions sessionOptions) : IDisposable
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
        for (var first = 0; first < samples.Count; first += BatchSize)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var count = Math.Min(BatchSize, samples.Count - first);
            var inputs = new float[count * size * size];
            for (var i = 0; i < count; i++)
            {
                samples[first + i].CopyInputTo(inputs.AsSpan(i * size * size, size * size));
            }

            using var input = OrtValue.CreateTensorValueFromMemory(inputs, [count, 1, size, size]);
            using var results = _session.Run(_options, InputNames, [input], OutputNames);
            logits.AddRange(results[0].GetTensorDataAsSpan<float>());
            features.AddRange(results[1].GetTensorDataAsSpan<float>());
        }

        return new Predictions([.. logits], [.. features], [.. samples.Select(sample => (int)sample.Label)]);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _session.Dispose();
        _options.Dispose();
    }
}
