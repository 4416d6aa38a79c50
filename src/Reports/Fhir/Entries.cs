using BrainTumorDicom.Dicom.Data;

namespace BrainTumorDicom.Reports.Fhir;

/// <summary>How the entries of a transaction are asked for, so that it can be repeated, and how they refer to each other.</summary>
internal static class Entries
{
    /// <summary>Created unless there is one by this identifier (https://hl7.org/fhir/R4/http.html#ccreate): what is there is left as it is.</summary>
    public static BundleEntry CreateOnce(DicomUid uid, Resource resource) => CreateOnce(uid, resource, FhirCodes.Uid(uid.Value));

    /// <summary>The same, by an identifier that is not the UID that the links are made of.</summary>
    public static BundleEntry CreateOnce(DicomUid uid, Resource resource, Identifier identifier) =>
        new(FullUrl(uid), resource, new BundleRequest("POST", resource.GetType().Name, Identified(identifier)));

    /// <summary>Created, or put in place of the one by this identifier (https://hl7.org/fhir/R4/http.html#cond-update).</summary>
    public static BundleEntry Replace(DicomUid uid, Resource resource, Identifier identifier) =>
        new(FullUrl(uid), resource, new BundleRequest("PUT", $"{resource.GetType().Name}?{Identified(identifier)}"));

    /// <summary>A reference to another entry; the server puts the resource's address in its place.</summary>
    public static Reference Link(DicomUid uid) => new(FullUrl(uid));

    private static string Identified(Identifier identifier) =>
        $"identifier={PatientReference.Token(identifier.System!)}|{PatientReference.Token(identifier.Value)}";

    private static string FullUrl(DicomUid uid) => $"urn:uuid:{ReportIdentity.Uuid(uid)}";
}
