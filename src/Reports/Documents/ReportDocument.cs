using System.Collections.Immutable;
using System.Globalization;
using BrainTumorDicom.Classification.Findings;
using BrainTumorDicom.Classification.Selection;
using BrainTumorDicom.Reports.Pictures;
using BrainTumorDicom.Reports.Source;
using BrainTumorDicom.Reports.StructuredReport;
using BrainTumorDicom.Reports.Text;

namespace BrainTumorDicom.Reports.Documents;

/// <summary>The report on one page of PDF, for people: whose, what the algorithm says, from what, within which limits, and the heat maps. A report without an answer has a page too.</summary>
public static class ReportDocument
{
    // A4, in points.
    private const double Width = 595;

    // A FHIR server that takes strings of 1 MB (R4 2.24.0.1) must take the page in base64; the other pictures go beside it.
    private const int MostPictures = 2;
    private const double Height = 842;
    private const double Margin = 40;
    private const double Room = Width - (2 * Margin);
    private const double FooterTop = 782;
    private const int MostSeries = 6;
    private const int MostLines = 6;

    /// <summary>Writes the page.</summary>
    /// <param name="request">What is reported.</param>
    /// <param name="maps">The pictures of its key slices, strongest first.</param>
    /// <returns>A PDF file. The same arguments give the same bytes.</returns>
    public static byte[] Write(ReportRequest request, ImmutableArray<HeatMap> maps)
    {
        ArgumentNullException.ThrowIfNull(request);
        var source = SourceStudy.Read(request.SourceHeader);
        var file = new PdfFile();
        var fonts = new PdfFonts(source.CharacterSets);
        var page = new PdfPage(file, fonts, Width, Height);
        var y = Header(page, request);
        y = Patient(page, source, request, y);
        y = Answer(page, request.Finding, y);
        y = Inputs(page, request.Finding, y);
        Pictures(page, maps, y);
        Footer(page, request);
        var pages = file.Reserve();
        file.Put(pages, string.Create(CultureInfo.InvariantCulture, $"<< /Type /Pages /Kids [{page.Write(pages)} 0 R] /Count 1 >>"));
        var catalog = file.Add(string.Create(CultureInfo.InvariantCulture, $"<< /Type /Catalog /Pages {pages} 0 R /Lang (en-US) >>"));
        return file.ToArray(catalog, file.Add(Information(request)));
    }

