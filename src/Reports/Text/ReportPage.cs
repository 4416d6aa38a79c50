using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Text;
using BrainTumorDicom.Classification.Findings;

namespace BrainTumorDicom.Reports.Text;

/// <summary>The report as a page of HTML without scripts, styles or links: what FHIR's presentedForm shows. It names no patient; the resource around it does.</summary>
public static class ReportPage
{
    /// <summary>Title of the page.</summary>
    public const string Title = "AI brain MR classification";

    /// <summary>Writes the page.</summary>
    public static string Write(Finding finding, int revision)
    {
        ArgumentNullException.ThrowIfNull(finding);
        var label = Encode(SafetyText.Long(finding.Model));
        var page = new StringBuilder();
        page.Append("<!DOCTYPE html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><title>").Append(Title).Append("</title></head>\n<body>\n");
        page.Append("<p><strong>").Append(label).Append("</strong></p>\n");
        page.Append("<h1>").Append(Title).Append("</h1>\n");
        page.Append("<p>").Append(Encode(Narrative.Answer(finding))).Append("</p>\n");
        page.Append("<p>").Append(Encode(Narrative.Inputs(finding))).Append("</p>\n");
        AppendPercentages(page, finding.Probabilities);
        AppendSeries(page, finding.Series);
        page.Append(CultureInfo.InvariantCulture, $"<p>Preliminary, revision {revision}. Study {Encode(finding.StudyInstanceUid)}. Analysis started {finding.AnalysisStarted:yyyy-MM-dd HH:mm:ss zzz}.</p>\n");
        page.Append("<p><strong>").Append(label).Append("</strong></p>\n</body>\n</html>\n");
        return page.ToString();
    }

    private static void AppendPercentages(StringBuilder page, ImmutableArray<double> probabilities)
    {
        if (probabilities.IsDefaultOrEmpty)
        {
            return;
        }

        page.Append("<table>\n<tr><th>Algorithm output</th><th>Percent</th></tr>\n");
        foreach (var value in Enum.GetValues<TumorClass>())
        {
            page.Append(CultureInfo.InvariantCulture, $"<tr><td>{Narrative.Name(value)}</td><td>{Narrative.Percent(probabilities[(int)value])}</td></tr>\n");
        }

        page.Append("</table>\n");
    }

    private static void AppendSeries(StringBuilder page, ImmutableArray<SeriesFinding> series)
    {
        if (series.IsEmpty)
        {
            return;
        }

        page.Append("<ul>\n");
        foreach (var each in series)
        {
            page.Append("<li>").Append(Encode(Narrative.OfSeries(each))).Append("</li>\n");
        }

        page.Append("</ul>\n");
    }

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
