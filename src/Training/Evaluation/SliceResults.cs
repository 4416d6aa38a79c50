using BrainTumorDicom.Classification.Execution;
using BrainTumorDicom.Training.Data;

namespace BrainTumorDicom.Training.Evaluation;

/// <summary>Runs the classifier of the service over the slices of a set.</summary>
internal static class SliceResults
{
    // Slices converted and classified at a time.
    private const int Portion = 64;

    /// <summary>One result a slice, in order.</summary>
    public static IReadOnlyList<SliceResult> Of(Classifier classifier, IReadOnlyList<Sample> samples, CancellationToken cancellationToken)
    {
        var (size, scheme) = (classifier.Package.Manifest.Preprocessing.Size, ClassScheme.Of(classifier.Package.Manifest.Labels));
        var results = new List<SliceResult>(samples.Count);
        foreach (var portion in samples.Chunk(Portion))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var inputs = new float[portion.Length * size * size];
            for (var i = 0; i < portion.Length; i++)
            {
                portion[i].CopyInputTo(inputs.AsSpan(i * size * size, size * size));
            }

            results.AddRange(classifier.Run(inputs, portion.Length).Select((output, i) => new SliceResult(
                portion[i],
                scheme.IndexOf(portion[i].Label),
                output.Probabilities.IndexOf(output.Probabilities.Max()),
                [.. output.Probabilities],
                output.Attention,
                output.AttentionHeight,
                output.AttentionWidth,
                output.Distance,
                size)));
        }

        return results;
    }
}
