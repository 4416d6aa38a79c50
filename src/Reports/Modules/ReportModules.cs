using System.Globalization;
using BrainTumorDicom.Classification.Selection;
using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Reports.Codes;
using BrainTumorDicom.Reports.Source;
using BrainTumorDicom.Reports.StructuredReport;
using BrainTumorDicom.Reports.Text;

namespace BrainTumorDicom.Reports.Modules;

/// <summary>What every DICOM object that leaves the program has in common: equipment (PS3.3 §C.7.5.1), SOP Common (§C.12.1), the order.</summary>
internal static class ReportModules
{
    /// <summary>Begins a data set: UTF-8, patient and study of the source, equipment, SOP Common.</summary>
    /// <param name="request">What is reported.</param>
    /// <param name="source">What its source says.</param>
    /// <param name="sopClass">The storage class.</param>
    /// <param name="instance">SOP Instance UID.</param>
    public static DicomDataset Begin(ReportRequest request, SourceStudy source, DicomUid sopClass, DicomUid instance)
    {
        var dataset = new DicomDataset();

        // Everything is transcoded: one object never mixes character sets (PS3.3 §C.12.1.1.2).
        dataset.ConvertToUtf8();
        PatientModules.Write(source, ReportIdentity.Writable(request.Finding.StudyInstanceUid), dataset);
        WriteEquipment(request, dataset);
        WriteSopCommon(request, source, sopClass, instance, dataset);
        return dataset;
    }

    /// <summary>Series attributes that all kinds of series share.</summary>
    /// <param name="request">What is reported.</param>
    /// <param name="kind">One series holds objects of one kind.</param>
    /// <param name="dataset">Receives them.</param>
    public static void WriteSeries(ReportRequest request, ReportSeries kind, DicomDataset dataset)
    {
        dataset.Set(DicomTag.Modality, kind.Modality);
        dataset.Set(DicomTag.SeriesInstanceUID, ReportIdentity.Series(request.Finding.StudyInstanceUid, request.Finding.Model, kind).Value);
        dataset.Set(DicomTag.SeriesNumber, request.Origin.SeriesNumber + kind.Offset);
        dataset.Set(DicomTag.SeriesDescription, kind.Description);
    }

    /// <summary>Content Date and Time: when the analysis began.</summary>
    public static void WriteContentTime(ReportRequest request, SourceStudy source, DicomDataset dataset)
    {
        var content = request.Finding.AnalysisStarted.ToOffset(Offset(request, source));
        dataset.Set(DicomTag.ContentDate, Date(content));
        dataset.Set(DicomTag.ContentTime, Time(content));
    }

    /// <summary>Coding Scheme Identification Sequence (PS3.3 §C.12.1): what our private codes belong to.</summary>
    public static void WritePrivateScheme(DicomDataset dataset)
    {
        var item = new DicomDataset();
        item.Set(DicomTag.CodingSchemeDesignator, PrivateScheme.Designator);
        item.Set(DicomTag.CodingSchemeUID, PrivateScheme.Uid);
        item.Set(DicomTag.CodingSchemeName, PrivateScheme.Name);
        item.Set(DicomTag.CodingSchemeVersion, PrivateScheme.Version);
        item.Set(DicomTag.CodingSchemeResponsibleOrganization, PrivateScheme.Organization);
        dataset.SetSequence(DicomTag.CodingSchemeIdentificationSequence, item);
    }

