using System.Collections.Immutable;
using BrainTumorDicom.Classification.Findings;
using BrainTumorDicom.Reports.StructuredReport;

namespace BrainTumorDicom.Reports;

/// <summary>The key slices of a finding: one choice for SR, pictures, key objects and document.</summary>
public static class KeySlices
{
    /// <summary>As many as people look at.</summary>
    public const int Most = 5;

    /// <summary>The slices that carry the study's answer and that can be referred to, strongest first; none where no tumour is reported.</summary>
    public static ImmutableArray<SliceFinding> Of(Finding finding)
    {
        ArgumentNullException.ThrowIfNull(finding);
        return finding is { Disposition: Disposition.TargetTumor, DecidingSeries: { CarryingSlices.IsDefaultOrEmpty: false } series }
            ? [.. series.CarryingSlices.Where(slice => SourceImages.Whole([slice]).Length == 1).Take(Most)]
            : [];
    }
}
