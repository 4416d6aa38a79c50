using System.Collections.Frozen;
using System.Globalization;
using BrainTumorDicom.Dicom.Data;

namespace BrainTumorDicom.Service.Deidentify;

/// <summary>PS3.15 Table E.1-1 as data: the attributes that the basic profile names, and what is to be done with them.</summary>
internal static class ConfidentialityTable
{
    private static readonly Lazy<FrozenDictionary<DicomTag, ConfidentialityAction>> Rows = new(Read);

    /// <summary>Every attribute of the table that is not in a repeating group.</summary>
    public static IReadOnlyDictionary<DicomTag, ConfidentialityAction> All => Rows.Value;

    /// <summary>The action for an attribute; <see langword="null"/> where the table does not name it.</summary>
    public static ConfidentialityAction? Find(DicomTag tag) => Rows.Value.TryGetValue(tag, out var action) ? action : null;

    private static FrozenDictionary<DicomTag, ConfidentialityAction> Read()
    {
        using var stream = typeof(ConfidentialityTable).Assembly.GetManifestResourceStream("ps315-e1-1.tsv")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)

            // Curves and overlays, (50XX,XXXX) and (60XX,xxxx), go as whole groups.
            .Where(line => line[0] == '(' && !line[..11].Contains('X', StringComparison.Ordinal))
            .Select(line => line.Split('\t'))
            .ToFrozenDictionary(
                cells => DicomTag.FromKey(uint.Parse(string.Concat(cells[0].AsSpan(1, 4), cells[0].AsSpan(6, 4)), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)),
                cells => Action(cells[2]));
    }

    private static ConfidentialityAction Action(string text) => text switch
    {
        "X" => ConfidentialityAction.Remove,
        "Z" or "X/Z" => ConfidentialityAction.Empty,
        "D" or "Z/D" or "X/D" or "X/Z/D" => ConfidentialityAction.Dummy,
        "U" or "X/Z/U*" => ConfidentialityAction.ReplaceUid,
        _ => throw new InvalidDataException($"ps315-e1-1.tsv has the action '{text}'."),
    };
}
