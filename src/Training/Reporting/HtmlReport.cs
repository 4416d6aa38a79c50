using System.Globalization;
using System.Net;
using System.Text;

namespace BrainTumorDicom.Training.Reporting;

/// <summary>
/// One self-contained page: no script, no address of anything elsewhere, pictures inside. Every text is escaped; only
/// <see cref="Chart"/> takes markup, which <see cref="SvgChart"/> has made of escaped parts.
/// </summary>
internal sealed class HtmlReport
{
    private const string Style =
        """
        body{font:15px/1.5 system-ui,sans-serif;margin:2em auto;max-width:72em;padding:0 1em;color:#1a1a1a;background:#fff}
        h1{font-size:1.6em}h2{font-size:1.25em;margin-top:2em;border-bottom:1px solid #ccc}h3{font-size:1.05em}
        table{border-collapse:collapse;margin:.8em 0}th,td{border:1px solid #ccc;padding:.25em .6em;text-align:left;vertical-align:top}
        th{background:#f2f4f7}td.n{text-align:right;font-variant-numeric:tabular-nums}
        figure{display:inline-block;margin:.5em 1em .5em 0;vertical-align:top}figcaption{font-size:.85em;color:#444;max-width:36em}
        img{image-rendering:pixelated;max-width:100%}.bad{background:#fff0ee;border-left:4px solid #c22;padding:.5em 1em}
        .note{color:#555}.row{display:flex;flex-wrap:wrap;gap:1.5em}
        """;

    private readonly StringBuilder _body = new();
    private readonly string _title;

    public HtmlReport(string title)
    {
        _title = title;
        Line($"<h1>{Escape(title)}</h1>");
    }

    /// <summary>A heading.</summary>
    public void Heading(string text) => Line($"<h2>{Escape(text)}</h2>");

    /// <summary>A heading below a heading.</summary>
    public void Subheading(string text) => Line($"<h3>{Escape(text)}</h3>");

    /// <summary>A paragraph.</summary>
    public void Paragraph(string text) => Line($"<p>{Escape(text)}</p>");

    /// <summary>A paragraph in small print.</summary>
    public void Note(string text) => Line($"<p class=\"note\">{Escape(text)}</p>");

    /// <summary>Something that must not be overlooked.</summary>
    public void Warning(string text) => Line($"<p class=\"bad\">{Escape(text)}</p>");

    /// <summary>A list.</summary>
    public void List(IEnumerable<string> items) => Line($"<ul>{string.Concat(items.Select(item => $"<li>{Escape(item)}</li>"))}</ul>");

    /// <summary>A table; cells that begin like a number stand to the right.</summary>
    public void Table(IReadOnlyList<string> header, IEnumerable<IReadOnlyList<string>> rows)
    {
        Line($"<table><tr>{string.Concat(header.Select(cell => $"<th>{Escape(cell)}</th>"))}</tr>");
        foreach (var row in rows)
        {
            Line($"<tr>{string.Concat(row.Select(cell => $"<td{(IsNumber(cell) ? " class=\"n\"" : "")}>{Escape(cell)}</td>"))}</tr>");
        }

        Line($"</table>");
    }

    /// <summary>A confusion matrix: rows true, columns answered, each cell shaded by its part of the row.</summary>
    public void Confusion(IReadOnlyList<string> labels, IReadOnlyList<int> counts)
    {
        Line($"<table><tr><th>true \\ answered</th>{string.Concat(labels.Select(label => $"<th>{Escape(label)}</th>"))}</tr>");
        for (var row = 0; row < labels.Count; row++)
        {
            var total = Math.Max(1, Enumerable.Range(0, labels.Count).Sum(column => counts[(row * labels.Count) + column]));
            var cells = string.Concat(Enumerable.Range(0, labels.Count).Select(column =>
            {
                var count = counts[(row * labels.Count) + column];
                var part = (double)count / total;
                var ink = part > 0.55 ? "#fff" : "#111";
                return string.Create(CultureInfo.InvariantCulture, $"<td class=\"n\" style=\"background:{ColorScale.Count(part).ToHex()};color:{ink}\">{count}</td>");
            }));
            Line($"<tr><th>{Escape(labels[row])}</th>{cells}</tr>");
        }

        Line($"</table>");
    }

    /// <summary>A picture with what it shows, inside the page.</summary>
    /// <param name="png">The bytes of a PNG file.</param>
    /// <param name="caption">Under it, and as its text where pictures are not shown.</param>
    /// <param name="width">Width on the page in CSS pixels; 0 for its own.</param>
    public void Image(byte[] png, string caption, int width = 0)
    {
        var size = width > 0 ? string.Create(CultureInfo.InvariantCulture, $" width=\"{width}\"") : "";
        Line($"<figure><img{size} alt=\"{Escape(caption)}\" src=\"data:image/png;base64,{Convert.ToBase64String(png)}\"><figcaption>{Escape(caption)}</figcaption></figure>");
    }

    /// <summary>A chart made by <see cref="SvgChart"/>, with what it shows.</summary>
    public void Chart(string svg, string caption) => Line($"<figure>{svg}<figcaption>{Escape(caption)}</figcaption></figure>");

    /// <summary>Puts things beside each other as far as there is room.</summary>
    public void SideBySide(IEnumerable<Action> things)
    {
        Line($"<div class=\"row\">");
        foreach (var thing in things)
        {
            Line($"<div>");
            thing();
            Line($"</div>");
        }

        Line($"</div>");
    }

    /// <summary>The whole page.</summary>
    public override string ToString() =>
        $"""
        <!DOCTYPE html>
        <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
        <title>{Escape(_title)}</title><style>
        {Style}
        </style></head><body>
        {_body}<p class="note">Research use only, not for diagnosis.</p>
        </body></html>

        """;

    private static string Escape(string text) => WebUtility.HtmlEncode(text);

    private static bool IsNumber(string cell) => cell.Length > 0 && (char.IsAsciiDigit(cell[0]) || (cell[0] is '-' or '+' && cell.Length > 1 && char.IsAsciiDigit(cell[1])));

    private void Line(string line) => _body.Append(line).Append('\n');
}
