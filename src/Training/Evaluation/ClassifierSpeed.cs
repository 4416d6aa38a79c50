using BrainTumorDicom.Classification.Execution;
using BrainTumorDicom.Training.Data;

namespace BrainTumorDicom.Training.Evaluation;

/// <summary>Measures how many converted slices a second the classifier takes.</summary>
internal static class ClassifierSpeed
{
    private const int Portion = 32;
    private const int Rounds = 8;

    /// <summary>The median over some rounds, after one that does not count; 0 without slices.</summary>
    public static double Measure(Classifier classifier, IReadOnlyList<Sample> samples, TimeProvider time)
    {
        if (samples.Count == 0)
        {
            return 0;
        }

        var pixels = classifier.Package.Manifest.Preprocessing.Size * classifier.Package.Manifest.Preprocessing.Size;
        var inputs = new float[Portion * pixels];
        for (var i = 0; i < Portion; i++)
        {
            samples[i % samples.Count].CopyInputTo(inputs.AsSpan(i * pixels, pixels));
        }

        classifier.Run(inputs, Portion);
        var seconds = Enumerable.Range(0, Rounds).Select(_ =>
        {
            var started = time.GetTimestamp();
            classifier.Run(inputs, Portion);
            return time.GetElapsedTime(started).TotalSeconds;
        }).Order().ToArray();
        return Portion / Math.Max(1e-9, seconds[Rounds / 2]);
    }
}
