using System.Collections.Immutable;
using BrainTumorDicom.Classification.Findings;
using BrainTumorDicom.Dicom.Data;

namespace BrainTumorDicom.Reports;

/// <summary>One request for every kind of report and every kind of source.</summary>
internal static class Samples
{
    public static readonly ReportOrigin Origin = new("BRAINTUMOR", "Test Hospital", "SN-0001", "0.1.0");

    private static readonly FindingReason Unsure = new("LOW-CONFIDENCE", "No class reaches the report threshold", "Largest output 61.0 %");
    private static readonly FindingReason NotMr = new("NOT-MR", "The study has no MR series", "Modality CT");
    private static readonly FindingReason Failed = new("UNREADABLE", "No slice could be read");

    public static ReportRequest Request(Finding finding, DicomDataset? source = null, int revision = 1) =>
        new(finding, source ?? Sources.Typical(), revision, finding.AnalysisStarted.AddSeconds(7), Origin);

    /// <summary>All of them, by name.</summary>
    public static IReadOnlyDictionary<string, ReportRequest> All { get; } = new Dictionary<string, ReportRequest>
    {
        ["glioma"] = Request(Findings.Of(TumorClass.Glioma)),
        ["meningioma"] = Request(Findings.Of(TumorClass.Meningioma)),
        ["notumor"] = Request(Findings.Of(TumorClass.NoTumor)),
        ["pituitary"] = Request(Findings.Of(TumorClass.Pituitary)),
        ["abstained"] = Request(Findings.Without(Disposition.Abstained, Unsure)),
        ["refused"] = Request(Findings.Without(Disposition.Refused, NotMr)),
        ["error"] = Request(Findings.Without(Disposition.Error, Failed)),
        ["error-without-series"] = Request(Findings.Without(Disposition.Error, Failed) with { Series = [] }),
        ["revision-2"] = Request(Findings.Of(TumorClass.Glioma, 30), revision: 2) with { PredecessorRevision = 1 },
        ["incomplete"] = Request(Findings.Of(TumorClass.Glioma) with { Complete = false, IncompleteReason = "24 of 31 slices arrived before the quiet time ended; the rest is missing" }),
        ["several-series"] = Request(SeveralSeries()),
        ["multi-frame"] = Request(MultiFrame()),
        ["latin-1"] = Request(Findings.Of(TumorClass.Glioma), Sources.In("ISO_IR 100", "Müller^Jörg^^Dr.")),
        ["greek"] = Request(Findings.Of(TumorClass.Glioma), Sources.In("ISO_IR 126", "Διονυσιος^Σωκρατης")),
        ["japanese"] = Request(Findings.Of(TumorClass.Glioma), Sources.In("\\ISO 2022 IR 87", "Yamada^Tarou=山田^太郎=やまだ^たろう")),
        ["korean"] = Request(Findings.Of(TumorClass.Glioma), Sources.In("\\ISO 2022 IR 149", "Hong^Gildong=洪^吉洞=홍^길동")),
        ["chinese"] = Request(Findings.Of(TumorClass.Glioma), Sources.In("GB18030", "Wang^XiaoDong=王^小东")),
        ["empty-source"] = Request(Findings.Of(TumorClass.Meningioma), new DicomDataset()),
        ["broken-source"] = Request(BrokenUids(), Sources.Broken()),
        ["two-thousand-slices"] = Request(Findings.Of(TumorClass.Pituitary, 2000)),
    };

    private static Finding SeveralSeries()
    {
        var finding = Findings.Of(TumorClass.Pituitary);
        var refused = Findings.Without(Disposition.Refused, NotMr).Series[0] with { SeriesInstanceUid = Findings.Study + ".7", Modality = "CT", SeriesNumber = null };
        refused = refused with { Slices = [.. refused.Slices.Select(slice => slice with { SopClassUid = "1.2.840.10008.5.1.4.1.1.2", SopInstanceUid = slice.SopInstanceUid + ".7" })] };
        var report = refused with { SeriesInstanceUid = Findings.Study + ".8", Modality = "SR" };
        report = report with { Slices = [refused.Slices[0] with { SopClassUid = "1.2.840.10008.5.1.4.1.1.88.11", SopInstanceUid = Findings.Study + ".8.1" }] };
        return finding with { Series = [refused, finding.Series[0], report] };
    }

    private static Finding MultiFrame()
    {
        var finding = Findings.Of(TumorClass.Meningioma);
        var slices = finding.Series[0].Slices
            .Select((slice, index) => slice with { SopClassUid = "1.2.840.10008.5.1.4.1.1.4.1", SopInstanceUid = Findings.Series + ".1", FrameNumber = index + 1, InstanceNumber = 1 })
            .ToImmutableArray();
        var series = finding.Series[0] with { Slices = slices, CarryingSlices = [slices[12], slices[13], slices[14]] };
        return finding with { Series = [series], DecidingSeries = series };
    }

    private static Finding BrokenUids()
    {
        var finding = Findings.Of(TumorClass.Glioma) with { StudyInstanceUid = "not a uid " + new string('1', 80) };
        var slices = finding.Series[0].Slices.SetItem(3, finding.Series[0].Slices[3] with { SopInstanceUid = "" })
            .SetItem(4, finding.Series[0].Slices[4] with { SopClassUid = "x" });
        var series = finding.Series[0] with
        {
            SeriesInstanceUid = "",
            FrameOfReferenceUid = "nowhere",
            SeriesNumber = -3,
            Modality = "",
            Slices = slices,
            CarryingSlices = [slices[3], slices[14]],
        };
        return finding with
        {
            Series = [series],
            DecidingSeries = series,
            Complete = false,
            IncompleteReason = "tab\tand\u0001control " + new string('r', 100),
            Model = Findings.Model with { Name = "Name \\ with " + new string('n', 80) },
        };
    }
}
