using System.Globalization;
using System.Net;
using System.Text;

namespace BrainTumorDicom.Training.Reporting;

/// <summary>Draws charts as SVG for a page: lines, bars, the reliability of a model.</summary>
internal static class SvgChart
{
    private const int Width = 520;
    private const int Height = 300;
    private const int Left = 58;
    private const int Right = 12;
    private const int Top = 12;
    private const int Bottom = 44;

    /// <summary>Lines over one axis.</summary>
    /// <param name="series">The lines.</param>
    /// <param name="x">What the horizontal axis shows.</param>
    /// <param name="y">What the vertical axis shows.</param>
    /// <param name="range">Of the vertical axis; by default that of the values.</param>
    public static string Lines(IReadOnlyList<ChartSeries> series, string x, string y, (double Low, double High)? range = null)
    {
        var points = series.SelectMany(line => line.Points).Where(point => double.IsFinite(point.X) && double.IsFinite(point.Y)).ToArray();
        if (points.Length == 0)
        {
            return "";
        }

        var (low, high) = range ?? Widened(points.Min(point => point.Y), points.Max(point => point.Y));
        var scale = new Scale(points.Min(point => point.X), points.Max(point => point.X), low, high);
        var text = Begin(scale, x, y);
        for (var i = 0; i < series.Count; i++)
        {
            var color = ColorScale.Series[i % ColorScale.Series.Count].ToHex();
            var path = string.Join(' ', series[i].Points.Where(point => double.IsFinite(point.X) && double.IsFinite(point.Y)).Select(point =>
                $"{Number(scale.AtX(point.X))},{Number(scale.AtY(point.Y))}"));
            Add(text, $"<polyline fill=\"none\" stroke=\"{color}\" stroke-width=\"2\" points=\"{path}\"/>");
            if (series.Count > 1)
            {
                Add(text, $"<text x=\"{Left + 10}\" y=\"{Top + 14 + (i * 15)}\" fill=\"{color}\">{Escape(series[i].Name)}</text>");
            }
        }

        return text.Append("</svg>").ToString();
    }

    /// <summary>Bars with their names below.</summary>
    public static string Bars(IReadOnlyList<(string Name, double Value)> bars, string x, string y)
    {
        if (bars.Count == 0)
        {
            return "";
        }

        var scale = new Scale(0, bars.Count, 0, Math.Max(1e-9, bars.Max(bar => bar.Value)));
        var text = Begin(scale, x, y, marksX: false);
        for (var i = 0; i < bars.Count; i++)
        {
            var (left, right, top) = (scale.AtX(i + 0.1), scale.AtX(i + 0.9), scale.AtY(bars[i].Value));
            Add(text, $"<rect x=\"{Number(left)}\" y=\"{Number(top)}\" width=\"{Number(right - left)}\" height=\"{Number(Height - Bottom - top)}\" fill=\"{ColorScale.Series[0].ToHex()}\"><title>{Escape(bars[i].Name)}: {Number(bars[i].Value)}</title></rect>");
            Add(text, $"<text x=\"{Number((left + right) / 2)}\" y=\"{Height - Bottom + 14}\" text-anchor=\"middle\" font-size=\"10\">{Escape(bars[i].Name)}</text>");
        }

        return text.Append("</svg>").ToString();
    }

