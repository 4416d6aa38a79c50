using System.Globalization;
using BrainTumorDicom.Classification.Findings;
using BrainTumorDicom.Reports.Codes;
using BrainTumorDicom.Reports.Source;
using BrainTumorDicom.Reports.StructuredReport;
using BrainTumorDicom.Reports.Text;
using static BrainTumorDicom.Reports.Hl7.Hl7Text;

namespace BrainTumorDicom.Reports.Hl7;

/// <summary>The OBX segments of one report (HL7 v2.5.1 §7.4.2), each preliminary (OBX-11 P), the research-use statement first.</summary>
internal sealed class ObservationSegments(ReportRequest request, ReadOnlyMemory<byte> pdf)
{
    // As many as the structured report names key images.
    private const int KeyImages = 5;

    private readonly Finding finding = request.Finding;
    private readonly List<string> segments = [];
    private int count;

    /// <summary>Writes them in order.</summary>
    public IReadOnlyList<string> Write()
    {
        Add("TX", ReportCodes.Comment, Text(SafetyText.Long(finding.Model)));
        AddAnswer();
        foreach (var value in finding.Probabilities.IsDefaultOrEmpty ? [] : Enum.GetValues<TumorClass>())
        {
            Add("NM", ReportCodes.ProbabilityOf(value), Narrative.PercentNumber(finding.Probabilities[(int)value]), units: Of(ReportCodes.Percent));
        }

        Add("TX", ReportCodes.NarrativeSummary, Text(Narrative.Summary(finding)));
        AddAlgorithm();
        AddObjects();
        if (!pdf.IsEmpty)
        {
            Add("ED", ReportCodes.DiagnosticImagingStudy, $"^application^pdf^Base64^{Convert.ToBase64String(pdf.Span)}");
        }

        return segments;
    }

    private void AddAnswer()
    {
        var suspicious = request.Triage && finding.Disposition == Disposition.TargetTumor;

        // A is the only flag of table 0078 that a finding fits; POS came with version 2.7.
        Add("CWE", ReportCodes.TargetTumor, Of(ReportCodes.PresenceOf(finding.Disposition)), flag: suspicious ? "A" : "");
        if (suspicious)
        {
            segments.Add(Segment("NTE", (1, "1"), (2, "L"), (3, Escape(SafetyText.Attention))));
        }

        if (finding.Class is { } value)
        {
            Add("CWE", ReportCodes.Finding, Of(ReportCodes.Of(value)));
        }

        Add("CWE", ReportCodes.DispositionConcept, Of(ReportCodes.Of(finding.Disposition)));
        if (finding.Reason is { } reason)
        {
            Add("CWE", ReportCodes.ReasonConcept, Of(PrivateScheme.Reason(reason)));
        }
    }

    private void AddAlgorithm()
    {
        var model = finding.Model;
        Add("ST", ReportCodes.AlgorithmName, Text(model.Name));
        Add("ST", ReportCodes.AlgorithmVersion, Text(model.Version));
        Add("ST", ReportCodes.AlgorithmParameters, Text($"weights-sha256={model.Sha256}"));
        Add("ST", ReportCodes.DeviceObserverUid, ReportIdentity.Device(model).Value);
    }

    /// <summary>Pointers to the study, the structured report, and the key slices, strongest first.</summary>
    private void AddObjects()
    {
        Add("RP", ReportCodes.Study, Pointer(ReportIdentity.Writable(finding.StudyInstanceUid)));
        Add("RP", ReportCodes.ImagingMeasurementReport, Pointer(
            ReportIdentity.Document(finding.StudyInstanceUid, finding.Model, StructuredReportClass.Comprehensive3D, request.Revision).Value));
        foreach (var (index, slice) in (finding.DecidingSeries?.CarryingSlices.Take(KeyImages) ?? []).Index())
        {
            // A frame in the words of DICOMweb's paths (PS3.18 §10.4).
            var frame = slice.FrameNumber is { } number ? string.Create(CultureInfo.InvariantCulture, $"/frames/{number}") : "";
            Add(
                "RP",
                ReportCodes.SourceOfMeasurement,
                Pointer(ReportIdentity.Writable(slice.SopInstanceUid) + frame),
                group: (index + 1).ToString(CultureInfo.InvariantCulture));
        }
    }

    private void Add(string type, Code concept, string value, string group = "", string units = "", string flag = "") => segments.Add(Segment(
        "OBX",
        (1, (++count).ToString(CultureInfo.InvariantCulture)),
        (2, type),
        (3, Of(concept)),
        (4, group),
        (5, value),
        (6, units),
        (8, flag),
        (11, "P"),
        (14, Time(finding.AnalysisStarted))));

    private static string Text(string text) => Escape(ValueRules.Text(text));

    private static string Pointer(string uid) => Components(uid, "", "application", "dicom");
}
