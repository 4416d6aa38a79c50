using BrainTumorDicom.Classification.Findings;

namespace BrainTumorDicom.Reports.Text;

/// <summary>The label that every output carries. Constants: no configuration may weaken them.</summary>
public static class SafetyText
{
    /// <summary>For a Series Description, a banner or a watermark; fits LO (64 characters).</summary>
    public const string Short = "AI - RESEARCH USE ONLY - NOT FOR DIAGNOSIS";

    /// <summary>What the FHIR conclusion and notes begin with.</summary>
    public const string Opening = "RESEARCH USE ONLY. NOT FOR DIAGNOSTIC USE.";

    /// <summary>What a negative answer does not mean.</summary>
    public const string Limits =
        "It distinguishes only glioma, meningioma, pituitary tumor and none of these; it does not exclude other disease.";

    /// <summary>What the numbers are not.</summary>
    public const string Percentages = "Percentages are algorithm outputs, not probabilities of disease in this patient.";

    /// <summary>What triage says of a study, where a site wants it: what was seen, never how urgent it is.</summary>
    public const string Attention = "Algorithm output suggests a target tumor; research use only, not reviewed by a physician";

    /// <summary>What triage says where a later revision of the report takes it back.</summary>
    public const string AttentionWithdrawn = "Withdrawn: the latest revision of the algorithm output suggests no target tumor, or has no answer";

    /// <summary>The whole statement: first text of the SR, first sentence of the FHIR conclusion, top and bottom of the page.</summary>
    public static string Long(ModelIdentity model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return $"{Opening} Output of an uncleared software algorithm ({model.Name} {model.Version}), not reviewed by a physician. {Limits} {Percentages}";
    }
}
