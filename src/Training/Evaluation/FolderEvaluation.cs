using BrainTumorDicom.Classification.Execution;
using BrainTumorDicom.Classification.Model;
using BrainTumorDicom.Training.Data;

namespace BrainTumorDicom.Training.Evaluation;

/// <summary>What a model package answers for a folder of class folders, with the classifier and the conversion of the service.</summary>
/// <param name="Figures">The figures as a package keeps them, with the package's own temperature.</param>
/// <param name="Detailed">All figures.</param>
public sealed record FolderEvaluation(EvaluationFigures Figures, DetailedEvaluation Detailed)
{
    /// <summary>Evaluates.</summary>
    /// <param name="classifier">The model.</param>
    /// <param name="folder">Holds the class folders; each class may be missing, not all.</param>
    /// <param name="groupsFile">Table of leak groups, or <see langword="null"/> to search for them.</param>
    /// <param name="heldOut">When given, only what a training with this seed and fraction held out of the folder.</param>
    /// <param name="progress">Files read and in all.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <param name="binary">Whether only tumour or none counts.</param>
    /// <exception cref="TrainingException">The folder cannot be used.</exception>
    public static FolderEvaluation Run(
        Classifier classifier,
        string folder,
        string? groupsFile,
        (int Seed, double Fraction)? heldOut,
        IProgress<(int Done, int Total)>? progress,
        CancellationToken cancellationToken,
        bool binary = false)
    {
        ArgumentNullException.ThrowIfNull(classifier);
        var manifest = classifier.Package.Manifest;
        var set = EvaluationSet.Read(manifest.Preprocessing, folder, groupsFile, heldOut, progress, cancellationToken);
        var results = SliceResults.Of(classifier, set.Samples, cancellationToken);
        var scheme = binary ? ClassScheme.Binary : ClassScheme.Of(manifest.Labels);
        var detailed = DetailedEvaluation.Of(binary ? [.. results.Select(result => result.ToBinary())] : results, scheme, manifest.Gate.Threshold, set.Skipped) with
        {
            SlicesPerSecond = ClassifierSpeed.Measure(classifier, set.Samples, TimeProvider.System),
        };
        return new FolderEvaluation(detailed.ToFigures(), detailed);
    }
}
