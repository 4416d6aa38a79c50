using BrainTumorDicom.Classification.Findings;

namespace BrainTumorDicom.Reports.Codes;

/// <summary>The project's own coding scheme, for what no standard scheme can say honestly. Declared in every SR (PS3.3 §C.12.1, Coding Scheme Identification Sequence).</summary>
public static class PrivateScheme
{
    /// <summary>Coding Scheme Designator (0008,0102). The leading 99 marks a private scheme (PS3.3 §8.2).</summary>
    public const string Designator = "99BTD";

    /// <summary>Coding Scheme UID (0008,010C). Fixed: it must never change while the designator means the same.</summary>
    public const string Uid = "2.25.183765704002253399026763258836459690652";

    /// <summary>Coding Scheme Name (0008,0115).</summary>
    public const string Name = "BrainTumorDicom";

    /// <summary>Coding Scheme Version (0008,0103): raised with every change of a code or its meaning.</summary>
    public const string Version = "1";

    /// <summary>Coding Scheme Responsible Organization (0008,0116).</summary>
    public const string Organization = "The BrainTumorDicom authors";

    /// <summary>The system of these codes in FHIR.</summary>
    public const string FhirSystem = "urn:oid:" + Uid;

    /// <summary>The code of a reason why there is no answer.</summary>
    public static Code Reason(FindingReason reason)
    {
        ArgumentNullException.ThrowIfNull(reason);
        return new Code(Fit(reason.Code, 16), Designator, Fit(reason.Meaning, 64));
    }

    private static string Fit(string text, int length) => text.Length <= length ? text : text[..length];
}
