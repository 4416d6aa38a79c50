using System.Numerics;

namespace BrainTumorDicom.Slices.Phantoms;

/// <summary>A mass: where it is, what it is made of, and how it pushes the brain aside.</summary>
internal abstract class Lesion(Vector3 center, float radius, float push)
{
    /// <summary>Centre in the head's coordinates, mm.</summary>
    protected Vector3 Center => center;

    /// <summary>Mean radius in mm.</summary>
    protected float Radius => radius;

    /// <summary>Where the tissue now at <paramref name="point"/> was before the mass grew: volume is kept near the mass, the shift fades out.</summary>
    public Vector3 Origin(Vector3 point)
    {
        var offset = point - center;
        var distance = offset.Length();
        if (distance > 3.5f * radius || distance < 0.1f)
        {
            return point;
        }

        var cube = (distance * distance * distance) - (push * radius * radius * radius);
        var before = MathF.Cbrt(Math.Max(0, cube));
        var fade = 1 - Math.Clamp((distance - radius) / (2.5f * radius), 0, 1);
        return point - (offset / distance * (distance - before) * fade);
    }

    /// <summary>The lesion's tissue at <paramref name="point"/>, or <see langword="null"/> where it leaves the head as it is.</summary>
    /// <param name="point">In the head's coordinates, mm.</param>
    /// <param name="depth">Depth below the inner surface of the skull in mm.</param>
    /// <param name="underlying">What would be there without it.</param>
    /// <param name="isTumor">Whether it is the mass itself, not oedema or dural tail.</param>
    public abstract Tissue? At(Vector3 point, float depth, Tissue underlying, out bool isTumor);

    /// <summary>Draws a lesion of <paramref name="kind"/>.</summary>
    public static Lesion? Draw(PhantomClass kind, HeadShape shape, PhantomRandom random) => kind switch
    {
        PhantomClass.Glioma => GliomaLesion.Draw(shape, random),
        PhantomClass.Meningioma => MeningiomaLesion.Draw(shape, random),
        PhantomClass.Pituitary => PituitaryLesion.Draw(shape, random),
        _ => null,
    };
}
