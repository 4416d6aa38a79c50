using BrainTumorDicom.Classification.Findings;
using BrainTumorDicom.Service.Ledger;

namespace BrainTumorDicom.Service.Verdicts;

/// <summary>How right each model is by what readers say: every study that has a verdict counts once.</summary>
/// <param name="Labels">The classes, in the order of the confusion matrices' rows and columns.</param>
/// <param name="Studies">Studies with a verdict that counts.</param>
/// <param name="Disputed">Studies whose readers are divided; they count for no model.</param>
/// <param name="Models">One for each set of weights, those in use before those in shadow.</param>
internal sealed record LiveAccuracy(IReadOnlyList<string> Labels, int Studies, int Disputed, IReadOnlyList<ModelAccuracy> Models)
{
    /// <summary>Reads it from the ledger.</summary>
    public static async Task<LiveAccuracy> ReadAsync(VerdictLedger ledger)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        var truths = StudyTruth.Of(await ledger.CountingAsync().ConfigureAwait(false));
        var known = truths.Where(truth => truth.Class is not null)
            .ToDictionary(truth => truth.StudyInstanceUid, truth => Parse(truth.Class!), StringComparer.Ordinal);
        var judged = (await ledger.JudgedAsync().ConfigureAwait(false)).Where(finding => known.ContainsKey(finding.StudyInstanceUid));
        return new LiveAccuracy(
            TumorClasses.Labels,
            known.Count,
            truths.Count - known.Count,
            [
                .. judged.GroupBy(finding => (finding.Shadow, finding.Sha256))
                    .OrderBy(model => model.Key.Shadow)
                    .ThenByDescending(model => model.Count())
                    .ThenBy(model => model.Key.Sha256, StringComparer.Ordinal)
                    .Select(model => ModelAccuracy.Of(
                        model.First().Name,
                        model.First().Version,
                        model.Key.Sha256,
                        model.Key.Shadow,
                        model.Select(finding => (known[finding.StudyInstanceUid], finding.Class is { } label ? Parse(label) : (TumorClass?)null)))),
            ]);
    }

    private static TumorClass Parse(string label) =>
        TumorClasses.TryParse(label, out var value) ? value : throw new InvalidDataException($"The ledger has the class '{label}'.");
}
