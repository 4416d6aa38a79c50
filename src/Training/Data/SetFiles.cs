using BrainTumorDicom.Classification.Findings;

namespace BrainTumorDicom.Training.Data;

/// <summary>Looks at the names in a set, not into its files.</summary>
internal static class SetFiles
{
    private static readonly string[] JpegNames = [".jpg", ".jpeg", ".jfif"];
    private static readonly string[] DicomNames = [".dcm", ".ima", ".dicom", ""];

    /// <summary>What lies in the set's folder but in none of the class folders, folders with a slash at their end.</summary>
    public static IReadOnlyList<string> Foreign(string folder) =>
    [
        .. Directory.EnumerateFileSystemEntries(folder)
            .Where(path => !TumorClasses.Labels.Contains(Path.GetFileName(path)) && !Path.GetFileName(path).StartsWith('.'))
            .Select(path => Path.GetFileName(path) + (Directory.Exists(path) ? "/" : ""))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Whether a file is called what it is not.</summary>
    public static bool IsMisnamed(string name, SliceEncoding encoding)
    {
        var extension = Path.GetExtension(name).ToLowerInvariant();
        return encoding switch
        {
            SliceEncoding.JpegGray or SliceEncoding.JpegColor => !JpegNames.Contains(extension),
            SliceEncoding.PngGray or SliceEncoding.PngColor => extension != ".png",
            SliceEncoding.Dicom => JpegNames.Contains(extension) || extension == ".png" || !(DicomNames.Contains(extension) || extension.Skip(1).All(char.IsAsciiDigit)),
            _ => false,
        };
    }
}
