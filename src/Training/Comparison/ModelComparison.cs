using System.Collections.Immutable;
using BrainTumorDicom.Classification.Execution;
using BrainTumorDicom.Classification.Model;
using BrainTumorDicom.Slices.Conversion;
using BrainTumorDicom.Training.Data;
using BrainTumorDicom.Training.Evaluation;

namespace BrainTumorDicom.Training.Comparison;

/// <summary>Several models on one set, slice by slice the same.</summary>
/// <param name="Folder">The set.</param>
/// <param name="Scheme">What is told apart by all of them.</param>
/// <param name="Models">In the order given; differences are to the first.</param>
public sealed record ModelComparison(string Folder, ClassScheme Scheme, ImmutableArray<ComparedModel> Models)
{
    /// <summary>Evaluates all models.</summary>
    /// <param name="packages">The models.</param>
    /// <param name="folder">Holds the class folders.</param>
    /// <param name="groupsFile">Table of leak groups, or <see langword="null"/> to search for them.</param>
    /// <param name="heldOut">When given, only what a training with this seed and fraction held out of the folder.</param>
    /// <param name="device">Where the models run.</param>
    /// <param name="binary">Whether only tumour or none counts; always so when one of the models knows no more.</param>
    /// <param name="progress">Models and files done, of all.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="TrainingException">The folder cannot be used.</exception>
    public static ModelComparison Run(
        IReadOnlyList<ModelPackage> packages,
        string folder,
        string? groupsFile,
        (int Seed, double Fraction)? heldOut,
        DeviceChoice device,
        bool binary,
        IProgress<(int Done, int Total)>? progress,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(packages);
        var scheme = binary || packages.Any(package => ClassScheme.Of(package.Manifest.Labels).IsBinary) ? ClassScheme.Binary : ClassScheme.Four;
        var sets = new Dictionary<PreprocessingParameters, SampleSet>();
        var models = new List<ComparedModel>();
        foreach (var package in packages)
        {
            // Slices are read before they are finished, so that models which differ in that alone share them.
            var conversion = package.Manifest.Preprocessing with { Clahe = null, Symmetric = false };
            if (!sets.TryGetValue(conversion, out var set))
            {
                sets[conversion] = set = EvaluationSet.Read(conversion, folder, groupsFile, heldOut, progress, cancellationToken);
            }

            using var classifier = Classifier.LoadAny(package, device);
            var results = SliceResults.Of(classifier, set.Samples, cancellationToken);
            var evaluation = DetailedEvaluation.Of(
                scheme.IsBinary ? [.. results.Select(result => result.ToBinary())] : results, scheme, package.Manifest.Gate.Threshold, set.Skipped) with
            {
                SlicesPerSecond = ClassifierSpeed.Measure(classifier, set.Samples, TimeProvider.System),
            };
            models.Add(Compared(package, evaluation, models.Count == 0 ? evaluation : models[0].Evaluation));
        }

        return new ModelComparison(folder, scheme, [.. models]);
    }

    private static ComparedModel Compared(ModelPackage package, DetailedEvaluation evaluation, DetailedEvaluation first)
    {
        if (!evaluation.Results.Select(result => result.Sample.Name).SequenceEqual(first.Results.Select(result => result.Sample.Name)))
        {
            throw new TrainingException($"The model in {package.Folder} leaves out other slices of the set than the first model: they cannot be compared slice by slice. Compare models of one preprocessing, or use a set of image files.");
        }

        return new ComparedModel(
            package,
            evaluation,
            new FileInfo(package.OnnxPath).Length,
            Difference(totals => totals.Accuracy),
            Difference(totals => totals.BalancedAccuracy));

        Interval Difference(Func<Totals, double> figure) => GroupBootstrap.Of(
            figure(evaluation.Sums) - figure(first.Sums),
            evaluation.Draws.Zip(first.Draws, (own, other) => figure(own) - figure(other)));
    }
}
