using System.Collections.Immutable;
using BrainTumorDicom.Classification.Findings;
using BrainTumorDicom.Training.Data;

namespace BrainTumorDicom.Training.Loop;

/// <summary>How strongly slices are varied.</summary>
public sealed record AugmentationOptions
{
    // How much more than the others the classes of StrongerClasses are varied.
    private const double Stronger = 1.5;

    /// <summary>Overall strength. Default standard.</summary>
    public AugmentationLevel Level { get; init; } = AugmentationLevel.Standard;

    /// <summary>Classes that are varied half as strongly again, with zoom and noise above all.</summary>
    public ImmutableArray<TumorClass> StrongerClasses { get; init; } = [];

    /// <summary>Largest rotation to either side in degrees, or <see langword="null"/> for that of the level.</summary>
    public double? Rotation { get; init; }

    /// <summary>Smallest magnification (random resized crop), or <see langword="null"/> for that of the level.</summary>
    public double? SmallestScale { get; init; }

    /// <summary>Largest magnification (random resized crop), or <see langword="null"/> for that of the level.</summary>
    public double? LargestScale { get; init; }

    /// <summary>Largest shift as a part of the side, or <see langword="null"/> for that of the level.</summary>
    public double? Shift { get; init; }

    /// <summary>Whether gamma, brightness and contrast vary (colour jitter), or <see langword="null"/> for what the level says.</summary>
    public bool? Jitter { get; init; }

    /// <summary>Strength for slices of one class.</summary>
    internal Augmentation Of(TumorClass label)
    {
        var plain = new Augmentation();
        var strength = Level switch
        {
            AugmentationLevel.None => Augmentation.None,
            AugmentationLevel.Light => Augmentation.None with { Rotation = 10, SmallestScale = 0.9, LargestScale = 1.1, Shift = 0.05, Tones = true },
            AugmentationLevel.Strong => Scaled(plain, Stronger),
            _ => plain,
        };
        strength = strength with
        {
            Rotation = Rotation ?? strength.Rotation,
            SmallestScale = SmallestScale ?? strength.SmallestScale,
            LargestScale = LargestScale ?? strength.LargestScale,
            Shift = Shift ?? strength.Shift,
            Tones = Jitter ?? strength.Tones,
        };
        return StrongerClasses.Contains(label) ? Scaled(strength, Stronger) with { Noise = Math.Max(strength.Noise, 0.5) } : strength;
    }

    internal void Check()
    {
        TrainingOptions.Require(Rotation is null or (>= 0 and <= 180), "rotation", Rotation ?? 0, "0 to 180");
        TrainingOptions.Require(SmallestScale is null or (> 0.1 and <= 1), "scale-from", SmallestScale ?? 0, "above 0.1, at most 1");
        TrainingOptions.Require(LargestScale is null or (>= 1 and <= 5), "scale-to", LargestScale ?? 0, "1 to 5");
        TrainingOptions.Require(Shift is null or (>= 0 and <= 0.5), "shift", Shift ?? 0, "0 to 0.5");
    }

    private static Augmentation Scaled(Augmentation strength, double factor) => strength with
    {
        Rotation = Math.Min(180, strength.Rotation * factor),
        SmallestScale = Math.Pow(strength.SmallestScale, factor),
        LargestScale = Math.Pow(strength.LargestScale, factor),
        Stretch = strength.Stretch * factor,
        Shift = Math.Min(0.5, strength.Shift * factor),
        Style = Math.Min(1, strength.Style * factor),
        BiasField = Math.Min(1, strength.BiasField * factor),
        LowResolution = Math.Min(1, strength.LowResolution * factor),
        Noise = Math.Min(1, strength.Noise * factor),
    };
}