    // No name of a patient: the title stands in window bars and lists.
    private static string Information(ReportRequest request)
    {
        var created = request.Created.ToUniversalTime();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"<< /Title {PdfFile.Unicode($"{ReportPage.Title} - {SafetyText.Short}")} /Producer {PdfFile.Unicode($"{OwnEquipment.ModelName} {request.Origin.SoftwareVersion}")} /CreationDate (D:{created:yyyyMMddHHmmss}Z) >>");
    }

    private static double Header(PdfPage page, ReportRequest request)
    {
        page.Text(SafetyText.Short, Margin, 34, 11, bold: true);
        var y = Paragraph(page, SafetyText.Long(request.Finding.Model), 46, 7);
        page.Rule(Margin, y - 4, Room);
        page.Text(ReportPage.Title, Margin, y + 16, 16, bold: true);
        page.Text(
            string.Create(CultureInfo.InvariantCulture, $"Preliminary, not verified by a physician. Revision {request.Revision}{Follows(request)}. Analysis started {request.Finding.AnalysisStarted:yyyy-MM-dd HH:mm:ss zzz}."),
            Margin,
            y + 29,
            8);
        return y + 44;
    }

    private static string Follows(ReportRequest request) =>
        request.PredecessorRevision is { } before ? string.Create(CultureInfo.InvariantCulture, $", replaces revision {before}") : "";

    private static double Patient(PdfPage page, SourceStudy source, ReportRequest request, double y)
    {
        (string Name, string Value)[] lines =
        [
            ("Patient", DisplayName.Of(source.PatientName)),
            ("Patient ID", source.IssuerOfPatientId.Length > 0 ? $"{source.PatientId} ({source.IssuerOfPatientId})" : source.PatientId),
            ("Born, sex", string.Join(", ", new[] { Date(source.BirthDate), source.Sex }.Where(part => part.Length > 0))),
            ("Accession number", source.AccessionNumber),
            ("Study", string.Join(", ", new[] { Date(source.StudyDate), source.StudyDescription }.Where(part => part.Length > 0))),
            ("Referring physician", DisplayName.Of(source.ReferringPhysicianName)),
            ("Institution", request.Origin.InstitutionName),
        ];
        const double indent = 95;
        foreach (var (name, value) in lines.Where(line => line.Value.Length > 0))
        {
            page.Text(name, Margin, y, 8);
            foreach (var line in page.Wrap(ValueRules.Text(value), 9, Room - indent).Take(3))
            {
                page.Text(line, Margin + indent, y, 9);
                y += 12;
            }
        }

        page.Rule(Margin, y - 6, Room);
        return y + 8;
    }

    private static double Answer(PdfPage page, Finding finding, double y)
    {
        y = Paragraph(page, Narrative.Answer(finding), y, 11, bold: true) + 2;
        if (finding.Probabilities.IsDefaultOrEmpty)
        {
            return y;
        }

        page.Text("Algorithm output", Margin, y, 8, bold: true);
        page.Text("Percent", Margin + 130, y, 8, bold: true);
        foreach (var value in Enum.GetValues<TumorClass>())
        {
            y += 11;
            page.Text(Narrative.Name(value), Margin, y, 9);
            page.Text(Narrative.Percent(finding.Probabilities[(int)value]), Margin + 130, y, 9);
        }

        return y + 15;
    }

    private static double Inputs(PdfPage page, Finding finding, double y)
    {
        y = Paragraph(page, Narrative.Inputs(finding), y, 8) + 2;
        foreach (var series in finding.Series.Take(MostSeries))
        {
            y = Paragraph(page, Narrative.OfSeries(series) + (series == finding.DecidingSeries ? " (used for the answer)" : ""), y, 8, most: 2);
        }

        return finding.Series.Length <= MostSeries ? y
            : Paragraph(page, string.Create(CultureInfo.InvariantCulture, $"{finding.Series.Length - MostSeries} further series are listed in the structured report."), y, 8);
    }

    /// <summary>One picture large, more in two columns: as wide as the rest of the page lets them be.</summary>
    private static void Pictures(PdfPage page, ImmutableArray<HeatMap> maps, double y)
    {
        maps = maps[..Math.Min(maps.Length, MostPictures)];
        if (maps.IsEmpty)
        {
            return;
        }

        const double gap = 8;
        var columns = maps.Length == 1 ? 1 : 2;
        var rows = (maps.Length + columns - 1) / columns;
        var ratio = (double)maps[0].Height / maps[0].Width;
        var height = (FooterTop - y - (rows * gap)) / rows;
        var width = Math.Min((Room - ((columns - 1) * gap)) / columns, height / ratio);
        for (var i = 0; i < maps.Length && width > 0; i++)
        {
            page.Image(
                maps[i].Png,
                maps[i].Height,
                maps[i].Width,
                Margin + (i % columns * (width + gap)),
                y + (i / columns * ((width * ratio) + gap)),
                width);
        }
    }

    private static void Footer(PdfPage page, ReportRequest request)
    {
        var finding = request.Finding;
        page.Rule(Margin, FooterTop + 4, Room);
        var document = ReportIdentity.Document(finding.StudyInstanceUid, finding.Model, StructuredReportClass.Comprehensive3D, request.Revision);
        page.Text($"Study {ReportIdentity.Writable(finding.StudyInstanceUid)}", Margin, FooterTop + 13, 6.5);
        page.Text($"Structured report {document.Value}, by {OwnEquipment.ModelName} {request.Origin.SoftwareVersion}, page 1 of 1", Margin, FooterTop + 21, 6.5);
        _ = Paragraph(page, SafetyText.Long(finding.Model), FooterTop + 30, 6.5);
    }

    private static double Paragraph(PdfPage page, string text, double y, double size, bool bold = false, int most = MostLines)
    {
        foreach (var line in page.Wrap(ValueRules.Text(text), size, Room, bold).Take(most))
        {
            page.Text(line, Margin, y, size, bold);
            y += size * 1.25;
        }

        return y;
    }

    private static string Date(string date) => date.Length == 8 ? $"{date[..4]}-{date[4..6]}-{date[6..]}" : date;
}
