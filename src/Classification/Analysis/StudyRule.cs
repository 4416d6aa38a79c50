using System.Collections.Immutable;
using BrainTumorDicom.Classification.Findings;
using BrainTumorDicom.Classification.Selection;

namespace BrainTumorDicom.Classification.Analysis;

/// <summary>Folds the series of a study into one answer.</summary>
/// <remarks>
/// <list type="number">
/// <item>The series are asked in the order of what the model knows best: T1 with contrast, T1, FLAIR, T2, others; of two alike the one with more slices.</item>
/// <item>The best known series with a tumour gives the answer, unless a series known as well or better found none, or another class:
/// then the study is abstained from. A less known series does not contradict T1 with contrast.</item>
/// <item>Without a tumour, the best known series that was like the training data decides: free, or abstained.</item>
/// <item>Without an analysed series the study is refused (or an error, when a series was one), for the reason that they share.</item>
/// </list>
/// </remarks>
internal static class StudyRule
{
    /// <summary>The answer.</summary>
    /// <param name="series">Every series with its weighting.</param>
    /// <param name="unreadable">Why instances could not be read at all.</param>
    public static (Disposition Disposition, FindingReason? Reason, SeriesFinding? Deciding) Decide(
        IReadOnlyList<(SeriesFinding Finding, SequencePreference Preference)> series, IReadOnlyList<string> unreadable)
    {
        var analysed = series
            .Where(one => one.Finding.Disposition is Disposition.TargetTumor or Disposition.NoTargetTumor or Disposition.Abstained)
            .OrderBy(one => one.Preference)
            .ThenByDescending(one => one.Finding.AnalysedSliceCount)
            .ThenBy(one => one.Finding.SeriesInstanceUid, StringComparer.Ordinal)
            .ToArray();
        if (analysed.Length == 0)
        {
            var (disposition, reason) = NotAnalysed([.. series.Select(one => one.Finding)], unreadable);
            return (disposition, reason, null);
        }

        var tumors = analysed.Where(one => one.Finding.Disposition == Disposition.TargetTumor).ToArray();
        if (tumors.Length == 0)
        {
            var known = analysed.Where(one => one.Finding.Reason?.Code != ReasonCodes.UnlikeTraining.Code).Append(analysed[0]).First().Finding;
            return (known.Disposition, known.Reason, known);
        }

        var (best, preference) = tumors[0];
        var contradiction = Contradiction(analysed, tumors, best, preference);
        return contradiction is null ? (best.Disposition, null, best) : (Disposition.Abstained, contradiction, best);
    }

    private static FindingReason? Contradiction(
        (SeriesFinding Finding, SequencePreference Preference)[] analysed, (SeriesFinding Finding, SequencePreference Preference)[] tumors,
        SeriesFinding best, SequencePreference preference)
    {
        if (analysed.Any(one => one.Finding.Disposition == Disposition.NoTargetTumor && one.Preference <= preference))
        {
            return ReasonCodes.Contradicting.With($"{best.Class!.Value.Label()} in one series, none in another");
        }

        var other = tumors.FirstOrDefault(one => one.Finding.Class != best.Class
            && (one.Preference == preference || preference != SequencePreference.T1WithContrast)).Finding;
        return other is null ? null : ReasonCodes.Contradicting.With($"{best.Class!.Value.Label()} in one series, {other.Class!.Value.Label()} in another");
    }

    private static (Disposition Disposition, FindingReason Reason) NotAnalysed(ImmutableArray<SeriesFinding> series, IReadOnlyList<string> unreadable)
    {
        if (series.IsEmpty)
        {
            return (Disposition.Refused, unreadable.Count > 0 ? ReasonCodes.Unreadable.With(unreadable[0]) : ReasonCodes.NoEligibleSeries.With("no instances"));
        }

        if (series.FirstOrDefault(one => one.Disposition == Disposition.Error) is { } failed)
        {
            return (Disposition.Error, failed.Reason ?? ReasonCodes.Failed);
        }

        var codes = series.Select(one => one.Reason?.Code ?? "").Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        return (Disposition.Refused, codes.Length == 1 ? series[0].Reason! : ReasonCodes.NoEligibleSeries.With(string.Join(", ", codes)));
    }
}
