namespace BrainTumorDicom.Training.Data;

/// <summary>How strongly slices are varied. The class of a slice must survive it, and style must say nothing about class.</summary>
/// <param name="Rotation">Largest rotation to either side, in degrees.</param>
/// <param name="SmallestScale">Smallest magnification.</param>
/// <param name="LargestScale">Largest magnification.</param>
/// <param name="Stretch">Largest change of the proportions, as a fraction: heads are longer or rounder.</param>
/// <param name="Shift">Largest shift along each axis, as a fraction of the size.</param>
/// <param name="Tones">Whether gamma, brightness and contrast vary.</param>
/// <param name="Style">Probability that a slice takes on the grey values of another slice of any class (histogram matching).</param>
/// <param name="Inversion">Probability that grey values inside the head turn over, as between T1 and T2.</param>
/// <param name="BiasField">Probability of a smooth change of brightness over the slice.</param>
/// <param name="LowResolution">Probability that detail is lost.</param>
/// <param name="Noise">Probability of noise.</param>
/// <param name="Border">Probability that a strip at one edge is black.</param>
/// <param name="Strip">Probability that everything outside the brain is black, as after skull stripping.</param>
/// <param name="Curve">Probability of a tone curve that need not rise.</param>
/// <param name="Jpeg">Probability of what saving as JPEG leaves behind.</param>
internal sealed record Augmentation(
    double Rotation = 15,
    double SmallestScale = 0.85,
    double LargestScale = 1.2,
    double Stretch = 0.06,
    double Shift = 0.1,
    bool Tones = true,
    double Style = 0.1,
    double Inversion = 0.01,
    double BiasField = 0.3,
    double LowResolution = 0.12,
    double Noise = 0.3,
    double Border = 0.1,
    double Strip = 0,
    double Curve = 0,
    double Jpeg = 0.05)
{
    /// <summary>What whole heads, and some of the slices of the main set, go through: other sequences, scanners and programs.</summary>
    public static Augmentation Strong { get; } = new(
        Style: 0.5, Inversion: 0.06, BiasField: 0.5, LowResolution: 0.3, Noise: 0.4, Border: 0.12, Strip: 0.18, Curve: 0.15, Jpeg: 0.2);

    /// <summary>Mirroring and nothing else.</summary>
    public static Augmentation None { get; } = new(0, 1, 1, 0, 0, Tones: false, 0, 0, 0, 0, 0, 0, 0, 0, 0);
}
