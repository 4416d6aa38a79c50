using System.Globalization;
using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.Files;
using BrainTumorDicom.Reports.Codes;
using BrainTumorDicom.Reports.Source;
using BrainTumorDicom.Reports.Text;

namespace BrainTumorDicom.Reports.StructuredReport;

/// <summary>Writes a finding as a DICOM structured report: Measurement Report (PS3.16 TID 1500) in any of three storage classes (PS3.3 §A.35).</summary>
public static class StructuredReportWriter
{
    /// <summary>Series Description of the reports; the label must fit LO (64 characters).</summary>
    public const string SeriesDescription = "AI BRAIN MR - RESEARCH USE ONLY - NOT FOR DIAGNOSIS";

    /// <summary>Writes the report. The same request gives the same bytes; nothing in the source header can make it fail.</summary>
    public static DicomFile Write(ReportRequest request, StructuredReportClass kind)
    {
        ArgumentNullException.ThrowIfNull(request);
        var source = SourceStudy.Read(request.SourceHeader);
        var dataset = new DicomDataset();

        // Everything is transcoded: one document never mixes character sets (PS3.3 §C.12.1.1.2).
        dataset.ConvertToUtf8();
        PatientModules.Write(source, ReportIdentity.Writable(request.Finding.StudyInstanceUid), dataset);
        WriteSeriesAndEquipment(request, dataset);
        WriteDocument(request, source, kind, dataset);
        var tree = MeasurementReport.Build(request, source);
        ContentItemEncoder.Encode(tree, dataset);
        EvidenceSequence.Write(tree, request.Finding, dataset);
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

    /// <summary>SR Document Series (PS3.3 §C.17.1) and General Equipment (PS3.3 §C.7.5.1).</summary>
    private static void WriteSeriesAndEquipment(ReportRequest request, DicomDataset dataset)
    {
        var origin = request.Origin;
        dataset.Set(DicomTag.Modality, "SR");
        dataset.Set(DicomTag.SeriesInstanceUID, ReportIdentity.Series(request.Finding.StudyInstanceUid, request.Finding.Model).Value);
        dataset.Set(DicomTag.SeriesNumber, origin.SeriesNumber);
        dataset.Set(DicomTag.SeriesDescription, SeriesDescription);
        dataset.SetEmpty(DicomTag.ReferencedPerformedProcedureStepSequence);
        dataset.Set(DicomTag.Manufacturer, ReportOrigin.Manufacturer);
        dataset.Set(DicomTag.ManufacturerModelName, ReportOrigin.ModelName);
        SetIfKnown(dataset, DicomTag.InstitutionName, ValueRules.Description(origin.InstitutionName, 64));
        SetIfKnown(dataset, DicomTag.StationName, ValueRules.Description(origin.AeTitle, 16));
        SetIfKnown(dataset, DicomTag.DeviceSerialNumber, ValueRules.Description(origin.DeviceSerialNumber, 64));
        SetIfKnown(dataset, DicomTag.SoftwareVersions, ValueRules.Description(origin.SoftwareVersion, 64));
        dataset.SetSequence(DicomTag.ContributingEquipmentSequence, Algorithm(request));
    }

    /// <summary>The algorithm as Processing Equipment, as IHE AIR asks (PS3.3 §C.12.1, Contributing Equipment Sequence).</summary>
    private static DicomDataset Algorithm(ReportRequest request)
    {
        var model = request.Finding.Model;
        var item = new DicomDataset();
        item.SetSequence(DicomTag.PurposeOfReferenceCodeSequence, ContentItemEncoder.Encode(ReportCodes.ProcessingEquipment));
        item.Set(DicomTag.Manufacturer, ValueRules.Description(model.Manufacturer, 64));
        item.Set(DicomTag.ManufacturerModelName, ValueRules.Description(model.Name, 64));
        item.Set(DicomTag.SoftwareVersions, ValueRules.Description(model.Version, 64));
        item.Set(DicomTag.DeviceUID, ReportIdentity.Device(model).Value);
        item.Set(DicomTag.ContributionDateTime, request.Finding.AnalysisStarted.ToString("yyyyMMddHHmmss.ffffff", CultureInfo.InvariantCulture)
            + Offset(request.Finding.AnalysisStarted.Offset));
        item.Set(DicomTag.ContributionDescription, SafetyText.Short);
        return item;
    }

    /// <summary>SR Document General (PS3.3 §C.17.2) and SOP Common (PS3.3 §C.12.1).</summary>
    private static void WriteDocument(ReportRequest request, SourceStudy source, StructuredReportClass kind, DicomDataset dataset)
    {
        var finding = request.Finding;

        // Timezone Offset From UTC holds for every date of the data set, the study's too: the source's own offset goes first.
        var offset = source.TimezoneOffset ?? Whole(finding.AnalysisStarted.Offset);
        var content = finding.AnalysisStarted.ToOffset(offset);
        var created = request.Created.ToOffset(offset);
        dataset.Set(DicomTag.SOPClassUID, SopClass(kind).Value);
        dataset.Set(DicomTag.SOPInstanceUID, ReportIdentity.Document(finding.StudyInstanceUid, finding.Model, kind, request.Revision).Value);
        dataset.Set(DicomTag.TimezoneOffsetFromUTC, Offset(offset));
        dataset.Set(DicomTag.InstanceCreationDate, Date(created));
        dataset.Set(DicomTag.InstanceCreationTime, Time(created));
        dataset.Set(DicomTag.InstanceCreatorUID, ReportIdentity.Gateway(request.Origin).Value);
        dataset.SetSequence(DicomTag.CodingSchemeIdentificationSequence, PrivateCodingScheme());
        dataset.Set(DicomTag.InstanceNumber, request.Revision);
        dataset.Set(DicomTag.ContentDate, Date(content));
        dataset.Set(DicomTag.ContentTime, Time(content));
        dataset.Set(DicomTag.CompletionFlag, finding.Complete ? "COMPLETE" : "PARTIAL");
        if (!finding.Complete)
        {
            dataset.Set(DicomTag.CompletionFlagDescription, ValueRules.Description(Narrative.Completeness(finding), 64));
        }

        // Never anything else: only a person can verify, and does so in a document of their own.
        dataset.Set(DicomTag.VerificationFlag, "UNVERIFIED");
        dataset.Set(DicomTag.PreliminaryFlag, "PRELIMINARY");
        dataset.SetSequence(DicomTag.PerformedProcedureCodeSequence, [.. source.ProcedureCodes.Select(ContentItemEncoder.Encode)]);
        if (source.HasRequest)
        {
            dataset.SetSequence(DicomTag.ReferencedRequestSequence, Request(source, ReportIdentity.Writable(finding.StudyInstanceUid)));
        }

        if (request.PredecessorRevision is { } predecessor)
        {
            dataset.SetSequence(DicomTag.PredecessorDocumentsSequence, Predecessor(request, predecessor, kind));
        }
    }

    private static DicomDataset PrivateCodingScheme()
    {
        var item = new DicomDataset();
        item.Set(DicomTag.CodingSchemeDesignator, PrivateScheme.Designator);
        item.Set(DicomTag.CodingSchemeUID, PrivateScheme.Uid);
        item.Set(DicomTag.CodingSchemeName, PrivateScheme.Name);
        item.Set(DicomTag.CodingSchemeVersion, PrivateScheme.Version);
        item.Set(DicomTag.CodingSchemeResponsibleOrganization, PrivateScheme.Organization);
        return item;
    }

    private static DicomDataset Request(SourceStudy source, string studyInstanceUid)
    {
        var item = new DicomDataset();
        item.Set(DicomTag.StudyInstanceUID, studyInstanceUid);
        item.SetEmpty(DicomTag.ReferencedStudySequence);
        item.Set(DicomTag.AccessionNumber, source.AccessionNumber);
        item.Set(DicomTag.PlacerOrderNumberImagingServiceRequest, source.PlacerOrderNumber);
        item.Set(DicomTag.FillerOrderNumberImagingServiceRequest, source.FillerOrderNumber);
        item.Set(DicomTag.RequestedProcedureID, source.RequestedProcedureId);
        item.Set(DicomTag.RequestedProcedureDescription, source.RequestedProcedureDescription);
        item.SetSequence(DicomTag.RequestedProcedureCodeSequence, [.. source.RequestedProcedureCodes.Select(ContentItemEncoder.Encode)]);
        return item;
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

    private static void SetIfKnown(DicomDataset dataset, DicomTag tag, string value)
    {
        if (value.Length > 0)
        {
            dataset.Set(tag, value);
        }
    }

    private static string Date(DateTimeOffset time) => time.ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    private static string Time(DateTimeOffset time) => time.ToString("HHmmss.ffffff", CultureInfo.InvariantCulture);

    // -0000 is not allowed (PS3.3 §C.12.1.1.8).
    private static string Offset(TimeSpan offset) => (offset < TimeSpan.Zero ? "-" : "+") + offset.ToString("hhmm", CultureInfo.InvariantCulture);

    private static TimeSpan Whole(TimeSpan offset) => TimeSpan.FromMinutes(Math.Truncate(offset.TotalMinutes));
}
