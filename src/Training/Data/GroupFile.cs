using System.Text;

namespace BrainTumorDicom.Training.Data;

/// <summary>A table of leak groups: CSV (RFC 4180) with the columns class, file and group, in any order, with a header.</summary>
internal static class GroupFile
{
    /// <summary>Reads the table.</summary>
    /// <returns>The group of each <c>class/file</c>.</returns>
    /// <exception cref="TrainingException">It is missing, unreadable or malformed.</exception>
    public static IReadOnlyDictionary<string, string> Read(string path)
    {
        var lines = Lines(path);
        var header = Cells(lines.Length == 0 ? "" : lines[0]);
        var (folder, file, group) = (Column("class"), Column("file"), Column("group"));
        var groups = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 1; i < lines.Length; i++)
        {
            if (lines[i].Length == 0)
            {
                continue;
            }

            var cells = Cells(lines[i]);
            if (cells.Count != header.Count)
            {
                throw new TrainingException($"The groups file {path} line {i + 1} has {cells.Count} cells, the header {header.Count}. Correct the line, or leave --groups out: groups are then searched for.");
            }

            groups[cells[folder] + "/" + cells[file]] = cells[group];
        }

        return groups;

        int Column(string name)
        {
            var index = header.IndexOf(name);
            return index >= 0 ? index : throw new TrainingException(
                $"The groups file {path} has no column {name}; it needs class, file and group. Correct its header, or leave --groups out: groups are then searched for.");
        }
    }

    /// <summary>Writes a table that <see cref="Read"/> reads.</summary>
    /// <param name="path">The file.</param>
    /// <param name="groups">Name within the set, such as <c>glioma/a.jpg</c>, and group.</param>
    public static void Write(string path, IEnumerable<(string Name, int Group)> groups)
    {
        var text = new StringBuilder("class,file,group\n");
        foreach (var (name, group) in groups)
        {
            var slash = name.IndexOf('/', StringComparison.Ordinal);
            text.Append(Quoted(name[..slash])).Append(',').Append(Quoted(name[(slash + 1)..])).Append(',').Append(group).Append('\n');
        }

        File.WriteAllText(path, text.ToString());
    }

    private static string[] Lines(string path)
    {
        if (!File.Exists(path))
        {
            throw new TrainingException($"The groups file {path} does not exist. Give another with --groups, or leave it out: groups are then searched for.");
        }

        try
        {
            return File.ReadAllLines(path, new UTF8Encoding(false, throwOnInvalidBytes: true));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or DecoderFallbackException)
        {
            throw new TrainingException(
                $"The groups file {path} cannot be read: {error.Message.ReplaceLineEndings(" ")} Give a text file with --groups, or leave it out: groups are then searched for.", error);
        }
    }

    private static List<string> Cells(string line)
    {
        var cells = new List<string>();
        var cell = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '"')
            {
                if (quoted && i + 1 < line.Length && line[i + 1] == '"')
                {
                    cell.Append(line[i++]);
                }
                else
                {
                    quoted = !quoted;
                }
            }
            else if (line[i] == ',' && !quoted)
            {
                cells.Add(cell.ToString().Trim());
                cell.Clear();
            }
            else
            {
                cell.Append(line[i]);
            }
        }

        cells.Add(cell.ToString().Trim());
        return cells;
    }

    private static string Quoted(string cell) =>
        cell.AsSpan().IndexOfAny(",\"\n") < 0 ? cell : "\"" + cell.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
}
