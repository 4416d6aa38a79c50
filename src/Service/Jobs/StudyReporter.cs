using System.Text.Json;
using BrainTumorDicom.Classification.Analysis;
using BrainTumorDicom.Classification.Findings;
using BrainTumorDicom.Dicom;
using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Reports;
using BrainTumorDicom.Reports.Fhir;
using BrainTumorDicom.Reports.Hl7;
using BrainTumorDicom.Reports.Json;
using BrainTumorDicom.Reports.Pictures;
using BrainTumorDicom.Reports.StructuredReport;
using BrainTumorDicom.Service.Hosting;
using BrainTumorDicom.Service.Ledger;
using BrainTumorDicom.Service.Models;
using BrainTumorDicom.Service.Receive;
using Microsoft.Extensions.Options;

namespace BrainTumorDicom.Service.Jobs;

/// <summary>Reads a revision's instances back from the journal, has them analysed, and writes SR, FHIR bundle, finding.json, pictures and page.</summary>
internal sealed class StudyReporter(
    LiveModel model,
    InstanceStore store,
    ReportOrigin origin,
    IOptions<FhirOptions> fhir,
    IOptions<Hl7Options> hl7,
    IOptions<TriageOptions> triage,
    IOptions<ReportOptions> reports,
    TimeProvider time) : IStudyReporter
{
    /// <inheritdoc/>
    public Finding Analyze(RevisionRow revision, IReadOnlyList<InstanceRow> instances, CancellationToken cancellationToken)
    {
        // One model for the whole study, whatever is promoted meanwhile; its identity goes with the finding.
        using var lease = model.Take();
        return new StudyAnalyzer(lease.Classifier, time).Analyze(
            revision.StudyInstanceUid, store.Sources(instances), revision.Complete, revision.IncompleteReason, cancellationToken);
    }

    /// <inheritdoc/>
    public Finding Fail(RevisionRow revision, FindingReason reason) => new(
        revision.StudyInstanceUid,
        Disposition.Error,
        reason,
        null,
        [],
        null,
        [],
        revision.Complete,
        revision.IncompleteReason,
        time.GetLocalNow(),
        model.Identity);

    /// <inheritdoc/>
    public IReadOnlyList<ReportDraft> Write(RevisionRow revision, IReadOnlyList<InstanceRow> instances, Finding finding, FindingRow? predecessor)
    {
        var request = new ReportRequest(
            finding,
            Header(instances, finding),
            revision.Revision,
            time.GetLocalNow(),
            origin,
            predecessor?.Revision,
            predecessor is null ? null : Model(predecessor))
        {
            Triage = triage.Value.Enabled,
        };
        var images = KeyImages.Read(finding, uid => instances.FirstOrDefault(row => row.SopInstanceUid == uid) is { } row ? store.Read(row) : null);
        var maps = HeatMapPainter.Draw(finding, images);
        var files = ReportFiles.Write(request, maps, reports.Value);
        var attachments = ReportFiles.Attachments(files, maps);
        var bundle = FhirBundleWriter.Write(request, fhir.Value, attachments: attachments);
        return
        [
            .. Enum.GetValues<StructuredReportClass>().Select(kind => StructuredReport(request, kind)),
            new ReportDraft(ReportKinds.Fhir, ReportIdentity.Result(finding.StudyInstanceUid).Value, ReportKinds.FhirFile, bundle),
            new ReportDraft(
                ReportKinds.Hl7,
                ReportIdentity.Result(finding.StudyInstanceUid).Value,
                ReportKinds.Hl7File,
                Hl7MessageWriter.Write(request, hl7.Value, attachments.Pdf)),
            new ReportDraft(
                ReportKinds.Finding,
                ReportIdentity.Result(finding.StudyInstanceUid).Value,
                ReportKinds.FindingFile,
                FindingJson.WriteStudy(finding, revision.Revision)),
            .. files.Select(file => new ReportDraft(file.Kind, file.Uid, file.Path, file.Bytes)),
        ];
    }

    private static ReportDraft StructuredReport(ReportRequest request, StructuredReportClass kind)
    {
        var file = StructuredReportWriter.Write(request, kind);
        return new ReportDraft(
            ReportKinds.StructuredReportKind(kind),
            file.Dataset.GetString(DicomTag.SOPInstanceUID) ?? "",
            ReportKinds.StructuredReportFile(kind),
            file.ToArray());
    }

    /// <summary>The header that patient, study and order are taken from: of the series that decided, where one did; else the first that can be read.</summary>
    private DicomDataset Header(IReadOnlyList<InstanceRow> instances, Finding finding)
    {
        foreach (var instance in instances.OrderByDescending(row => row.SeriesInstanceUid == finding.DecidingSeries?.SeriesInstanceUid))
        {
            try
            {
                return store.ReadHeader(instance).Dataset;
            }
            catch (Exception error) when (error is DicomException or IOException or InvalidDataException)
            {
                // The analysis has counted it among the unreadable.
            }
        }

        var dataset = new DicomDataset();
        dataset.Set(DicomTag.StudyInstanceUID, finding.StudyInstanceUid);
        return dataset;
    }

    /// <summary>The model of an earlier finding, as finding.json keeps it.</summary>
    private static ModelIdentity? Model(FindingRow earlier)
    {
        using var json = JsonDocument.Parse(earlier.Json);
        return json.RootElement.TryGetProperty("model", out var model)
            ? model.Deserialize(JobsJson.Default.ModelIdentity)
            : null;
    }
}
