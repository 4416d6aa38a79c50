namespace BrainTumorDicom.Slices.Phantoms;

/// <summary>How a phantom is sampled.</summary>
/// <param name="Slices">Axial slices over the same head, <see cref="FewestSlices"/> to <see cref="MostSlices"/>; their distance is 140 mm divided by it.</param>
/// <param name="Size">Rows and columns.</param>
/// <param name="FieldOfView">Side of a slice in mm.</param>
/// <param name="Contrast">How the tissues are weighted.</param>
public sealed record PhantomOptions(
    int Slices = 28,
    int Size = 256,
    double FieldOfView = 230,
    PhantomContrast Contrast = PhantomContrast.T1Contrast)
{
    /// <summary>Fewest slices.</summary>
    public const int FewestSlices = 12;

    /// <summary>Most slices.</summary>
    public const int MostSlices = 2000;
}
