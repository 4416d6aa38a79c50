using System.Collections.Frozen;
using System.Text;

namespace BrainTumorDicom.Dicom.Dictionary;

/// <summary>The registry of unique identifiers (PS3.6 annex A), edition 2022a. Built on first use.</summary>
public static partial class DicomUidDictionary
{
    private static readonly Lazy<FrozenDictionary<string, DicomUidEntry>> Entries = new(Build);

    /// <summary>Every entry, in no order.</summary>
    public static IReadOnlyCollection<DicomUidEntry> All => Entries.Value.Values;

    /// <summary>The entry of <paramref name="uid"/>, or <see langword="null"/>.</summary>
    public static DicomUidEntry? Find(string uid) => Entries.Value.GetValueOrDefault(uid);

    private static FrozenDictionary<string, DicomUidEntry> Build()
    {
        var entries = new Dictionary<string, DicomUidEntry>();
        foreach (var line in Encoding.ASCII.GetString(Text).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var cells = line.Split('\t');
            entries.Add(cells[0], new DicomUidEntry(cells[0], cells[1], cells[2], cells[3], cells[4] == "R"));
        }

        return entries.ToFrozenDictionary();
    }
}
