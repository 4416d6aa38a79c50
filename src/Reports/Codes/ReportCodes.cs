using BrainTumorDicom.Classification.Findings;

namespace BrainTumorDicom.Reports.Codes;

/// <summary>Every code that a report uses, in one table. SR and FHIR read the same. DCM is PS3.16 Annex D; context groups are PS3.16 Annex B.</summary>
internal static class ReportCodes
{
    private const string Dcm = "DCM";
    private const string Sct = "SCT";
    private const string Btd = PrivateScheme.Designator;

    // Document: TID 1500, TID 1204, TID 1002, TID 1004, TID 1600.
    public static readonly Code ImagingMeasurementReport = new("126000", Dcm, "Imaging Measurement Report");
    public static readonly Code Language = new("121049", Dcm, "Language of Content Item and Descendants");
    public static readonly Code EnglishUnitedStates = new("en-US", "RFC5646", "English (United States)");
    public static readonly Code ObserverType = new("121005", Dcm, "Observer Type");
    public static readonly Code Device = new("121007", Dcm, "Device");
    public static readonly Code DeviceObserverUid = new("121012", Dcm, "Device Observer UID");
    public static readonly Code DeviceObserverName = new("121013", Dcm, "Device Observer Name");
    public static readonly Code DeviceObserverManufacturer = new("121014", Dcm, "Device Observer Manufacturer");
    public static readonly Code DeviceObserverModelName = new("121015", Dcm, "Device Observer Model Name");
    public static readonly Code DeviceObserverSerialNumber = new("121016", Dcm, "Device Observer Serial Number");
    public static readonly Code ProcedureReported = new("121058", Dcm, "Procedure reported");
    public static readonly Code MriUnspecified = new("25056-3", "LN", "MRI unspecified body region");
    public static readonly Code ImageLibrary = new("111028", Dcm, "Image Library");
    public static readonly Code ImageLibraryGroup = new("126200", Dcm, "Image Library Group");
    public static readonly Code Modality = new("121139", Dcm, "Modality");
    public static readonly Code TargetRegion = new("123014", Dcm, "Target Region");
    public static readonly Code FrameOfReferenceUid = new("112227", Dcm, "Frame of Reference UID");
    public static readonly Code ImagingMeasurements = new("126010", Dcm, "Imaging Measurements");
    public static readonly Code QualitativeEvaluations = new("C0034375", "UMLS", "Qualitative Evaluations");
    public static readonly Code Comment = new("121106", Dcm, "Comment");
    public static readonly Code NarrativeSummary = new("111412", Dcm, "Narrative Summary");

    // Measurement group: TID 1501, TID 4019, TID 300.
    public static readonly Code MeasurementGroup = new("125007", Dcm, "Measurement Group");
    public static readonly Code TrackingIdentifier = new("112039", Dcm, "Tracking Identifier");
    public static readonly Code TrackingUniqueIdentifier = new("112040", Dcm, "Tracking Unique Identifier");
    public static readonly Code Finding = new("121071", Dcm, "Finding");
    public static readonly Code FindingSite = new("363698007", Sct, "Finding Site");
    public static readonly Code AlgorithmName = new("111001", Dcm, "Algorithm Name");
    public static readonly Code AlgorithmVersion = new("111003", Dcm, "Algorithm Version");
    public static readonly Code AlgorithmParameters = new("111002", Dcm, "Algorithm Parameters");
    public static readonly Code AlgorithmFamily = new("111000", Dcm, "Algorithm Family");
    public static readonly Code ArtificialIntelligence = new("123110", Dcm, "Artificial Intelligence");
    public static readonly Code SourceOfMeasurement = new("121112", Dcm, "Source of Measurement");
    public static readonly Code Percent = new("%", "UCUM", "Percent");
    public static readonly Code NoUnits = new("1", "UCUM", "no units");

    // Key Object Selection (TID 2010, CID 7010).
    public static readonly Code ForResearch = new("113009", Dcm, "For Research");
    public static readonly Code KeyObjectDescription = new("113012", Dcm, "Key Object Description");

    // Derived images: purpose of the source (CID 7202), quantity of a parametric map.
    public static readonly Code SourceForProcessing = new("121322", Dcm, "Source image for image processing operation");
    public static readonly Code AttentionMap = new("ATTENTION-MAP", Btd, "Attention map of a neural network");
    public static readonly Code Quantity = new("246205007", Sct, "Quantity");
    public static readonly Code ClassActivation = new("130402", Dcm, "Class activation");

    // Equipment (CID 7005).
    public static readonly Code ProcessingEquipment = new("109102", Dcm, "Processing Equipment");

    // Anatomy.
    public static readonly Code Brain = new("12738006", Sct, "Brain");
    public static readonly Code Head = new("69536005", Sct, "Head");
    public static readonly Code Pituitary = new("56329008", Sct, "Pituitary");

