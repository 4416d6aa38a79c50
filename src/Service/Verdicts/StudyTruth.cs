using BrainTumorDicom.Service.Ledger;

namespace BrainTumorDicom.Service.Verdicts;

/// <summary>What readers together say of a study: the class that most of their latest verdicts have.</summary>
/// <param name="StudyInstanceUid">The study.</param>
/// <param name="Class">Label of the class; <see langword="null"/> where two classes have as many readers.</param>
/// <param name="Readers">How many readers gave a verdict.</param>
internal sealed record StudyTruth(string StudyInstanceUid, string? Class, int Readers)
{
    /// <summary>One for each study, from the verdicts that count.</summary>
    public static IReadOnlyList<StudyTruth> Of(IEnumerable<VerdictRow> counting) =>
    [
        .. counting.GroupBy(verdict => verdict.StudyInstanceUid, StringComparer.Ordinal).Select(study =>
        {
            var votes = study.CountBy(verdict => verdict.Class).OrderByDescending(vote => vote.Value).ToArray();
            return new StudyTruth(study.Key, votes.Length > 1 && votes[0].Value == votes[1].Value ? null : votes[0].Key, study.Count());
        }),
    ];
}
