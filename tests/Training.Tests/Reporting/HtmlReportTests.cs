using BrainTumorDicom.Training.Reporting;

namespace BrainTumorDicom.Training.Tests.Reporting;

public sealed class HtmlReportTests
{
    private const string Hostile = "<script>alert('x')</script>\" onerror=\"y & z";

    [Fact]
    public void Every_text_is_escaped_wherever_it_stands()
    {
        var page = new HtmlReport(Hostile);
        page.Heading(Hostile);
        page.Paragraph(Hostile);
        page.Warning(Hostile);
        page.List([Hostile]);
        page.Table([Hostile], [[Hostile]]);
        page.Confusion([Hostile, "b"], [1, 2, 3, 4]);
        page.Image([1, 2, 3], Hostile);
        page.Chart(SvgChart.Lines([new ChartSeries(Hostile, [(0, 1), (1, 2)]), new ChartSeries("b", [(0, 1)])], Hostile, Hostile), Hostile);
        page.Chart(SvgChart.Bars([(Hostile, 1)], Hostile, Hostile), Hostile);

        var text = page.ToString();

        Assert.DoesNotContain("<script", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("\" onerror", text, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_loads_nothing_from_elsewhere()
    {
        var page = new HtmlReport("t");
        page.Image(new Picture(2, 3, Rgb.White).ToPng(), "picture");

        var text = page.ToString();

        Assert.Contains("default-src 'none'", text, StringComparison.Ordinal);
        Assert.Contains("src=\"data:image/png;base64,iVBOR", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Charts_of_nothing_and_of_one_value_are_drawn_without_numbers_that_are_none()
    {
        Assert.Equal("", SvgChart.Lines([], "x", "y"));
        Assert.Equal("", SvgChart.Bars([], "x", "y"));
        foreach (var chart in new[]
        {
            SvgChart.Lines([new ChartSeries("a", [(1, 2)])], "x", "y"),
            SvgChart.Lines([new ChartSeries("a", [(1, double.NaN), (2, 3), (3, double.PositiveInfinity)])], "x", "y"),
            SvgChart.Bars([("a", 0)], "x", "y"),
            SvgChart.Reliability([.. Enumerable.Repeat((0, 0.0, 0.0), 15)]),
        })
        {
            Assert.DoesNotContain("NaN", chart, StringComparison.Ordinal);
            Assert.DoesNotContain("∞", chart, StringComparison.Ordinal);
            Assert.EndsWith("</svg>", chart, StringComparison.Ordinal);
        }
    }
}
