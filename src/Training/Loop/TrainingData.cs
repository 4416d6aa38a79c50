using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using BrainTumorDicom.Classification.Findings;
using BrainTumorDicom.Slices.Conversion;
using BrainTumorDicom.Training.Data;
using BrainTumorDicom.Training.Data.Volumes;

namespace BrainTumorDicom.Training.Loop;

/// <summary>The slices of a training, read and parted.</summary>
/// <param name="Split">Trained on and held out.</param>
/// <param name="Skipped">Files that could not be read, each with its reason.</param>
/// <param name="SourceSize">Rows and columns that augmentation starts from.</param>
/// <param name="Preprocessing">How they were made.</param>
internal sealed record TrainingData(GroupSplit Split, IReadOnlyList<string> Skipped, int SourceSize, PreprocessingParameters Preprocessing)
{
    private const int MostNonHeads = 5600;
    private const int MostStyled = 4000;

    /// <summary>The held-out slices of the main set.</summary>
    public IReadOnlyList<Sample> HeldOutMain { get; } = [.. Split.HeldOut.Where(sample => sample.Origin == SampleOrigin.Main)];

    /// <summary>What a training is watched on: the validation slices of the main set, or the held-out ones where there are none.</summary>
    public IReadOnlyList<Sample> Watched => Split.Validation.IsEmpty ? HeldOutMain : [.. Split.Validation.Where(sample => sample.Origin == SampleOrigin.Main)];

    /// <summary>How they are called.</summary>
    public string WatchedName => Split.Validation.IsEmpty ? "held-out" : "validation";

    /// <summary>Reads all sets, makes the phantoms, and parts them by groups.</summary>
    /// <exception cref="TrainingException">A set cannot be used.</exception>
    public static TrainingData Read(TrainingOptions options, IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        var reader = new SliceReader(new PreprocessingParameters(Size: options.Size, Clahe: options.Clahe, Symmetric: options.Symmetric));
        var loader = new SampleLoader(reader, options.ThreadsInUse);
        loader.AddFolder(options.Folder, SampleOrigin.Main, options.GroupsFile, Report(options.Folder), cancellationToken);
        foreach (var folder in options.Also)
        {
            loader.AddFolder(folder, SampleOrigin.Also, groupsFile: null, Report(folder), cancellationToken);
        }

        if (options.PhantomsPerClass > 0)
        {
            loader.Add(new PhantomSamples(reader, options.ThreadsInUse).Make(options.PhantomsPerClass, Report("phantoms"), cancellationToken));
        }

        if (options.Volumes is { } volumes)
        {
            loader.Add(new VolumeSamples(reader, options.ThreadsInUse).Read(volumes, options.HeldOutSources, Report(volumes), cancellationToken));
        }

        var set = loader.Finish(cancellationToken);
        var split = GroupSplit.Divide(set.Samples, options.HeldOutFraction, options.Validation, options.Seed);
        Check(split, options);
        return new TrainingData(split, set.Skipped, reader.SourceSize, reader.Parameters);

        IProgress<(int Done, int Total)>? Report(string what) => progress is null
            ? null
            : new Relay(step => progress.Report(new TrainingProgress(TrainingStage.Reading, step.Done, step.Total, Detail: what)));
    }

    /// <summary>Slices of heads, of the main set and of whole heads alike, as other scanners, sequences and programs would show them; none where the training shows no such styles.</summary>
    public IReadOnlyList<Sample> StyledHeads(TrainingOptions options)
    {
        var heads = options.Volumes is null ? [] : Split.Train.Where(sample => sample is { IsWithinHead: true, Origin: SampleOrigin.Main or SampleOrigin.Volume }).ToArray();
        var count = Math.Min(heads.Length, MostStyled);
        var augmenter = new Augmenter(Split.Train, SourceSize, Preprocessing.Size, Augmentation.Strong);
        return [.. Enumerable.Range(0, count).AsParallel().AsOrdered().Select(i =>
        {
            var random = new SeededRandom(options.Seed, stream: 8_000_000 + (ulong)i);
            var input = new float[Preprocessing.Size * Preprocessing.Size];
            var head = heads[(int)((long)i * heads.Length / count)];
            augmenter.Apply(head, ref random, input);
            return head with { Input = Array.ConvertAll(input, value => (Half)value) };
        })];
    }

    /// <summary>Pictures that the input gate must refuse.</summary>
    public IReadOnlyList<Sample> NonHeads(int seed)
    {
        var heads = Split.Train.Where(sample => sample.Origin == SampleOrigin.Main).ToArray();
        return new NonHeads(new SliceReader(Preprocessing), heads).Make(Math.Min(MostNonHeads, heads.Length), seed);
    }

    /// <summary>What a checkpoint must agree on: the options that change the result, and the slices.</summary>
    public string Fingerprint(TrainingOptions options)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(string.Create(
            CultureInfo.InvariantCulture,
            $"{options.Epochs} {options.Size} {options.Batch} {options.Seed} {options.LearningRate:R} {options.WeightDecay:R} {options.LabelSmoothing:R} {options.HeldOutFraction:R} {options.Validation:R} {options.SmallEpochs} {options.PlainEpochs} {options.FirstModel is not null}"));
        Append(string.Create(
            CultureInfo.InvariantCulture,
            $"{options.Binary} {options.Clahe} {options.Symmetric} {options.Schedule} {options.Regularization}"));
        Append(options.Network.Fingerprint());
        foreach (var label in Enum.GetValues<TumorClass>())
        {
            Append(options.Augmentation.Of(label).ToString());
        }

        foreach (var sample in Split.Train)
        {
            Append(string.Create(CultureInfo.InvariantCulture, $"{sample.Origin} {sample.Label} {sample.Name}"));
            hash.AppendData(sample.Source);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());

        void Append(string text) => hash.AppendData(Encoding.UTF8.GetBytes(text + "\n"));
    }

    private static void Check(GroupSplit split, TrainingOptions options)
    {
        foreach (var label in Enum.GetValues<TumorClass>())
        {
            var parts = new[] { split.Train, split.HeldOut, split.Validation }.Take(options.Validation > 0 ? 3 : 2).ToArray();
            if (!parts.All(part => part.Any(sample => sample.Label == label)))
            {
                throw new TrainingException(
                    $"{label.Label()} in {options.Folder} has too few groups of slices: at least {parts.Length} are needed, to train on some and keep others for {(parts.Length == 3 ? "validation and test" : "the test")}. Copies, near copies and neighbouring slices count as one group: add slices of other patients, or say with --groups what belongs together.");
            }
        }

        if (split.Train.Length < options.Batch)
        {
            throw new TrainingException(FormattableString.Invariant(
                $"{options.Folder} has {split.Train.Length} slices to train on, fewer than a batch of {options.Batch}. Give a smaller --batch or more slices."));
        }
    }

    // Progress<T> would hand reports to the thread pool, out of order.
    private sealed class Relay(Action<(int Done, int Total)> report) : IProgress<(int Done, int Total)>
    {
        public void Report((int Done, int Total) value) => report(value);
    }
}
