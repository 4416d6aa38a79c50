using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace BrainTumorDicom.Reports.Documents;

/// <summary>The fonts of a document: Helvetica, its bold form, Helvetica for further alphabets, and a font for each collection of ideographs used. All have maps back to Unicode where the encoding does not say it.</summary>
/// <param name="characterSets">Specific Character Set of the source.</param>
internal sealed class PdfFonts(ImmutableArray<string> characterSets)
{
    private const string Regular = "F1";
    private const string Bold = "F2";
    private const string Further = "F3";

    // Codes of the further alphabets' font: 33 and on, 223 letters a document.
    private const int FirstCode = 33;
    private const int MostCodes = 223;

    private readonly List<char> letters = [];
    private readonly Dictionary<CjkCollection, SortedSet<string>> ideographs = [];

    /// <summary>Parts a line of text into runs of one font each.</summary>
    public ImmutableArray<PdfRun> Runs(string text, bool bold)
    {
        var runs = ImmutableArray.CreateBuilder<PdfRun>();
        CjkCollection? collection = null;
        foreach (var rune in text.EnumerateRunes())
        {
            var run = Encode(rune, text, bold, ref collection);
            if (runs.Count > 0 && runs[^1].Font == run.Font)
            {
                runs[^1] = new PdfRun(run.Font, runs[^1].Codes + run.Codes, runs[^1].Width + run.Width);
            }
            else
            {
                runs.Add(run);
            }
        }

        return runs.ToImmutable();
    }

    /// <summary>The width of a line of text at size 1.</summary>
    public double Width(string text, bool bold) => Runs(text, bold).Sum(run => run.Width);

    /// <summary>Writes the fonts used.</summary>
    /// <returns>The entries of the page's font resources.</returns>
    public string Write(PdfFile file)
    {
        var entries = new StringBuilder();
        Entry(Regular, file.Add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"));
        Entry(Bold, file.Add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>"));
        if (letters.Count > 0)
        {
            Entry(Further, WriteFurther(file));
        }

        foreach (var (collection, used) in ideographs)
        {
            Entry(collection.Ordering, WriteCollection(file, collection, used));
        }

        return entries.ToString();

        void Entry(string name, int number) => entries.Append(CultureInfo.InvariantCulture, $" /{name} {number} 0 R");
    }

    private PdfRun Encode(Rune rune, string text, bool bold, ref CjkCollection? collection)
    {
        // Bold letters are a little wider; a tenth is enough for wrapping lines.
        var width = HelveticaWidths.Of(rune.Value) / 1000.0 * (bold ? 1.1 : 1);
        if (rune.Value is (>= 0x20 and <= 0x7E) or (>= 0xA0 and <= 0xFF))
        {
            return new PdfRun(bold ? Bold : Regular, Hex(rune.Value, 2), width);
        }

        if (CjkCollection.Has(rune.Value))
        {
            collection ??= CjkCollection.Of(text, characterSets);
            if (!ideographs.TryGetValue(collection, out var used))
            {
                ideographs[collection] = used = new SortedSet<string>(StringComparer.Ordinal);
            }

            var codes = Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(rune.ToString()));
            used.Add(codes);
            return new PdfRun(collection.Ordering, codes, 1);
        }

        return Letter(rune) is { } code ? new PdfRun(Further, Hex(code, 2), width) : new PdfRun(bold ? Bold : Regular, Hex('?', 2), HelveticaWidths.Of('?') / 1000.0);
    }

    private int? Letter(Rune rune)
    {
        if (!rune.IsBmp)
        {
            return null;
        }

        var index = letters.IndexOf((char)rune.Value);
        if (index < 0 && letters.Count < MostCodes)
        {
            index = letters.Count;
            letters.Add((char)rune.Value);
        }

        return index < 0 ? null : FirstCode + index;
    }

    private int WriteFurther(PdfFile file)
    {
        var descriptor = file.Add("<< /Type /FontDescriptor /FontName /Helvetica /Flags 32 /FontBBox [-166 -225 1000 931] /ItalicAngle 0 /Ascent 718 /Descent -207 /CapHeight 718 /StemV 88 >>");
        var map = file.AddText(ToUnicode("<00> <FF>", letters.Select((letter, i) => (Hex(FirstCode + i, 2), Hex(letter, 4)))));
        var names = string.Join(' ', letters.Select(letter => "/" + GlyphNames.Of(letter)));
        var widths = string.Join(' ', letters.Select(letter => HelveticaWidths.Of(letter)));
        return file.Add(string.Create(
            CultureInfo.InvariantCulture,
            $"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /FirstChar {FirstCode} /LastChar {FirstCode + letters.Count - 1} /Widths [{widths}] /FontDescriptor {descriptor} 0 R /Encoding << /Type /Encoding /BaseEncoding /WinAnsiEncoding /Differences [{FirstCode} {names}] >> /ToUnicode {map} 0 R >>"));
    }

    private static int WriteCollection(PdfFile file, CjkCollection collection, IEnumerable<string> used)
    {
        var descriptor = file.Add($"<< /Type /FontDescriptor /FontName /{collection.Font} /Flags 4 /FontBBox [0 -120 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 740 /StemV 80 >>");
        var descendant = file.Add(string.Create(
            CultureInfo.InvariantCulture,
            $"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /{collection.Font} /CIDSystemInfo << /Registry (Adobe) /Ordering ({collection.Ordering}) /Supplement {collection.Supplement} >> /DW 1000 /FontDescriptor {descriptor} 0 R >>"));
        var map = file.AddText(ToUnicode("<0000> <D7FF> <D800DC00> <DBFFDFFF> <E000> <FFFF>", used.Select(codes => (codes, codes))));
        return file.Add(string.Create(
            CultureInfo.InvariantCulture,
            $"<< /Type /Font /Subtype /Type0 /BaseFont /{collection.Font}-{collection.Map} /Encoding /{collection.Map} /DescendantFonts [{descendant} 0 R] /ToUnicode {map} 0 R >>"));
    }

    /// <summary>A map from codes to Unicode (ISO 32000-1 §9.10.3), so that text can be searched and copied.</summary>
    private static string ToUnicode(string ranges, IEnumerable<(string Code, string Unicode)> characters)
    {
        var map = new StringBuilder("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n");
        map.Append(CultureInfo.InvariantCulture, $"{ranges.Split(' ').Length / 2} begincodespacerange\n{ranges}\nendcodespacerange\n");

        // A section holds at most 100.
        foreach (var section in characters.Chunk(100))
        {
            map.Append(CultureInfo.InvariantCulture, $"{section.Length} beginbfchar\n");
            foreach (var (code, unicode) in section)
            {
                map.Append(CultureInfo.InvariantCulture, $"<{code}> <{unicode}>\n");
            }

            map.Append("endbfchar\n");
        }

        return map.Append("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n").ToString();
    }

    private static string Hex(int value, int digits) => value.ToString("X" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
