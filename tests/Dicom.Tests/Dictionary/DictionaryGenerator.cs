using System.Globalization;
using System.Text;

namespace BrainTumorDicom.Dicom.Tests.Dictionary;

/// <summary>Writes the *.g.cs files of src/Dicom/Dictionary from the tables beside them.</summary>
internal static class DictionaryGenerator
{
    private sealed record Row(string Tag, string Vr, string Vm, string Keyword, string Name, bool Retired)
    {
        public bool IsRepeating => Tag.Contains('x', StringComparison.Ordinal);
    }

    /// <summary>The generated files: name and content.</summary>
    public static IReadOnlyDictionary<string, string> Generate(string folder)
    {
        var tags = ReadRows(Path.Combine(folder, "part6-tags.tsv"))
            .Select(c => new Row(c[0], c[1], c[2], c[3], c[4], c[5] == "R")).ToArray();
        var uids = ReadRows(Path.Combine(folder, "part6-uids.tsv")).ToArray();
        return new Dictionary<string, string>
        {
            ["DicomTag.g.cs"] = Tags(tags),
            ["DicomDictionary.g.cs"] = Dictionary(tags),
            ["DicomUid.g.cs"] = Uids(uids),
            ["DicomUidDictionary.g.cs"] = UidDictionary(uids),
        };
    }

    private static IEnumerable<string[]> ReadRows(string path) =>
        from line in File.ReadLines(path)
        where line.Length > 0 && line[0] != '#'
        let cells = line.Split('\t')
        select cells.Concat(Enumerable.Repeat("", 6 - cells.Length)).ToArray();

    private static string Tags(Row[] rows)
    {
        var text = Start("part6-tags.tsv", "Data");
        text.Append("public readonly partial record struct DicomTag\n{\n");
        foreach (var row in rows.Where(row => !row.IsRepeating && row.Keyword.Length > 0))
        {
            var vr = row.Vr.Length == 0 ? "no VR" : $"VR {row.Vr}";
            var retired = row.Retired ? " Retired." : "";
            text.Append(CultureInfo.InvariantCulture, $"    /// <summary>({row.Tag[..4]},{row.Tag[4..]}) {Xml(row.Name)}: {vr}, VM {row.Vm}.{retired}</summary>\n");
            text.Append(CultureInfo.InvariantCulture, $"    public static DicomTag {row.Keyword} => new(0x{row.Tag[..4]}, 0x{row.Tag[4..]});\n");
        }

        return text.Append("}\n").ToString();
    }

    private static string Dictionary(Row[] rows)
    {
        var vrs = rows.Select(row => row.Vr).Distinct().Order(StringComparer.Ordinal).ToList();
        var vms = rows.Select(row => row.Vm).Distinct().Order(StringComparer.Ordinal).ToList();
        var lines = rows.Select(row => $"{row.Keyword}\t{row.Name}\n").ToArray();
        var offsets = new int[rows.Length + 1];
        for (var i = 0; i < rows.Length; i++)
        {
            offsets[i + 1] = offsets[i] + lines[i].Length;
        }

        var byKeyword = Enumerable.Range(0, rows.Length).Where(i => rows[i].Keyword.Length > 0)
            .OrderBy(i => rows[i].Keyword, StringComparer.Ordinal);
        var text = Start("part6-tags.tsv", "Dictionary");
        text.Append("public static partial class DicomDictionary\n{\n");
        text.Append(CultureInfo.InvariantCulture, $"    private const int PlainCount = {rows.Count(row => !row.IsRepeating)};\n\n");
        text.Append("    private static class Names\n    {\n");
        Strings(text, "Vrs", vrs);
        Strings(text, "Vms", vms);
        text.Append("    }\n\n");
        Numbers(text, "uint", "Tags", rows.Select(row => "0x" + row.Tag.Replace('x', '0')));
        Numbers(text, "uint", "Masks", rows.Where(row => row.IsRepeating).Select(row => "0x" + string.Concat(row.Tag.Select(c => c == 'x' ? '0' : 'F'))));
        Numbers(text, "ushort", "Attributes", rows.Select(row =>
            ((row.Retired ? 0x8000 : 0) | (vms.IndexOf(row.Vm) << 8) | vrs.IndexOf(row.Vr)).ToString(CultureInfo.InvariantCulture)));
        Numbers(text, "int", "Offsets", offsets.Select(offset => offset.ToString(CultureInfo.InvariantCulture)));
        Numbers(text, "ushort", "ByKeyword", byKeyword.Select(i => i.ToString(CultureInfo.InvariantCulture)));
        text.Append("    private static ReadOnlySpan<byte> Text =>\n\"\"\"\n").AppendJoin("", lines).Append("\n\"\"\"u8;\n");
        return text.Append("}\n").ToString();
    }

    private static string Uids(string[][] rows)
    {
        var text = Start("part6-uids.tsv", "Data");
        text.Append("public readonly partial record struct DicomUid\n{\n");
        foreach (var row in rows.Where(row => row[2].Length > 0))
        {
            var retired = row[4] == "R" ? " Retired." : "";
            text.Append(CultureInfo.InvariantCulture, $"    /// <summary>{row[0]} {Xml(row[3])} ({Xml(row[1])}).{retired}</summary>\n");
            text.Append(CultureInfo.InvariantCulture, $"    public static DicomUid {row[2]} => new(\"{row[0]}\");\n");
        }

        return text.Append("}\n").ToString();
    }

    private static string UidDictionary(string[][] rows)
    {
        var text = Start("part6-uids.tsv", "Dictionary");
        text.Append("public static partial class DicomUidDictionary\n{\n");
        text.Append("    private static ReadOnlySpan<byte> Text =>\n\"\"\"\n");
        foreach (var row in rows)
        {
            text.Append(CultureInfo.InvariantCulture, $"{row[0]}\t{row[1]}\t{row[2]}\t{row[3]}\t{row[4]}\n");
        }

        return text.Append("\n\"\"\"u8;\n}\n").ToString();
    }

    private static StringBuilder Start(string source, string folder) => new StringBuilder()
        .Append(CultureInfo.InvariantCulture, $"// Generated from {source} by DictionaryGenerator in tests/Dicom.Tests. Do not edit.\n")
        .Append("// <auto-generated/>\n#nullable enable\n\n")
        .Append(CultureInfo.InvariantCulture, $"namespace BrainTumorDicom.Dicom.{folder};\n\n");

    private static void Strings(StringBuilder text, string name, List<string> values) =>
        text.Append(CultureInfo.InvariantCulture, $"        internal static readonly string[] {name} =\n        [\n")
            .AppendJoin("", values.Select(value => $"            \"{value}\",\n")).Append("        ];\n");

    private static void Numbers(StringBuilder text, string type, string name, IEnumerable<string> values)
    {
        text.Append(CultureInfo.InvariantCulture, $"    private static ReadOnlySpan<{type}> {name} =>\n    [\n");
        foreach (var chunk in values.Chunk(12))
        {
            text.Append("        ").AppendJoin(", ", chunk).Append(",\n");
        }

        text.Append("    ];\n\n");
    }

    private static string Xml(string name) =>
        name.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);
}
