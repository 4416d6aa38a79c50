namespace BrainTumorDicom.Slices.Phantoms;

/// <summary>How the tissues of a phantom are weighted.</summary>
public enum PhantomContrast
{
    /// <summary>T1-weighted with contrast agent.</summary>
    T1Contrast,

    /// <summary>T1-weighted.</summary>
    T1,

    /// <summary>T2-weighted.</summary>
    T2,

    /// <summary>T2-weighted with the fluid suppressed.</summary>
    Flair,

    /// <summary>Proton-density-weighted.</summary>
    ProtonDensity,
}