    /// <summary>Referenced Request Sequence of documents (type 1C): the order, where anything is known of it.</summary>
    public static void WriteRequest(SourceStudy source, string studyInstanceUid, DicomDataset dataset)
    {
        if (!source.HasRequest)
        {
            return;
        }

        var item = new DicomDataset();
        item.Set(DicomTag.StudyInstanceUID, studyInstanceUid);
        item.SetEmpty(DicomTag.ReferencedStudySequence);
        item.Set(DicomTag.AccessionNumber, source.AccessionNumber);
        item.Set(DicomTag.PlacerOrderNumberImagingServiceRequest, source.PlacerOrderNumber);
        item.Set(DicomTag.FillerOrderNumberImagingServiceRequest, source.FillerOrderNumber);
        item.Set(DicomTag.RequestedProcedureID, source.RequestedProcedureId);
        item.Set(DicomTag.RequestedProcedureDescription, source.RequestedProcedureDescription);
        item.SetSequence(DicomTag.RequestedProcedureCodeSequence, [.. source.RequestedProcedureCodes.Select(ContentItemEncoder.Encode)]);
        dataset.SetSequence(DicomTag.ReferencedRequestSequence, item);
    }

    /// <summary>Request Attributes Sequence of images (PS3.3 §10.6): the requested procedure, where it is known.</summary>
    public static void WriteRequestAttributes(SourceStudy source, DicomDataset dataset)
    {
        if (source.RequestedProcedureId.Length == 0)
        {
            return;
        }

        var item = new DicomDataset();
        item.Set(DicomTag.RequestedProcedureID, source.RequestedProcedureId);
        SetIfKnown(item, DicomTag.RequestedProcedureDescription, source.RequestedProcedureDescription);
        dataset.SetSequence(DicomTag.RequestAttributesSequence, item);
    }

    /// <summary>Body Part Examined of images: only heads come to have pictures. It has no side, so that Laterality (type 2C) is not asked for.</summary>
    public static void WriteBodyPart(SourceStudy source, DicomDataset dataset) =>
        dataset.Set(DicomTag.BodyPartExamined, source.BodyPart == "BRAIN" ? source.BodyPart : "HEAD");

    /// <summary>Sets an optional attribute.</summary>
    public static void SetIfKnown(DicomDataset dataset, DicomTag tag, string value)
    {
        if (value.Length > 0)
        {
            dataset.Set(tag, value);
        }
    }

    private static void WriteEquipment(ReportRequest request, DicomDataset dataset)
    {
        var origin = request.Origin;
        dataset.Set(DicomTag.Manufacturer, OwnEquipment.Manufacturer);
        dataset.Set(DicomTag.ManufacturerModelName, OwnEquipment.ModelName);
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
            + Text(request.Finding.AnalysisStarted.Offset));
        item.Set(DicomTag.ContributionDescription, SafetyText.Short);
        return item;
    }

    private static void WriteSopCommon(ReportRequest request, SourceStudy source, DicomUid sopClass, DicomUid instance, DicomDataset dataset)
    {
        var offset = Offset(request, source);
        var created = request.Created.ToOffset(offset);
        dataset.Set(DicomTag.SOPClassUID, sopClass.Value);
        dataset.Set(DicomTag.SOPInstanceUID, instance.Value);
        dataset.Set(DicomTag.TimezoneOffsetFromUTC, Text(offset));
        dataset.Set(DicomTag.InstanceCreationDate, Date(created));
        dataset.Set(DicomTag.InstanceCreationTime, Time(created));
        dataset.Set(DicomTag.InstanceCreatorUID, ReportIdentity.Gateway(request.Origin).Value);
    }

    // Timezone Offset From UTC holds for every date of the data set, the study's too: the source's own offset goes first.
    private static TimeSpan Offset(ReportRequest request, SourceStudy source) =>
        source.TimezoneOffset ?? TimeSpan.FromMinutes(Math.Truncate(request.Finding.AnalysisStarted.Offset.TotalMinutes));

    private static string Date(DateTimeOffset time) => time.ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    private static string Time(DateTimeOffset time) => time.ToString("HHmmss.ffffff", CultureInfo.InvariantCulture);

    // -0000 is not allowed (PS3.3 §C.12.1.1.8).
    private static string Text(TimeSpan offset) => (offset < TimeSpan.Zero ? "-" : "+") + offset.ToString("hhmm", CultureInfo.InvariantCulture);
}
