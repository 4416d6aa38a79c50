namespace BrainTumorDicom.Support;

/// <summary>Finds the project's root, and the public data beside it where it is there.</summary>
public static class SharedData
{
    /// <summary>The folder that holds BrainTumorDicom.sln.</summary>
    public static string ProjectRoot { get; } = FindRoot();

    /// <summary>The full path of <paramref name="folder"/> under <c>../shared/data</c>, or <see langword="null"/>.</summary>
    public static string? Find(string folder)
    {
        var path = Path.GetFullPath(Path.Combine(ProjectRoot, "..", "shared", "data", folder));
        return Directory.Exists(path) ? path : null;
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "BrainTumorDicom.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("BrainTumorDicom.sln not found above the tests.");
    }
}
