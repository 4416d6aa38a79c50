using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace BrainTumorDicom.Reports.Documents;

/// <summary>One page that is written on from the top. Places are in points from the upper left corner.</summary>
/// <param name="file">The document.</param>
/// <param name="fonts">Its fonts.</param>
/// <param name="width">In points.</param>
/// <param name="height">In points.</param>
internal sealed class PdfPage(PdfFile file, PdfFonts fonts, double width, double height)
{
    private readonly StringBuilder content = new();
    private readonly List<int> images = [];

    /// <summary>Writes a line of text.</summary>
    /// <param name="text">The line.</param>
    /// <param name="x">Left edge.</param>
    /// <param name="baseline">Where the letters stand.</param>
    /// <param name="size">Size of the letters.</param>
    /// <param name="bold">Whether they are bold.</param>
    public void Text(string text, double x, double baseline, double size, bool bold = false)
    {
        if (text.Length == 0)
        {
            return;
        }

        content.Append(CultureInfo.InvariantCulture, $"BT {x:0.##} {height - baseline:0.##} Td");
        foreach (var run in fonts.Runs(text, bold))
        {
            content.Append(CultureInfo.InvariantCulture, $" /{run.Font} {size:0.##} Tf <{run.Codes}> Tj");
        }

        content.Append(" ET\n");
    }

    /// <summary>Draws a horizontal line.</summary>
    public void Rule(double x, double y, double length) =>
        content.Append(CultureInfo.InvariantCulture, $"0.5 w {x:0.##} {height - y:0.##} m {x + length:0.##} {height - y:0.##} l S\n");

    /// <summary>Shows a colour PNG file of one IDAT, as this program writes it; its data go into the document as they are.</summary>
    /// <param name="png">The file.</param>
    /// <param name="rows">Its height in pixels.</param>
    /// <param name="columns">Its width in pixels.</param>
    /// <param name="x">Left edge.</param>
    /// <param name="y">Upper edge.</param>
    /// <param name="shownWidth">Width on the page; the height follows.</param>
    public void Image(ReadOnlyMemory<byte> png, int rows, int columns, double x, double y, double shownWidth)
    {
        var entries = string.Create(
            CultureInfo.InvariantCulture,
            $" /Type /XObject /Subtype /Image /Width {columns} /Height {rows} /ColorSpace /DeviceRGB /BitsPerComponent 8 /DecodeParms << /Predictor 15 /Colors 3 /Columns {columns} >>");
        images.Add(file.AddDeflated(entries, Data(png.Span)));
        var shownHeight = shownWidth * rows / columns;
        content.Append(CultureInfo.InvariantCulture, $"q {shownWidth:0.##} 0 0 {shownHeight:0.##} {x:0.##} {height - y - shownHeight:0.##} cm /I{images.Count} Do Q\n");
    }

    /// <summary>Breaks text into lines: between words, and within one that is longer than a line.</summary>
    public ImmutableArray<string> Wrap(string text, double size, double room, bool bold = false)
    {
        var lines = ImmutableArray.CreateBuilder<string>();
        var line = "";
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var longer = line.Length == 0 ? word : $"{line} {word}";
            if (Fits(longer))
            {
                line = longer;
                continue;
            }

            if (line.Length > 0)
            {
                lines.Add(line);
            }

            line = "";
            foreach (var rune in word.EnumerateRunes())
            {
                if (line.Length > 0 && !Fits(line + rune))
                {
                    lines.Add(line);
                    line = "";
                }

                line += rune.ToString();
            }
        }

        if (line.Length > 0)
        {
            lines.Add(line);
        }

        return lines.ToImmutable();

        bool Fits(string candidate) => fonts.Width(candidate, bold) * size <= room;
    }

    /// <summary>Writes the page's objects.</summary>
    /// <param name="parent">Number of the page tree.</param>
    /// <returns>Number of the page.</returns>
    public int Write(int parent)
    {
        var shown = string.Concat(images.Select((number, i) => string.Create(CultureInfo.InvariantCulture, $" /I{i + 1} {number} 0 R")));
        var stream = file.AddText(content.ToString());
        return file.Add(string.Create(
            CultureInfo.InvariantCulture,
            $"<< /Type /Page /Parent {parent} 0 R /MediaBox [0 0 {width:0.##} {height:0.##}] /Resources << /Font <<{fonts.Write(file)} >> /XObject <<{shown} >> >> /Contents {stream} 0 R >>"));
    }

    private static ReadOnlySpan<byte> Data(ReadOnlySpan<byte> png)
    {
        const int signature = 8;
        for (var at = signature; at < png.Length;)
        {
            var length = System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(png[at..]);
            if (png.Slice(at + 4, 4).SequenceEqual("IDAT"u8))
            {
                return png.Slice(at + 8, length);
            }

            at += length + 12;
        }

        throw new ArgumentException("no IDAT", nameof(png));
    }
}
