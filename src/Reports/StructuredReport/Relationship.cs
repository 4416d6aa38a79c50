namespace BrainTumorDicom.Reports.StructuredReport;

/// <summary>Relationship Type (0040,A010), PS3.3 Table C.17.3-1: those that the document uses.</summary>
internal static class Relationship
{
    public const string Contains = "CONTAINS";
    public const string HasConceptModifier = "HAS CONCEPT MOD";
    public const string HasObservationContext = "HAS OBS CONTEXT";
    public const string HasAcquisitionContext = "HAS ACQ CONTEXT";
}
