using BrainTumorDicom.Classification.Execution;
using BrainTumorDicom.Classification.Findings;
using BrainTumorDicom.Classification.Model;
using BrainTumorDicom.Training.Data;

namespace BrainTumorDicom.Training.Evaluation;

/// <summary>What a model package answers for a folder of class folders.</summary>
/// <param name="Figures">The figures, with the package's own temperature.</param>
/// <param name="OutsideGate">Slices that the input gate would refuse.</param>
/// <param name="Skipped">Files that could not be read, each with its reason.</param>
public sealed record FolderEvaluation(EvaluationFigures Figures, int OutsideGate, IReadOnlyList<string> Skipped)
{
    // Slices converted and classified at a time.
    private const int Portion = 64;

    /// <summary>Evaluates with the classifier that the service uses.</summary>
    /// <param name="classifier">The model.</param>
    /// <param name="folder">Holds the class folders; each class may be missing, not all.</param>
    /// <param name="groupsFile">Table of leak groups, or <see langword="null"/>.</param>
    /// <param name="heldOut">When given, only what a training with this seed and fraction held out of the folder.</param>
    /// <param name="progress">Files read and in all.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="TrainingException">The folder cannot be used.</exception>
    public static FolderEvaluation Run(
        Classifier classifier,
        string folder,
        string? groupsFile,
        (int Seed, double Fraction)? heldOut,
        IProgress<(int Done, int Total)>? progress,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(classifier);
        var preprocessing = classifier.Package.Manifest.Preprocessing;
        var loader = new SampleLoader(new SliceReader(preprocessing), Environment.ProcessorCount);
        loader.AddFolder(folder, heldOut is null ? SampleOrigin.Also : SampleOrigin.Main, groupsFile, progress, cancellationToken);
        var set = loader.Finish(cancellationToken);
        IReadOnlyList<Sample> samples = heldOut is { } split
            ? GroupSplit.Divide(set.Samples, split.Fraction, split.Seed).HeldOut
            : set.Samples;
        var predictions = Predict(classifier, samples, preprocessing.Size, cancellationToken);
        var gate = classifier.Package.Manifest.Gate;
        return new FolderEvaluation(
            Evaluation.Figures.Of(predictions, TumorClasses.Count, classifier.Package.Manifest.Temperature),
            Enumerable.Range(0, predictions.Count).Count(i => gate.Distance(predictions.FeaturesOf(i)) > gate.Threshold),
            set.Skipped);
    }

    private static Predictions Predict(Classifier classifier, IReadOnlyList<Sample> samples, int size, CancellationToken cancellationToken)
    {
        var logits = new List<float>();
        var features = new List<float>();
        foreach (var portion in samples.Chunk(Portion))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var inputs = new float[portion.Length * size * size];
            for (var i = 0; i < portion.Length; i++)
            {
                portion[i].CopyInputTo(inputs.AsSpan(i * size * size, size * size));
            }

            foreach (var output in classifier.Run(inputs, portion.Length))
            {
                logits.AddRange(output.Logits);
                features.AddRange(output.Features.Span);
            }
        }

        return new Predictions([.. logits], [.. features], [.. samples.Select(sample => (int)sample.Label)]);
    }
}
