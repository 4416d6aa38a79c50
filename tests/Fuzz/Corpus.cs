namespace BrainTumorDicom.Fuzz;

/// <summary>The kept inputs beside the program: <c>seeds/TARGET</c> and <c>regressions/TARGET</c>.</summary>
internal static class Corpus
{
    /// <summary>Inputs that the fuzzer starts from: those made by code, then the kept ones.</summary>
    internal static IEnumerable<byte[]> Seeds(FuzzTarget target) =>
        target.Seeds().Concat(Files("seeds", target.Name).Select(File.ReadAllBytes)).Concat(Files("regressions", target.Name).Select(File.ReadAllBytes));

    /// <summary>Inputs that something once did not stand.</summary>
    internal static IReadOnlyList<string> Regressions(FuzzTarget target) => Files("regressions", target.Name);

    private static string[] Files(string kind, string target)
    {
        var folder = Path.Combine(AppContext.BaseDirectory, kind, target);
        return Directory.Exists(folder) ? [.. Directory.GetFiles(folder).Order(StringComparer.Ordinal)] : [];
    }
}
