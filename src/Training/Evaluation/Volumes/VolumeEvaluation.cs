using BrainTumorDicom.Classification.Analysis;
using BrainTumorDicom.Classification.Execution;
using BrainTumorDicom.Classification.Findings;
using BrainTumorDicom.Training.Data;
using BrainTumorDicom.Training.Data.Tumors;

namespace BrainTumorDicom.Training.Evaluation.Volumes;

/// <summary>Analyses whole series as the service does, as they are and with tumours put into them.</summary>
/// <param name="classifier">The model.</param>
public sealed class VolumeEvaluation(Classifier classifier)
{
    // As few as the rule asks for, and more.
    private static readonly int[] Extents = [3, 5, 9];

    private readonly StudyAnalyzer _analyzer = new(classifier, TimeProvider.System);

    /// <summary>Tumours to put in; empty to put in none.</summary>
    private TumorInsertion? Insertion { get; set; }

    /// <summary>Takes the tumours to put in from slices that the model's training held out.</summary>
    /// <param name="first">Finds them.</param>
    /// <param name="folder">The main set.</param>
    /// <param name="groupsFile">Its groups.</param>
    /// <param name="seed">Of the training.</param>
    /// <param name="heldOut">Part that it held out.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>How many were found.</returns>
    public int TakeTumors(Classifier first, string folder, string? groupsFile, int seed, double heldOut, CancellationToken cancellationToken)
    {
        var reader = new SliceReader(classifier.Package.Manifest.Preprocessing);
        var loader = new SampleLoader(reader, Environment.ProcessorCount);
        loader.AddFolder(folder, SampleOrigin.Main, groupsFile, progress: null, cancellationToken);
        var samples = GroupSplit.Divide(loader.Finish(cancellationToken).Samples, heldOut, seed).HeldOut;
        var places = new TumorFinder(first, reader.SourceSize).Find(samples, progress: null, cancellationToken);
        Insertion = new TumorInsertion(places, reader.SourceSize, reader.Parameters);
        return places.Count;
    }

    /// <summary>Evaluates the series of a folder, one after the other.</summary>
    /// <param name="folder">Folders of DICOM files.</param>
    /// <param name="inserted">Tumours to put into each, one at a time, of three extents in turn.</param>
    /// <param name="cancellationToken">Stops between series.</param>
    public IEnumerable<VolumeFigures> Run(string folder, int inserted, CancellationToken cancellationToken)
    {
        foreach (var series in VolumeSeries.Read(folder))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return Evaluate(series, inserted, cancellationToken);
        }
    }

    internal VolumeFigures Evaluate(VolumeSeries series, int inserted, CancellationToken cancellationToken)
    {
        var finding = Analyze(series, cancellationToken);
        var analysed = finding.Slices.Where(slice => slice.LeftOut is null && slice.Probabilities.Length > 0).ToArray();
        var (tried, found, right, abstained) = (0, 0, 0, 0);
        for (var i = 0; i < inserted && Insertion is not null; i++)
        {
            // The stream belongs to the series and the number, so that no other series changes it.
            var random = new SeededRandom(i, stream: 5000 + (ulong)series.Slices.Count + (ulong)series.Name.Sum(letter => letter));
            if (Insertion.Insert(series, Extents[i % Extents.Length], ref random) is not { } made)
            {
                continue;
            }

            tried++;
            var answer = Analyze(made.Series, cancellationToken);
            var carried = answer.CarryingSlices.Any(slice => made.Instances.Contains(slice.SopInstanceUid));
            found += carried ? 1 : 0;
            right += carried && answer.Class == made.Class ? 1 : 0;
            abstained += answer.Disposition is Disposition.Abstained ? 1 : 0;
        }

        return new VolumeFigures(
            series.Name,
            finding.Weighting,
            finding.Disposition,
            finding.Reason?.Code ?? "",
            finding.Class,
            finding.Probabilities.IsEmpty ? double.NaN : 1 - finding.Probabilities[(int)TumorClass.NoTumor],
            finding.Slices.Length,
            analysed.Length,
            analysed.Count(slice => slice.Probabilities.IndexOf(slice.Probabilities.Max()) != (int)TumorClass.NoTumor),
            tried,
            found,
            right,
            abstained);
    }

    private SeriesFinding Analyze(VolumeSeries series, CancellationToken cancellationToken) =>
        _analyzer.Analyze(series.Name, [.. series.Slices.Select(slice => slice.Source)], complete: true, "", cancellationToken).Series.MaxBy(one => one.Slices.Length)!;
}
