namespace BrainTumorDicom.Training.Inspection;

/// <summary>The groups found, beside those of a table.</summary>
/// <param name="Pairs">Pairs of slices that the table has in one group.</param>
/// <param name="Found">How many of them are in one group here too.</param>
/// <param name="Groups">Groups of two slices and more in the table.</param>
/// <param name="Cut">How many of them are not whole within one group here.</param>
/// <param name="Unlisted">Slices that the table does not name.</param>
public sealed record GroupComparison(long Pairs, long Found, int Groups, int Cut, int Unlisted)
{
    /// <summary>Compares.</summary>
    /// <param name="names">The slices.</param>
    /// <param name="groups">The group found of each.</param>
    /// <param name="table">The group that the table has for each name.</param>
    internal static GroupComparison Of(IReadOnlyList<string> names, IReadOnlyList<int> groups, IReadOnlyDictionary<string, string> table)
    {
        var listed = Enumerable.Range(0, names.Count).Where(i => table.ContainsKey(names[i])).GroupBy(i => table[names[i]]).Where(group => group.Count() > 1);
        var (pairs, found, count, cut) = (0L, 0L, 0, 0);
        foreach (var group in listed)
        {
            var parts = group.CountBy(i => groups[i]).Select(part => (long)part.Value).ToArray();
            pairs += Pairings(parts.Sum());
            found += parts.Sum(Pairings);
            count++;
            cut += parts.Length > 1 ? 1 : 0;
        }

        return new GroupComparison(pairs, found, count, cut, names.Count(name => !table.ContainsKey(name)));

        static long Pairings(long members) => members * (members - 1) / 2;
    }
}
