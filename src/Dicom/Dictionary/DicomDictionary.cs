using System.Text;
using BrainTumorDicom.Dicom.Data;

namespace BrainTumorDicom.Dicom.Dictionary;

/// <summary>The registry of data elements (PS3.6 §6 to §9, PS3.7 annex E), edition 2022a. Lookups search constant tables in the assembly: nothing is built at start.</summary>
public static partial class DicomDictionary
{
    private const ushort RetiredFlag = 0x8000;

    private static readonly DicomVr[] Vrs = Array.ConvertAll(Names.Vrs, FirstVr);

    /// <summary>The entry of <paramref name="tag"/>, also of a repeating group (50xx, 60xx, ...), or <see langword="null"/>.</summary>
    public static DicomDictionaryEntry? Find(DicomTag tag)
    {
        var row = RowOf(tag.Key);
        return row < 0 ? null : new DicomDictionaryEntry(tag, row);
    }

    /// <summary>The tag that has <paramref name="keyword"/>; of a repeating group the first.</summary>
    public static bool TryFindKeyword(string keyword, out DicomTag tag)
    {
        ArgumentNullException.ThrowIfNull(keyword);
        int low = 0, high = ByKeyword.Length - 1;
        Span<byte> wanted = stackalloc byte[128];
        tag = default;
        if (keyword.Length is 0 or > 64 || !Encoding.UTF8.TryGetBytes(keyword, wanted, out var length))
        {
            return false;
        }

        wanted = wanted[..length];
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var row = ByKeyword[middle];
            var order = KeywordBytes(row).SequenceCompareTo(wanted);
            if (order == 0)
            {
                tag = DicomTag.FromKey(Tags[row]);
                return true;
            }

            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }

        return false;
    }

    /// <summary>The VR of an element whose writer did not say (implicit VR, PS3.5 annex A.1).</summary>
    /// <param name="tag">The tag.</param>
    /// <param name="signed">Pixel Representation is 1: "US or SS" means SS.</param>
    /// <returns>UN where it is not known, as for private elements.</returns>
    public static DicomVr VrOf(DicomTag tag, bool signed = false)
    {
        if (tag.Element == 0)
        {
            return DicomVr.UL;
        }

        if (tag.IsPrivate)
        {
            return tag.IsPrivateCreator ? DicomVr.LO : DicomVr.UN;
        }

        var row = RowOf(tag.Key);
        if (row < 0)
        {
            return DicomVr.UN;
        }

        var index = Attributes[row] & 0xFF;
        return signed && Vrs[index] == DicomVr.US && Names.Vrs[index].EndsWith("SS", StringComparison.Ordinal) ? DicomVr.SS : Vrs[index];
    }

    internal static string NameOf(int row) => Encoding.ASCII.GetString(Text[Offsets[row]..Offsets[row + 1]][(KeywordBytes(row).Length + 1)..^1]);

    internal static string KeywordOf(int row) => Encoding.ASCII.GetString(KeywordBytes(row));

    internal static string VrTextOf(int row) => Names.Vrs[Attributes[row] & 0xFF];

    internal static string VmOf(int row) => Names.Vms[(Attributes[row] & 0x7F00) >> 8];

    internal static bool IsRetired(int row) => (Attributes[row] & RetiredFlag) != 0;

    internal static int Count => Tags.Length;

    private static ReadOnlySpan<byte> KeywordBytes(int row)
    {
        var line = Text[Offsets[row]..Offsets[row + 1]];
        return line[..line.IndexOf((byte)'\t')];
    }

    private static int RowOf(uint key)
    {
        var row = Tags[..PlainCount].BinarySearch(key);
        if (row >= 0)
        {
            return row;
        }

        for (var i = 0; i < Masks.Length; i++)
        {
            // 50xx and 60xx repeat over even groups only (PS3.5 §7.6).
            if ((key & Masks[i]) == Tags[PlainCount + i] && (key & 0x10000) == 0)
            {
                return PlainCount + i;
            }
        }

        return -1;
    }

    private static DicomVr FirstVr(string text) => text switch
    {
        "" => DicomVr.UN,

        // In implicit VR, Pixel Data and Overlay Data are words, and a look-up table is too (PS3.5 annex A.1).
        "OB or OW" or "US or OW" => DicomVr.OW,
        _ => DicomVr.Parse(text[..2]),
    };
}