    // Classes. 302820008 is the intracranial meningioma: 393566004 "Meningioma" was inactive until October 2025, and older
    // servers refuse it. The pituitary code is the neoplasm, not the adenoma: an image does not show histology.
    public static readonly Code Glioma = new("393564001", Sct, "Glioma");
    public static readonly Code Meningioma = new("302820008", Sct, "Intracranial meningioma");
    public static readonly Code PituitaryNeoplasm = new("127024001", Sct, "Neoplasm of pituitary gland");

    // No standard code says only this: "normal" and "no abnormality detected" claim more than four classes can know.
    public static readonly Code NoTargetTumor = new("NO-TARGET-TUMOR", Btd, "No glioma, meningioma or pituitary tumor detected by algorithm");

    public static readonly Code ProbabilityOfGlioma = new("P-GLIOMA", Btd, "Probability of glioma, algorithm output");
    public static readonly Code ProbabilityOfMeningioma = new("P-MENINGIOMA", Btd, "Probability of meningioma, algorithm output");
    public static readonly Code ProbabilityOfNone = new("P-NO-TARGET", Btd, "Probability of none of the three tumors, algorithm output");
    public static readonly Code ProbabilityOfPituitary = new("P-PITUITARY", Btd, "Probability of pituitary tumor, algorithm output");
    public static readonly Code KeyImageRank = new("KEY-IMAGE-RANK", Btd, "Key image rank");

    // The answer in one code (values: CID 240).
    public static readonly Code TargetTumor = new("TARGET-TUMOR", Btd, "Target tumor detected by algorithm");
    public static readonly Code Present = new("52101004", Sct, "Present");
    public static readonly Code Absent = new("272519000", Sct, "Absent");
    public static readonly Code Undetermined = new("373068000", Sct, "Undetermined");

    public static readonly Code DispositionConcept = new("DISPOSITION", Btd, "Disposition");
    public static readonly Code Reportable = new("REPORTABLE", Btd, "Reportable");
    public static readonly Code BelowThreshold = new("ABSTAINED", Btd, "Below threshold, abstained");
    public static readonly Code InputRejected = new("REFUSED", Btd, "Input rejected");
    public static readonly Code AnalysisFailed = new("ERROR", Btd, "Analysis failed");
    public static readonly Code ReasonConcept = new("REASON", Btd, "Reason for no result");

    // FHIR and HL7 v2 only. The exam's LOINC code stays out of the SR, where CID 100 has none for the brain.
    public static readonly Code MriBrain = new("24590-2", "LN", "MR Brain");
    public static readonly Code DiagnosticImagingStudy = new("18748-4", "LN", "Diagnostic imaging study");
    public static readonly Code Study = new("113014", Dcm, "Study");
    public static readonly Code Panel = new("CLASSIFICATION", Btd, "AI brain tumor classification");
    public static readonly Code Method = new("AI-CLASSIFIER", Btd, "Classification of MR slices by a neural network");

    /// <summary>The code of a class, as a finding.</summary>
    public static Code Of(TumorClass value) => value switch
    {
        TumorClass.Glioma => Glioma,
        TumorClass.Meningioma => Meningioma,
        TumorClass.NoTumor => NoTargetTumor,
        TumorClass.Pituitary => PituitaryNeoplasm,
        _ => throw new ArgumentOutOfRangeException(nameof(value), value, "not a class"),
    };

    /// <summary>The concept name of a class's probability.</summary>
    public static Code ProbabilityOf(TumorClass value) => value switch
    {
        TumorClass.Glioma => ProbabilityOfGlioma,
        TumorClass.Meningioma => ProbabilityOfMeningioma,
        TumorClass.NoTumor => ProbabilityOfNone,
        TumorClass.Pituitary => ProbabilityOfPituitary,
        _ => throw new ArgumentOutOfRangeException(nameof(value), value, "not a class"),
    };

    /// <summary>Where a class sits. A meningioma arises from the meninges, anywhere around the brain, so it has none.</summary>
    public static Code? SiteOf(TumorClass? value) => value switch
    {
        TumorClass.Glioma => Brain,
        TumorClass.Pituitary => Pituitary,
        _ => null,
    };

    /// <summary>The code of a disposition.</summary>
    public static Code Of(Disposition value) => value switch
    {
        Disposition.TargetTumor or Disposition.NoTargetTumor => Reportable,
        Disposition.Abstained => BelowThreshold,
        Disposition.Refused => InputRejected,
        Disposition.Error => AnalysisFailed,
        _ => throw new ArgumentOutOfRangeException(nameof(value), value, "not a disposition"),
    };

    /// <summary>Whether a target tumour was detected (CID 240).</summary>
    public static Code PresenceOf(Disposition value) => value switch
    {
        Disposition.TargetTumor => Present,
        Disposition.NoTargetTumor => Absent,
        _ => Undetermined,
    };
}
