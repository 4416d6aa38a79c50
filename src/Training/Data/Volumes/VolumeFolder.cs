namespace BrainTumorDicom.Training.Data.Volumes;

/// <summary>A folder of series: every folder with DICOM files in it, at any depth, is one, and every NIfTI file. Its path below the folder is its name, the first part of that its source.</summary>
internal static class VolumeFolder
{
    /// <summary>The series, by name; those of <paramref name="heldOut"/> sources or names are left out.</summary>
    /// <exception cref="TrainingException">There is none, or a name of <paramref name="heldOut"/> is none of them.</exception>
    public static IReadOnlyList<(string Name, string[] Files)> List(string folder, IReadOnlyCollection<string> heldOut)
    {
        if (!Directory.Exists(folder))
        {
            throw new TrainingException($"The folder of volumes {folder} does not exist.");
        }

        var all = Directory.EnumerateDirectories(folder, "*", SearchOption.AllDirectories)
            .Select(path => (
                Name: Path.GetRelativePath(folder, path).Replace(Path.DirectorySeparatorChar, '/'),
                Files: Directory.EnumerateFiles(path).Where(DicomSeriesFiles.IsDicom).Order(StringComparer.Ordinal).ToArray()))
            .Where(series => series.Files.Length > 0)
            .Concat(Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(NiftiVolume.IsNamed).Select(path => (Name: NiftiName(folder, path), Files: new[] { path })))
            .OrderBy(series => series.Name, StringComparer.Ordinal)
            .ToArray();
        if (all.Length == 0)
        {
            throw new TrainingException($"{folder} has no folder with DICOM files and no NIfTI file. Put each DICOM series in a folder of its own.");
        }

        return [.. all.Where(series => !heldOut.Any(name => IsOf(series.Name, name)))];
    }

    private static string NiftiName(string folder, string path)
    {
        var name = Path.GetRelativePath(folder, path).Replace(Path.DirectorySeparatorChar, '/');
        return name[..name.LastIndexOf(".nii", StringComparison.OrdinalIgnoreCase)];
    }

    /// <summary>The first part of a series' name: all of one scan session, set or person.</summary>
    public static string SourceOf(string name) => name.Split('/')[0];

    /// <summary>Whether a series is <paramref name="wanted"/> or of the source <paramref name="wanted"/>.</summary>
    public static bool IsOf(string name, string wanted) => name == wanted || SourceOf(name) == wanted;
}
