namespace BrainTumorDicom.Service.Hosting;

/// <summary>Whether suspicious studies are told first. Section <c>Triage</c>.</summary>
/// <remarks>It says what the algorithm output suggests and changes neither priority nor order: that is for those who read it.</remarks>
internal sealed class TriageOptions
{
    /// <summary>Marks a study in which the algorithm suggests a tumour: FHIR interpretation and a Communication, HL7 v2 abnormal flag. Default false.</summary>
    public bool Enabled { get; set; }
}
