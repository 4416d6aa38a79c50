namespace BrainTumorDicom.Training.Data;

/// <summary>A table of leak groups: CSV with the columns class, file and group, in any order, with a header.</summary>
internal static class GroupFile
{
    /// <summary>Reads the table.</summary>
    /// <returns>The group of each <c>class/file</c>.</returns>
    /// <exception cref="TrainingException">It is missing or malformed.</exception>
    public static IReadOnlyDictionary<string, string> Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new TrainingException($"The groups file {path} does not exist.");
        }

        var lines = File.ReadAllLines(path);
        var header = (lines.Length == 0 ? "" : lines[0]).Split(',', StringSplitOptions.TrimEntries);
        var (folder, file, group) = (Column("class"), Column("file"), Column("group"));
        var groups = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 1; i < lines.Length; i++)
        {
            if (lines[i].Length == 0)
            {
                continue;
            }

            var cells = lines[i].Split(',', StringSplitOptions.TrimEntries);
            if (cells.Length != header.Length)
            {
                throw new TrainingException($"{path} line {i + 1} has {cells.Length} cells, the header {header.Length}.");
            }

            groups[cells[folder] + "/" + cells[file]] = cells[group];
        }

        return groups;

        int Column(string name)
        {
            var index = Array.IndexOf(header, name);
            return index >= 0 ? index : throw new TrainingException($"{path} has no column {name}; it needs class, file and group.");
        }
    }
}
