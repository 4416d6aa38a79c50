using System.Numerics;

namespace BrainTumorDicom.Slices.Phantoms;

/// <summary>An adenoma: fills and widens the sella, and grows upward through its diaphragm in the shape of a snowman.</summary>
internal sealed class PituitaryLesion(HeadShape shape, Ellipsoid lower, Ellipsoid upper, Ellipsoid? cyst)
    : Lesion(upper.Center, MathF.Cbrt(upper.Radii.X * upper.Radii.Y * upper.Radii.Z), push: 0.7f)
{
    /// <summary>Draws one in the midline.</summary>
    public static PituitaryLesion Draw(HeadShape shape, PhantomRandom random)
    {
        var middle = new Vector3(random.Between(-2, 2), -12 + random.Between(-1.5f, 1.5f), -31);
        var lower = new Ellipsoid(middle, new(random.Between(9.5f, 14), random.Between(8.5f, 12), random.Between(8, 11)));
        var height = random.Between(8, 16);
        var upper = new Ellipsoid(
            middle + new Vector3(random.Between(-1, 1), 0, 4 + (height * 0.75f)), new(random.Between(8, 14), random.Between(8, 12), height));
        Ellipsoid? cyst = random.Chance(0.2f) ? new(upper.Center + new Vector3(2, 1, 1), upper.Radii * 0.4f) : null;
        return new PituitaryLesion(shape, lower, upper, cyst);
    }

    /// <inheritdoc/>
    public override Tissue? At(Vector3 point, float depth, Tissue underlying, out bool isTumor)
    {
        isTumor = false;
        if ((point - Center).LengthSquared() > 1600)
        {
            return null;
        }

        var lobes = 0.08f * shape.Noise.At(point / 4);
        var bent = lower.Center + ((point - lower.Center) * (1 + lobes));
        if (!lower.Contains(bent) && !upper.Contains(bent))
        {
            return null;
        }

        isTumor = true;
        return cyst?.Contains(point) == true ? Tissue.Necrosis : Tissue.Adenoma;
    }
}
