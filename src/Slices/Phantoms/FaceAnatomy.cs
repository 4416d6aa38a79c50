using System.Numerics;

namespace BrainTumorDicom.Slices.Phantoms;

/// <summary>What lies outside the dura: skull, scalp, orbits, sinuses, skull base, face and neck.</summary>
internal sealed class FaceAnatomy(HeadShape shape)
{
    private static readonly Ellipsoid Face = new(new(0, -24, -58), new(66, 74, 68));
    private static readonly Ellipsoid Nape = new(new(0, 32, -75), new(60, 58, 75));
    private static readonly Ellipsoid Nose = new(new(0, -94, -62), new(14, 18, 22));
    private static readonly Ellipsoid Eye = new(new(32, -70, -33), new(12, 12.5f, 12));
    private static readonly Ellipsoid Orbit = new(new(29, -58, -33), new(17, 27, 16));
    private static readonly Ellipsoid Maxillary = new(new(27, -58, -66), new(14, 16, 15));
    private static readonly Ellipsoid Sphenoid = new(new(0, -30, -42), new(13, 13, 8));
    private static readonly Ellipsoid Frontal = new(new(12, -84, -14), new(13, 5, 10));
    private static readonly Ellipsoid Ethmoid = new(new(0, -58, -38), new(13, 28, 17));
    private static readonly Ellipsoid Nasal = new(new(0, -68, -68), new(15, 34, 22));
    private static readonly Ellipsoid Mastoid = new(new(56, 26, -48), new(11, 13, 16));
    private static readonly Ellipsoid Pharynx = new(new(0, -28, -78), new(13, 9, 22));
    private static readonly Ellipsoid Clivus = new(new(0, -9, -46), new(10, 8, 16));

    /// <summary>Depth below the skin in mm; negative outside the head.</summary>
    public float SkinDepth(Vector3 point, float brainDepth)
    {
        var vault = brainDepth + shape.SkullWidth + shape.ScalpWidth + shape.Noise.At(point / 9);
        var below = Math.Max(Face.Depth(point), Math.Max(Nape.Depth(point), Nose.Depth(point)));

        // The vault's shell ends at the skull base: below it face and nape are the outline.
        return point.Z > -20 ? Math.Max(vault, below) : Math.Max(below, Math.Min(vault, vault + 0.4f + ((point.Z + 20) * 0.05f)));
    }

    /// <summary>The tissue at <paramref name="point"/>.</summary>
    /// <param name="point">Where.</param>
    /// <param name="outside">Distance from the inner surface of the skull in mm.</param>
    /// <param name="skin">Depth below the skin in mm.</param>
    public Tissue At(Vector3 point, float outside, float skin)
    {
        var half = point with { X = Math.Abs(point.X) };
        if (skin < 1.3f)
        {
            return Tissue.Skin;
        }

        if (Hollow(point, half) is { } hollow)
        {
            return hollow;
        }

        if (Orbit.Contains(half) && outside > 2)
        {
            var nerve = new Vector2(half.X - 32 + ((half.Y + 58) * 0.45f), half.Z + 33).LengthSquared() < 6 && half.Y > -60;
            var muscle = Math.Abs(Orbit.Depth(half) - 4) < 1.3f && half.Y > -66;
            return nerve || muscle ? Tissue.Muscle : Tissue.Fat;
        }

        // The floor of the anterior fossa is thin.
        if (outside < (point.Z < -5 && point.Y < -15 && half.X < 45 ? 2.2f : shape.SkullWidth))
        {
            return Skull(point, outside);
        }

        if (skin < shape.ScalpWidth)
        {
            return Tissue.Fat;
        }

        return point.Z < -15 ? Soft(point, half) : Tissue.Fat;
    }

    private Tissue? Hollow(Vector3 point, Vector3 half)
    {
        if (Eye.Contains(half))
        {
            var lens = new Vector3(half.X - 32, (half.Y + 80) * 1.6f, half.Z + 33).Length() < 4;
            return lens || Eye.Depth(half) < 1.2f ? Tissue.Muscle : Tissue.Fluid;
        }

        if (Maxillary.Contains(half) || Sphenoid.Contains(point) || Frontal.Contains(half) || Pharynx.Contains(point))
        {
            return Maxillary.Depth(half) is > 0 and < 1.5f ? Tissue.Mucosa : Tissue.Air;
        }

        if (Ethmoid.Contains(point) || Nasal.Contains(point))
        {
            return half.X < 1 || shape.Noise.At(point / 2.2f) > 0.35f ? Tissue.Mucosa : Tissue.Air;
        }

        // Petrous bone: a dark wedge that runs forward and inward; the mastoid behind it is full of air cells.
        var petrous = new Vector3(half.X - 42, half.Y - 13 - ((half.X - 42) * 0.6f), half.Z + 42) / new Vector3(26, 8, 9);
        if (petrous.LengthSquared() < 1 || Mastoid.Contains(half))
        {
            return shape.Noise.At(point / 1.7f) > 0.9f ? Tissue.Mucosa : Tissue.Bone;
        }

        return Clivus.Contains(point) ? (Clivus.Depth(point) < 1.5f ? Tissue.Bone : Tissue.Marrow) : null;
    }

    private Tissue Skull(Vector3 point, float outside)
    {
        var middle = Math.Abs(outside - (shape.SkullWidth / 2));
        return middle < (shape.SkullWidth * 0.2f) + (0.5f * shape.Noise.At(point / 5)) - 0.4f ? Tissue.Marrow : Tissue.Bone;
    }

    private Tissue Soft(Vector3 point, Vector3 half)
    {
        var field = shape.Noise.At(half / new Vector3(2.6f, 2.6f, 5));
        var spine = new Vector2(half.X, half.Y - 8).Length();
        return spine < 12 && point.Z < -66 ? Tissue.Marrow
            : field > 0.75f ? Tissue.Fat
            : field < -1.6f ? Tissue.Vessel
            : Tissue.Muscle;
    }
}
