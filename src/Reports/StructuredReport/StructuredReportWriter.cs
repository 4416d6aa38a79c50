using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.Files;
using BrainTumorDicom.Reports.Modules;
using BrainTumorDicom.Reports.Source;
using BrainTumorDicom.Reports.Text;

namespace BrainTumorDicom.Reports.StructuredReport;

/// <summary>Writes a finding as a DICOM structured report: Measurement Report (PS3.16 TID 1500) in any of three storage classes (PS3.3 §A.35).</summary>
public static class StructuredReportWriter
{
    /// <summary>Writes the report. The same request gives the same bytes; nothing in the source header can make it fail.</summary>
    public static DicomFile Write(ReportRequest request, StructuredReportClass kind)
    {
        ArgumentNullException.ThrowIfNull(request);
        var source = SourceStudy.Read(request.SourceHeader);
        var finding = request.Finding;
        var dataset = ReportModules.Begin(
            request, source, SopClass(kind), ReportIdentity.Document(finding.StudyInstanceUid, finding.Model, kind, request.Revision));
        ReportModules.WriteSeries(request, ReportSeries.StructuredReport, dataset);
        dataset.SetEmpty(DicomTag.ReferencedPerformedProcedureStepSequence);
        WriteDocument(request, source, kind, dataset);
        var tree = MeasurementReport.Build(request, source);
        ContentItemEncoder.Encode(tree, dataset);
        EvidenceSequence.Write(tree, finding, dataset);
        return new DicomFile(dataset, DicomTransferSyntax.ExplicitVrLittleEndian);
    }

    /// <summary>The storage class as a UID.</summary>
    public static DicomUid SopClass(StructuredReportClass kind) => kind switch
    {
        StructuredReportClass.Comprehensive3D => DicomUid.Comprehensive3DSRStorage,
        StructuredReportClass.Comprehensive => DicomUid.ComprehensiveSRStorage,
        StructuredReportClass.Enhanced => DicomUid.EnhancedSRStorage,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "not a class of structured report"),
    };

    /// <summary>SR Document General (PS3.3 §C.17.2).</summary>
    private static void WriteDocument(ReportRequest request, SourceStudy source, StructuredReportClass kind, DicomDataset dataset)
    {
        var finding = request.Finding;
        ReportModules.WritePrivateScheme(dataset);
        dataset.Set(DicomTag.InstanceNumber, request.Revision);
        ReportModules.WriteContentTime(request, source, dataset);
        dataset.Set(DicomTag.CompletionFlag, finding.Complete ? "COMPLETE" : "PARTIAL");
        if (!finding.Complete)
        {
            dataset.Set(DicomTag.CompletionFlagDescription, ValueRules.Description(Narrative.Completeness(finding), 64));
        }

        // Never anything else: only a person can verify, and does so in a document of their own.
        dataset.Set(DicomTag.VerificationFlag, "UNVERIFIED");
        dataset.Set(DicomTag.PreliminaryFlag, "PRELIMINARY");
        dataset.SetSequence(DicomTag.PerformedProcedureCodeSequence, [.. source.ProcedureCodes.Select(ContentItemEncoder.Encode)]);
        ReportModules.WriteRequest(source, ReportIdentity.Writable(finding.StudyInstanceUid), dataset);
        if (request.PredecessorRevision is { } predecessor)
        {
            dataset.SetSequence(DicomTag.PredecessorDocumentsSequence, Predecessor(request, predecessor, kind));
        }
    }

    /// <summary>The report of an earlier revision, in the same storage class: its identifiers follow from its name.</summary>
    private static DicomDataset Predecessor(ReportRequest request, int revision, StructuredReportClass kind)
    {
        var model = request.PredecessorModel ?? request.Finding.Model;
        var study = request.Finding.StudyInstanceUid;
        var instance = new DicomDataset();
        instance.Set(DicomTag.ReferencedSOPClassUID, SopClass(kind).Value);
        instance.Set(DicomTag.ReferencedSOPInstanceUID, ReportIdentity.Document(study, model, kind, revision).Value);
        var series = new DicomDataset();
        series.Set(DicomTag.SeriesInstanceUID, ReportIdentity.Series(study, model).Value);
        series.SetSequence(DicomTag.ReferencedSOPSequence, instance);
        var item = new DicomDataset();
        item.Set(DicomTag.StudyInstanceUID, ReportIdentity.Writable(study));
        item.SetSequence(DicomTag.ReferencedSeriesSequence, series);
        return item;
    }
}
