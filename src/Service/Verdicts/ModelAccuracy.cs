using BrainTumorDicom.Classification.Findings;

namespace BrainTumorDicom.Service.Verdicts;

/// <summary>One model against the readers.</summary>
/// <param name="Name">Name of the model.</param>
/// <param name="Version">Its version.</param>
/// <param name="Sha256">SHA-256 of its weights.</param>
/// <param name="Shadow">Whether it ran in the shadow of the model in use.</param>
/// <param name="Studies">Studies with a verdict.</param>
/// <param name="Answered">Of them, those that it answered: no abstention, refusal or error.</param>
/// <param name="Accuracy">Right ones of those answered.</param>
/// <param name="Classes">By class.</param>
/// <param name="Confusion">[4 × 5] row-major: the readers' class by the model's class, and last no answer.</param>
internal sealed record ModelAccuracy(
    string Name,
    string Version,
    string Sha256,
    bool Shadow,
    int Studies,
    WilsonInterval Answered,
    WilsonInterval Accuracy,
    IReadOnlyList<ModelAccuracy.ClassAccuracy> Classes,
    IReadOnlyList<IReadOnlyList<int>> Confusion)
{
    /// <summary>Counts pairs of the readers' class and the model's, which is <see langword="null"/> for no answer.</summary>
    public static ModelAccuracy Of(string name, string version, string sha256, bool shadow, IEnumerable<(TumorClass Truth, TumorClass? Answer)> pairs)
    {
        var confusion = Enumerable.Range(0, TumorClasses.Count).Select(_ => new int[TumorClasses.Count + 1]).ToArray();
        foreach (var (truth, answer) in pairs)
        {
            confusion[(int)truth][answer is { } given ? (int)given : TumorClasses.Count]++;
        }

        var all = confusion.Sum(row => row.Sum());
        var answered = all - confusion.Sum(row => row[^1]);
        return new ModelAccuracy(
            name,
            version,
            sha256,
            shadow,
            all,
            WilsonInterval.Of(answered, all),
            WilsonInterval.Of(Enumerable.Range(0, TumorClasses.Count).Sum(k => confusion[k][k]), answered),
            [.. Enumerable.Range(0, TumorClasses.Count).Select(k => new ClassAccuracy(
                TumorClasses.Labels[k],
                confusion[k].Sum(),
                WilsonInterval.Of(confusion[k][k], confusion[k].Sum() - confusion[k][^1]),
                WilsonInterval.Of(confusion[k][k], confusion.Sum(row => row[k]))))],
            confusion);
    }

    /// <summary>One class: how many studies have it after the readers, how many of those answered were found, how many of its answers were right.</summary>
    internal sealed record ClassAccuracy(string Class, int Studies, WilsonInterval Recall, WilsonInterval Precision);
}
