using BrainTumorDicom.Classification.Findings;
using BrainTumorDicom.Reports.Codes;
using BrainTumorDicom.Reports.Text;

namespace BrainTumorDicom.Reports.Fhir;

/// <summary>The code systems of FHIR, and the DICOM codes in them.</summary>
internal static class FhirCodes
{
    /// <summary>System of an identifier that is a DICOM UID (https://hl7.org/fhir/R4/imagingstudy.html#notes).</summary>
    public const string DicomUidSystem = "urn:dicom:uid";

    public const string Ucum = "http://unitsofmeasure.org";

    private const string Dcm = "http://dicom.nema.org/resources/ontology/DCM";

    // The label and the type of device of HL7's guide AI Transparency on FHIR. Both are newer than R4, and a server that checks
    // codes refuses them; the DICOM code says the same everywhere.
    private static readonly Coding AiAsserted = new("http://terminology.hl7.org/CodeSystem/v3-ObservationValue", "AIAST", "Artificial Intelligence asserted");
    private static readonly Coding AiDeviceType = new("http://hl7.org/fhir/uv/aitransparency/CodeSystem/AIdeviceTypeCS", "Artificial-Intelligence");

    public static readonly CodeableConcept Imaging = Concept("http://terminology.hl7.org/CodeSystem/observation-category", "imaging", "Imaging");
    public static readonly CodeableConcept Radiology = Concept("http://terminology.hl7.org/CodeSystem/v2-0074", "RAD", "Radiology");
    public static readonly CodeableConcept RadiologyLoinc = Concept("http://loinc.org", "LP29684-5", "Radiology");
    public static readonly CodeableConcept DiagnosticImagingStudy = Concept(ReportCodes.DiagnosticImagingStudy);
    public static readonly CodeableConcept Study = Concept(ReportCodes.Study);
    public static readonly Coding WadoRs = new("http://terminology.hl7.org/CodeSystem/endpoint-connection-type", "dicom-wado-rs", "DICOM WADO-RS");
    public static readonly CodeableConcept AccessionNumber = Concept("http://terminology.hl7.org/CodeSystem/v2-0203", "ACSN", "Accession ID");
    public static readonly CodeableConcept Assembler = Concept("http://terminology.hl7.org/CodeSystem/provenance-participant-type", "assembler", "Assembler");
    public static readonly CodeableConcept Create = Concept("http://terminology.hl7.org/CodeSystem/v3-DataOperation", "CREATE", "create");
    public static readonly CodeableConcept Update = Concept("http://terminology.hl7.org/CodeSystem/v3-DataOperation", "UPDATE", "revise");

    public static readonly CodeableConcept Picture = Concept("http://terminology.hl7.org/CodeSystem/media-type", "image", "Image");

    // Positive says that something was found and no more; "abnormal" would judge the patient.
    public static readonly CodeableConcept Positive = new(
        [new Coding("http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation", "POS", "Positive")], SafetyText.Attention);

    public static readonly CodeableConcept Notification = Concept("http://terminology.hl7.org/CodeSystem/communication-category", "notification", "Notification");

    /// <summary>The mark of what an algorithm made.</summary>
    public static Meta MadeByAlgorithm(FhirOptions options) =>
        new(options.AiTransparencyLabels ? [AiAsserted] : null, [Coding(ReportCodes.ArtificialIntelligence)]);

    /// <summary>The type of a device that is an algorithm.</summary>
    public static CodeableConcept AlgorithmType(FhirOptions options, string text) => new(
        options.AiTransparencyLabels ? [Coding(ReportCodes.ArtificialIntelligence), AiDeviceType] : [Coding(ReportCodes.ArtificialIntelligence)], text);

    /// <summary>A DICOM code.</summary>
    public static CodeableConcept Concept(Code code) => new([Coding(code)], code.Meaning);

    /// <summary>A DICOM code as a Coding.</summary>
    public static Coding Coding(Code code) => new(System(code.Scheme), code.Value, code.Meaning);

    /// <summary>An acquisition modality; one that DICOM does not know is OT.</summary>
    public static Coding Modality(string modality) =>
        Coding(ModalityCodes.Of(modality) ?? new Code("OT", "DCM", "Other Modality"));

    /// <summary>A UID as an identifier.</summary>
    public static Identifier Uid(string uid) => new(DicomUidSystem, "urn:oid:" + uid);

    /// <summary>Why there is no value: the standard code, and ours.</summary>
    public static CodeableConcept Absent(Disposition disposition, FindingReason? reason, string text)
    {
        const string system = "http://terminology.hl7.org/CodeSystem/data-absent-reason";
        var standard = disposition switch
        {
            Disposition.Abstained => new Coding(system, "unknown", "Unknown"),
            Disposition.Refused => new Coding(system, "not-performed", "Not Performed"),
            _ => new Coding(system, "error", "Error"),
        };
        return new CodeableConcept(reason is null ? [standard] : [standard, Coding(PrivateScheme.Reason(reason))], text);
    }

    // A scheme that has no system in FHIR goes without one: a made-up URI would be a lie.
    private static string? System(string scheme) => scheme switch
    {
        "DCM" => Dcm,
        "SCT" => "http://snomed.info/sct",
        "LN" => "http://loinc.org",
        "UCUM" => Ucum,
        PrivateScheme.Designator => PrivateScheme.FhirSystem,
        _ => null,
    };

    private static CodeableConcept Concept(string system, string code, string display) => new([new Coding(system, code, display)]);
}
