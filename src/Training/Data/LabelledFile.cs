using BrainTumorDicom.Classification.Findings;

namespace BrainTumorDicom.Training.Data;

/// <summary>A file of a set.</summary>
internal sealed record LabelledFile
{
    public LabelledFile(string path, TumorClass label, string folder)
    {
        Path = path;
        Label = label;
        Name = System.IO.Path.GetRelativePath(folder, path).Replace('\\', '/');
        var parts = Name.Split('/');
        Unit = parts.Length > 2 ? parts[0] + "/" + parts[1] : null;
    }

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>Its class, from its folder.</summary>
    public TumorClass Label { get; }

    /// <summary>Its path within the set, such as <c>glioma/a.jpg</c>.</summary>
    public string Name { get; }

    /// <summary>The folder under the class folder that it lies in, which is then a group: a patient or a series. Otherwise <see langword="null"/>.</summary>
    public string? Unit { get; }
}
