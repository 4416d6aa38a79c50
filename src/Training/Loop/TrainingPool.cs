using System.Collections.Immutable;
using BrainTumorDicom.Classification.Execution;
using BrainTumorDicom.Classification.Findings;
using BrainTumorDicom.Classification.Model;
using BrainTumorDicom.Training.Data;
using BrainTumorDicom.Training.Data.Tumors;

namespace BrainTumorDicom.Training.Loop;

/// <summary>What a training draws its views from: the slices, those of them that are shown once more with a tumour put in, and how.</summary>
/// <param name="Samples">All of them.</param>
/// <param name="AugmenterOf">Makes the views, of a number of rows and columns, as much varied as is said, and whether that holds for all of them or some are varied more strongly.</param>
internal sealed record TrainingPool(ImmutableArray<Sample> Samples, Func<int, Augmentation, bool, Augmenter> AugmenterOf)
{
    /// <summary>Of a split; with a first model, tumours are found and moved.</summary>
    public static TrainingPool Of(TrainingData data, TrainingOptions options, IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        var train = data.Split.Train;
        var strong = options.Volumes is null ? null : Augmentation.Strong;
        if (options.FirstModel is not { } first)
        {
            return new TrainingPool(train, (size, usual, plain) => new Augmenter(train, data.SourceSize, size, usual, plain ? null : strong));
        }

        using var classifier = Classifier.Load(ModelPackage.Load(first), options.Device, threads: 1);
        var report = progress is null ? null : new Relay(step => progress.Report(new TrainingProgress(TrainingStage.Reading, step.Done, step.Total, Detail: "tumours")));
        var blend = new TumorBlend(new TumorFinder(classifier, data.SourceSize).Find(train, report, cancellationToken), train, data.SourceSize);
        ImmutableArray<Sample> samples =
        [
            .. train,
            .. train.Where(sample => sample is { Origin: SampleOrigin.Main, Label: TumorClass.NoTumor }).Select(sample => sample with { Origin = SampleOrigin.Host }),
        ];
        return new TrainingPool(samples, (size, usual, plain) => new Augmenter(train, data.SourceSize, size, usual, plain ? null : strong, blend));
    }

    private sealed class Relay(Action<(int Done, int Total)> report) : IProgress<(int Done, int Total)>
    {
        public void Report((int Done, int Total) value) => report(value);
    }
}
