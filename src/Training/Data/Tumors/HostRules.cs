using BrainTumorDicom.Classification.Findings;
using BrainTumorDicom.Training.Data.Volumes;

namespace BrainTumorDicom.Training.Data.Tumors;

/// <summary>Which tumours a slice can have, by where it lies in the head.</summary>
internal static class HostRules
{
    // A slice of unknown level is mostly one through the ventricles.
    private const double PituitaryAtUnknownLevel = 0.25;

    /// <summary>Whether the slice shows enough brain to have a tumour.</summary>
    public static bool CanHost(Sample host) => float.IsNaN(host.Level) || host.Level is > 0.14f and < 0.9f;

    /// <summary>Whether a donor of the same symmetry is wanted.</summary>
    public static bool IsSymmetric(Sample host) => host.Plane != HeadPlane.Sagittal;

    /// <summary>Draws a class for the slice; tumours of the pituitary only near the sella.</summary>
    public static TumorClass Draw(Sample host, ref SeededRandom random)
    {
        var pituitary = host.Plane switch
        {
            _ when float.IsNaN(host.Level) => random.Chance(PituitaryAtUnknownLevel),
            HeadPlane.Axial => host.Level is > 0.2f and < 0.5f,
            HeadPlane.Coronal => host.Level is > 0.28f and < 0.52f,
            _ => host.Level is > 0.43f and < 0.57f,
        };
        var drawn = random.Below(pituitary ? 3 : 2);
        return drawn switch { 0 => TumorClass.Glioma, 1 => TumorClass.Meningioma, _ => TumorClass.Pituitary };
    }
}
