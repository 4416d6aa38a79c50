using BrainTumorDicom.Service.Hosting;
using BrainTumorDicom.Service.Ledger;

namespace BrainTumorDicom.Service.Shadow;

/// <summary>The model in use and the one in its shadow, study by study. Read from the ledger, which a running service may be writing.</summary>
/// <param name="Champion">Name and version of the model in use, the latest.</param>
/// <param name="Shadow">Name and version of the shadow, the latest.</param>
/// <param name="Answers">What either may say: the classes and the ways to end without one.</param>
/// <param name="Counts">[answers × answers]: reported by shadow.</param>
/// <param name="Differences">Where they differ, oldest first.</param>
public sealed record ShadowComparison(
    string Champion,
    string Shadow,
    IReadOnlyList<string> Answers,
    IReadOnlyList<IReadOnlyList<int>> Counts,
    IReadOnlyList<ShadowDifference> Differences)
{
    private static readonly string[] AllAnswers = ["glioma", "meningioma", "notumor", "pituitary", "abstained", "refused", "error"];

    /// <summary>Revisions that both have answered.</summary>
    public int Studies => Counts.Sum(row => row.Sum());

    /// <summary>Revisions on which they say the same.</summary>
    public int Agreeing => Studies - Differences.Count;

    /// <summary>Reads the latest champion and shadow of a data folder.</summary>
    /// <exception cref="FileNotFoundException">There is no ledger.</exception>
    /// <exception cref="InvalidDataException">It is of another version of this program, or has no shadow findings.</exception>
    public static async Task<ShadowComparison> ReadAsync(string dataFolder)
    {
        var path = Path.Combine(dataFolder, DataFolder.LedgerName);
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"{path} does not exist: {dataFolder} is no data folder of the service.", path);
        }

        using var database = LedgerDatabase.OpenForReading(path);
        var pairs = await new ShadowLedger(database).PairsAsync().ConfigureAwait(false);
        return pairs.Count == 0
            ? throw new InvalidDataException($"{path} has no findings of a shadow model: set Model:Shadow to the folder of a package and let the service run.")
            : Of(pairs);
    }

    /// <summary>Compares; of several models the pair that came last.</summary>
    internal static ShadowComparison Of(IReadOnlyList<ShadowPair> pairs)
    {
        var last = pairs[^1];
        var own = pairs.Where(pair => (pair.ChampionSha256, pair.ShadowSha256) == (last.ChampionSha256, last.ShadowSha256)).ToArray();
        var counts = AllAnswers.Select(_ => new int[AllAnswers.Length]).ToArray();
        var differences = new List<ShadowDifference>();
        foreach (var pair in own)
        {
            var (reported, shadow) = (pair.ChampionClass ?? pair.ChampionDisposition, pair.ShadowClass ?? pair.ShadowDisposition);
            counts[Array.IndexOf(AllAnswers, reported)][Array.IndexOf(AllAnswers, shadow)]++;
            if (reported != shadow)
            {
                differences.Add(new ShadowDifference(pair.StudyInstanceUid, pair.Revision, reported, pair.ChampionReason, shadow, pair.ShadowReason));
            }
        }

        return new ShadowComparison(last.ChampionName ?? "", last.ShadowName ?? "", AllAnswers, counts, differences);
    }
}
