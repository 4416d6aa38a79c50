using System.Globalization;
using System.Numerics;
using BrainTumorDicom.Classification.Findings;
using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Reports.Source;
using BrainTumorDicom.Reports.StructuredReport;

namespace BrainTumorDicom.Reports;

/// <summary>The identifiers of a report. Each is derived by name (PS3.5 §B.2, UUID version 5), so that writing a report again gives the same ones, in SR and FHIR alike.</summary>
public static class ReportIdentity
{
    /// <summary>Device UID (0018,1002) of the algorithm: a new one whenever name, version or weights change.</summary>
    public static DicomUid Device(ModelIdentity model) => DicomUid.FromName($"braintumordicom device\n{Key(model)}");

    /// <summary>The installation, as a device.</summary>
    public static DicomUid Gateway(ReportOrigin origin)
    {
        ArgumentNullException.ThrowIfNull(origin);
        return DicomUid.FromName($"braintumordicom gateway\n{origin.AeTitle}\n{origin.DeviceSerialNumber}");
    }

    /// <summary>The series of the study's structured reports: all classes and revisions of one model.</summary>
    public static DicomUid Series(string studyInstanceUid, ModelIdentity model) => Series(studyInstanceUid, model, ReportSeries.StructuredReport);

    /// <summary>The series of the study's objects of one kind: all revisions of one model.</summary>
    public static DicomUid Series(string studyInstanceUid, ModelIdentity model, ReportSeries kind)
    {
        ArgumentNullException.ThrowIfNull(kind);
        return DicomUid.FromName($"braintumordicom series\n{studyInstanceUid}\n{kind.Name}\n{Key(model)}");
    }

    /// <summary>An object of another kind than a structured report.</summary>
    /// <param name="studyInstanceUid">The study.</param>
    /// <param name="model">The model of the finding.</param>
    /// <param name="kind">The kind.</param>
    /// <param name="revision">The revision.</param>
    /// <param name="number">From 1, where a revision has several of the kind.</param>
    public static DicomUid Instance(string studyInstanceUid, ModelIdentity model, ReportSeries kind, int revision, int number = 1)
    {
        ArgumentNullException.ThrowIfNull(kind);
        return DicomUid.FromName(string.Create(CultureInfo.InvariantCulture, $"braintumordicom instance\n{studyInstanceUid}\n{kind.Name}\n{Key(model)}\n{revision}\n{number}"));
    }

    /// <summary>A structured report. A SOP Instance UID belongs to one SOP class, so each class has its own.</summary>
    public static DicomUid Document(string studyInstanceUid, ModelIdentity model, StructuredReportClass kind, int revision) =>
        DicomUid.FromName(string.Create(CultureInfo.InvariantCulture, $"braintumordicom document\n{studyInstanceUid}\nSR\n{Key(model)}\n{kind}\n{revision}"));

    /// <summary>Tracking Unique Identifier of the study's answer (rank 0) or of a key image (rank from 1). The same over revisions: it is the same question.</summary>
    public static DicomUid Tracking(string studyInstanceUid, int rank) =>
        DicomUid.FromName(string.Create(CultureInfo.InvariantCulture, $"braintumordicom tracking\n{studyInstanceUid}\n{rank}"));

    /// <summary>The result of a study, over all models and revisions: the identifier of the FHIR DiagnosticReport.</summary>
    public static DicomUid Result(string studyInstanceUid) => DicomUid.FromName($"braintumordicom result\n{studyInstanceUid}");

    /// <summary>The FHIR Media of one picture, strongest first from 1. The same over revisions: the picture is replaced.</summary>
    internal static DicomUid Picture(string studyInstanceUid, int rank) =>
        DicomUid.FromName(string.Create(CultureInfo.InvariantCulture, $"braintumordicom picture\n{studyInstanceUid}\n{rank}"));

    /// <summary>The FHIR Communication of triage.</summary>
    internal static DicomUid Attention(string studyInstanceUid) => DicomUid.FromName($"braintumordicom attention\n{studyInstanceUid}");

    /// <summary>The HL7 v2 message of one revision.</summary>
    internal static DicomUid Message(string studyInstanceUid, ModelIdentity model, int revision) =>
        DicomUid.FromName(string.Create(CultureInfo.InvariantCulture, $"braintumordicom message\n{studyInstanceUid}\n{Key(model)}\n{revision}"));

    /// <summary>A UID of the source in a form that can be written: itself, or where it is none (empty, too long, letters) one that follows from it.</summary>
    internal static string Writable(string uid) => ValueRules.IsUid(uid) ? uid : DicomUid.FromName($"braintumordicom source\n{uid}").Value;

    /// <summary>The logical id of the Provenance of one revision.</summary>
    internal static Guid Provenance(string studyInstanceUid, ModelIdentity model, int revision) =>
        Uuid(DicomUid.FromName(string.Create(CultureInfo.InvariantCulture, $"braintumordicom provenance\n{studyInstanceUid}\n{Key(model)}\n{revision}")));

    /// <summary>The UUID below a UID of the 2.25 arc (PS3.5 §B.2).</summary>
    internal static Guid Uuid(DicomUid uid)
    {
        var number = BigInteger.Parse(uid.Value.AsSpan("2.25.".Length), NumberStyles.None, CultureInfo.InvariantCulture);
        var bytes = new byte[16];
        var written = number.ToByteArray(isUnsigned: true, isBigEndian: true);
        written.CopyTo(bytes, bytes.Length - written.Length);
        return new Guid(bytes, bigEndian: true);
    }

    private static string Key(ModelIdentity model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return $"{model.Name}\n{model.Version}\n{model.Sha256}";
    }
}
