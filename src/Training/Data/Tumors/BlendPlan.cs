namespace BrainTumorDicom.Training.Data.Tumors;

/// <summary>How one tumour is put into a slice and its neighbours.</summary>
/// <param name="Donor">The tumour.</param>
/// <param name="Patch">Where, and how it is turned and magnified.</param>
/// <param name="Radius">Of a disc of its area there, in pixels.</param>
/// <param name="Around">Grey of the brain around it.</param>
/// <param name="Gain">By what its greys' distance from those around its own place is multiplied.</param>
/// <param name="Edge">How it fades.</param>
/// <param name="Halo">Oedema, or none.</param>
internal sealed record BlendPlan(TumorPlace Donor, Patch Patch, double Radius, float Around, double Gain, BlendEdge Edge, Halo? Halo);

/// <summary>How a patch fades into what is around it.</summary>
/// <param name="Low">Mask, in [0, 1], up to which nothing is changed.</param>
/// <param name="High">Mask from which all is.</param>
/// <param name="Texture">Part of the slice's own texture that shines through.</param>
internal readonly record struct BlendEdge(double Low, double High, double Texture)
{
    /// <summary>A random one.</summary>
    public static BlendEdge Random(ref SeededRandom random) => new(random.Between(0.02, 0.3), random.Between(0.6, 0.98), random.Between(0, 0.35));
}

/// <summary>A zone around a mass that is a little brighter or darker: oedema.</summary>
/// <param name="Strength">Grey added next to the mass.</param>
/// <param name="Width">Over which it fades, in pixels.</param>
/// <param name="StretchX">Of its outline.</param>
/// <param name="StretchY">The same down the slice.</param>
internal readonly record struct Halo(double Strength, double Width, double StretchX, double StretchY)
{
    /// <summary>A random one around a mass of a radius.</summary>
    public static Halo Random(double radius, ref SeededRandom random) => new(
        random.Between(10, 45) * (random.Chance(0.5) ? -1 : 1), radius * random.Between(0.5, 1.3), random.Between(0.8, 1.25), random.Between(0.8, 1.25));
}
