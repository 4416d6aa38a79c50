using BrainTumorDicom.Classification.Execution;
using BrainTumorDicom.Classification.Findings;
using BrainTumorDicom.Classification.Selection;

namespace BrainTumorDicom.Classification.Analysis;

/// <summary>Turns the instances of a study into its <see cref="Finding"/>. May be used from several threads at once.</summary>
/// <param name="classifier">The model; not disposed here.</param>
/// <param name="time">The clock of <see cref="Finding.AnalysisStarted"/>.</param>
public sealed class StudyAnalyzer(Classifier classifier, TimeProvider time)
{
    /// <summary>Analyses a study. Bad input never throws: an instance that cannot be read is left out with its reason, a series that cannot be analysed has one.</summary>
    /// <remarks>
    /// Instances are read one after the other: once for their headers, then, of eligible series, for their pixels, of which no more than
    /// 128 MiB are held. The order of <paramref name="instances"/> does not matter.
    /// </remarks>
    /// <param name="studyInstanceUid">The study; what an instance says of it is not looked at.</param>
    /// <param name="instances">Everything received of it.</param>
    /// <param name="complete">Whether that is all.</param>
    /// <param name="incompleteReason">What is missing, when it is not.</param>
    /// <param name="cancellationToken">Stops between instances and batches.</param>
    /// <param name="progress">Told after each step, on the calling thread when it is a plain implementation.</param>
    public Finding Analyze(
        string studyInstanceUid,
        IReadOnlyList<InstanceSource> instances,
        bool complete,
        string incompleteReason,
        CancellationToken cancellationToken,
        IProgress<AnalysisProgress>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(studyInstanceUid);
        ArgumentNullException.ThrowIfNull(instances);
        var started = time.GetLocalNow();
        var done = 0;
        var total = instances.Count;
        var headers = new List<SliceHeader>();
        var unreadable = new List<string>();
        for (var i = 0; i < instances.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ReadHeaders(i, instances[i], headers, unreadable);
            progress?.Report(new AnalysisProgress(++done, total));
        }

        var missing = Concatenations.Missing(headers);
        var selections = headers
            .GroupBy(slice => slice.SeriesInstanceUid, StringComparer.Ordinal)
            .OrderBy(series => series.Key, StringComparer.Ordinal)
            .Select(series => (Headers: series.ToArray(), Selection: InputGate.Select([.. series])))
            .ToArray();
        total += selections.Sum(series => series.Selection.Stack.Length);
        var analyzer = new SeriesAnalyzer(classifier, instances);
        var findings = selections
            .Select(series => (Finding: Analyze(analyzer, series.Headers, series.Selection, () => progress?.Report(new AnalysisProgress(++done, total)), cancellationToken), series.Selection.Preference))
            .ToArray();
        progress?.Report(new AnalysisProgress(total, total));

        var (disposition, reason, deciding) = StudyRule.Decide(findings, unreadable);
        return new Finding(
            studyInstanceUid,
            disposition,
            reason,
            disposition is Disposition.TargetTumor or Disposition.NoTargetTumor ? deciding?.Class : null,
            deciding?.Probabilities ?? [],
            deciding,
            [.. findings.Select(one => one.Finding)],
            complete && unreadable.Count == 0 && missing.Count == 0,
            Incomplete(complete ? "" : incompleteReason, unreadable, missing),
            started,
            classifier.Identity);
    }

    private static void ReadHeaders(int index, InstanceSource source, List<SliceHeader> headers, List<string> unreadable)
    {
        try
        {
            var own = SliceHeaderReader.Read(index, (source.ReadHeader ?? source.Read)().Dataset);
            if (own[0].SeriesInstanceUid.Length == 0 || own[0].SopInstanceUid.Length == 0)
            {
                unreadable.Add("no Series or SOP Instance UID");
            }
            else
            {
                headers.AddRange(own);
            }
        }
        catch (Exception error) when (InputErrors.IsOfInput(error))
        {
            unreadable.Add(InputErrors.Describe(error));
        }
    }

    // What cannot be read belongs to no series that could list it, so it is said of the study as a whole.
    private static string Incomplete(string reason, List<string> unreadable, IReadOnlyList<string> missing)
    {
        var lost = unreadable.Count == 0 ? "" : FormattableString.Invariant($"{unreadable.Count} instances could not be read ({unreadable[0]})");
        return string.Join("; ", new[] { reason, lost, missing.Count == 0 ? "" : missing[0] }.Where(part => part.Length > 0));
    }

    private static SeriesFinding Analyze(SeriesAnalyzer analyzer, SliceHeader[] headers, SeriesSelection selection, Action classified, CancellationToken cancellationToken)
    {
        try
        {
            return analyzer.Analyze(headers, selection, classified, cancellationToken);
        }
        catch (Exception error) when (InputErrors.IsOfInput(error) || error is Microsoft.ML.OnnxRuntime.OnnxRuntimeException)
        {
            var reason = ReasonCodes.Failed.With(InputErrors.Describe(error));
            return SeriesAnalyzer.Ended(headers, [.. headers.Select(header => new LeftOutSlice(header, reason))], Disposition.Error, reason);
        }
    }
}
