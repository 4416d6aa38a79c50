using System.Numerics;

namespace BrainTumorDicom.Slices.Phantoms;

/// <summary>A homogeneous mass on the dura of the convexity or the falx, with a tail along the dura and a cleft of fluid towards the brain.</summary>
internal sealed class MeningiomaLesion(HeadShape shape, Vector3 center, float radius, bool isOnFalx, float oedema)
    : Lesion(center, radius, push: 0.8f)
{
    /// <summary>Draws one over a hemisphere.</summary>
    public static MeningiomaLesion Draw(HeadShape shape, PhantomRandom random)
    {
        var radius = random.Between(13, 26);
        var side = random.Sign();
        var oedema = random.Chance(0.4f) ? random.Between(3, 9) : 0;
        if (random.Chance(0.25f))
        {
            var onFalx = new Vector3(side * radius * 0.72f, random.Between(-50, 50), random.Between(30, 46));
            return new MeningiomaLesion(shape, onFalx, radius, isOnFalx: true, oedema);
        }

        var (azimuth, elevation) = (random.Between(0.4f, 2.8f), random.Between(0.05f, 1.0f));
        var direction = new Vector3(
            side * MathF.Sin(azimuth) * MathF.Cos(elevation), -MathF.Cos(azimuth) * MathF.Cos(elevation), MathF.Sin(elevation));
        var surface = direction * 30;
        while (BrainAnatomy.Depth(surface) > 0)
        {
            surface += direction;
        }

        return new MeningiomaLesion(shape, surface - (direction * radius * random.Between(0.4f, 0.75f)), radius, isOnFalx: false, oedema);
    }

    /// <inheritdoc/>
    public override Tissue? At(Vector3 point, float depth, Tissue underlying, out bool isTumor)
    {
        isTumor = false;
        var distance = (point - Center).Length();
        var otherSide = isOnFalx && point.X * Center.X < 0;
        if (distance > Radius + 22 || depth < 0.3f || otherSide)
        {
            return null;
        }

        var lobes = shape.Noise.At(point / 6);
        var inside = (Radius * (1 + (0.07f * lobes))) - distance;
        var fromDura = isOnFalx ? Math.Abs(point.X) : depth;
        if (inside > 0)
        {
            isTumor = true;
            return Tissue.Meningioma;
        }

        if (fromDura < 2.4f - (0.08f * Math.Max(0, -inside)) && -inside < 16 + (4 * lobes))
        {
            return Tissue.Dura;
        }

        return inside > -0.7f ? Tissue.Fluid
            : underlying == Tissue.White && -inside < oedema * (1 + (0.5f * lobes)) ? Tissue.Oedema
            : null;
    }
}