    /// <summary>How often a model is right where it says it is so sure: bars of accuracy over confidence, beside the diagonal.</summary>
    /// <param name="bins">Bins of equal width over [0, 1]: slices, mean confidence, accuracy.</param>
    public static string Reliability(IReadOnlyList<(int Count, double Confidence, double Accuracy)> bins)
    {
        var scale = new Scale(0, 1, 0, 1);
        var text = Begin(scale, "confidence", "accuracy");
        for (var i = 0; i < bins.Count; i++)
        {
            if (bins[i].Count == 0)
            {
                continue;
            }

            var (left, right, top) = (scale.AtX((double)i / bins.Count), scale.AtX((i + 1.0) / bins.Count), scale.AtY(bins[i].Accuracy));
            Add(text, $"<rect x=\"{Number(left + 1)}\" y=\"{Number(top)}\" width=\"{Number(right - left - 2)}\" height=\"{Number(scale.AtY(0) - top)}\" fill=\"{ColorScale.Series[5].ToHex()}\"><title>{bins[i].Count} slices, confidence {Number(bins[i].Confidence)}, accuracy {Number(bins[i].Accuracy)}</title></rect>");
            Add(text, $"<circle cx=\"{Number(scale.AtX(bins[i].Confidence))}\" cy=\"{Number(top)}\" r=\"3\" fill=\"{ColorScale.Series[1].ToHex()}\"/>");
            Add(text, $"<text x=\"{Number((left + right) / 2)}\" y=\"{Number(scale.AtY(0) - 4)}\" text-anchor=\"middle\" font-size=\"9\">{bins[i].Count}</text>");
        }

        Add(text, $"<line x1=\"{Number(scale.AtX(0))}\" y1=\"{Number(scale.AtY(0))}\" x2=\"{Number(scale.AtX(1))}\" y2=\"{Number(scale.AtY(1))}\" stroke=\"#666\" stroke-dasharray=\"4 3\"/>");
        return text.Append("</svg>").ToString();
    }

    private static StringBuilder Begin(Scale scale, string x, string y, bool marksX = true)
    {
        var text = new StringBuilder();
        Add(text, $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{Width}\" height=\"{Height}\" viewBox=\"0 0 {Width} {Height}\" font-family=\"sans-serif\" font-size=\"11\" role=\"img\">");
        Add(text, $"<rect x=\"{Left}\" y=\"{Top}\" width=\"{Width - Left - Right}\" height=\"{Height - Top - Bottom}\" fill=\"#fafafa\" stroke=\"#bbb\"/>");
        foreach (var mark in Marks(scale.LowY, scale.HighY))
        {
            var at = Number(scale.AtY(mark));
            Add(text, $"<line x1=\"{Left}\" y1=\"{at}\" x2=\"{Width - Right}\" y2=\"{at}\" stroke=\"#e2e2e2\"/><text x=\"{Left - 5}\" y=\"{at}\" dy=\"4\" text-anchor=\"end\">{Number(mark)}</text>");
        }

        foreach (var mark in marksX ? Marks(scale.LowX, scale.HighX) : [])
        {
            Add(text, $"<text x=\"{Number(scale.AtX(mark))}\" y=\"{Height - Bottom + 15}\" text-anchor=\"middle\">{Number(mark)}</text>");
        }

        Add(text, $"<text x=\"{(Left + Width - Right) / 2}\" y=\"{Height - 8}\" text-anchor=\"middle\">{Escape(x)}</text>");
        Add(text, $"<text transform=\"translate(13 {(Top + Height - Bottom) / 2}) rotate(-90)\" text-anchor=\"middle\">{Escape(y)}</text>");
        return text;
    }

    // Five or so round numbers within the range.
    private static IEnumerable<double> Marks(double low, double high)
    {
        var raw = (high - low) / 5;
        if (!(raw > 0))
        {
            return [low];
        }

        var power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        var step = power * (raw / power) switch { < 1.5 => 1, < 3.5 => 2, < 7.5 => 5, _ => 10 };
        var first = (long)Math.Ceiling((low / step) - 1e-9);
        var last = (long)Math.Floor((high / step) + 1e-9);
        return Enumerable.Range(0, (int)Math.Max(0, last - first + 1)).Select(i => (first + i) * step);
    }

    private static (double Low, double High) Widened(double low, double high)
    {
        var room = high > low ? (high - low) * 0.05 : Math.Max(1e-6, Math.Abs(high) * 0.05);
        return (low - room, high + room);
    }

    private static string Number(double value) => Math.Round(value, 6).ToString("0.######", CultureInfo.InvariantCulture);

    private static string Escape(string text) => WebUtility.HtmlEncode(text);

    private static void Add(StringBuilder text, FormattableString part) => text.Append(part.ToString(CultureInfo.InvariantCulture));

    private readonly record struct Scale(double LowX, double HighX, double LowY, double HighY)
    {
        public double AtX(double x) => Left + ((HighX > LowX ? (x - LowX) / (HighX - LowX) : 0.5) * (Width - Left - Right));

        public double AtY(double y) => Height - Bottom - ((HighY > LowY ? Math.Clamp((y - LowY) / (HighY - LowY), 0, 1) : 0.5) * (Height - Top - Bottom));
    }
}
