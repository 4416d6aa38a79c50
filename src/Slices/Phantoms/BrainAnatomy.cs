using System.Numerics;

namespace BrainTumorDicom.Slices.Phantoms;

/// <summary>What lies inside the dura: cortex, white matter, deep nuclei, ventricles, cisterns, cerebellum and brainstem.</summary>
internal sealed class BrainAnatomy(HeadShape shape)
{
    // Half of the head; the other half mirrors it.
    private static readonly Ellipsoid Temporal = new(new(37, -10, -27), new(24, 38, 19));
    private static readonly Ellipsoid Thalamus = new(new(11, 7, 3), new(9, 14, 9));
    private static readonly Ellipsoid Putamen = new(new(25, -5, 2), new(5.5f, 15, 9));
    private static readonly Ellipsoid Caudate = new(new(13, -21, 9), new(4.5f, 9, 8));

    // In the middle.
    private static readonly Ellipsoid Cerebrum = new(new(0, 0, 0), new(65, 82, 64));
    private static readonly Ellipsoid PosteriorFossa = new(new(0, 43, -36), new(56, 40, 32));
    private static readonly Ellipsoid Sella = new(new(0, -12, -25), new(12, 9, 10));
    private static readonly Ellipsoid Pituitary = new(new(0, -12, -31), new(7, 5, 4));
    private static readonly Ellipsoid SuprasellarCistern = new(new(0, -9, -20), new(13, 11, 6));

    private readonly Ellipsoid[] ventricles = Ventricles(shape.VentricleSize);
    private readonly Ellipsoid thirdVentricle = new(new(0, 2, 0), new(2.4f * shape.VentricleSize, 12, 9));
    private readonly Ellipsoid fourthVentricle = new(new(0, 31, -36), new(7 * shape.VentricleSize, 5, 8));

    /// <summary>Depth below the inner surface of the skull in mm; negative outside.</summary>
    public static float Depth(Vector3 point)
    {
        var half = point with { X = Math.Abs(point.X) };

        // The vault is broader behind than in front, and its floor is the roof of the orbits.
        var vault = Cerebrum.BluntDepth(point with { X = point.X / (1 + (0.1f * point.Y / 85)) });
        var depth = Math.Min(vault, point.Z - Floor(half));
        depth = Math.Max(depth, Temporal.Depth(half));
        depth = Math.Max(depth, Math.Min(PosteriorFossa.Depth(point), vault + 14));
        depth = Math.Max(depth, Sella.Depth(point));
        return Math.Max(depth, Canal(point));
    }

    /// <summary>The tissue at <paramref name="point"/>, <paramref name="depth"/> mm below the inner surface of the skull.</summary>
    public Tissue At(Vector3 point, float depth)
    {
        var half = point with { X = Math.Abs(point.X) };
        if (Sinus(half, depth) || Arteries(half))
        {
            return Tissue.Vessel;
        }

        if (Pituitary.Contains(point))
        {
            return Tissue.Gland;
        }

        if (SuprasellarCistern.Contains(point) || Sella.Contains(point))
        {
            return Tissue.Fluid;
        }

        var tentorium = -4 - (0.5f * half.X) + (0.12f * (point.Y - 40));
        return point.Z < tentorium && half.X < 58 && (point.Y > 18 || Canal(point) > -6)
            ? Hindbrain(point, half, depth, tentorium - point.Z)
            : Forebrain(point, half, depth, point.Y > 20 && point.Z < tentorium + 30 ? point.Z - tentorium : 30);
    }

    private static Ellipsoid[] Ventricles(float size) =>
    [
        new(new(8, -22, 11), new Vector3(4.5f, 15, 7) * size),
        new(new(11, 4, 18), new Vector3(5, 24, 5.5f) * size),
        new(new(22, 33, 9), new Vector3(6.5f, 12, 9) * size),
        new(new(30, 4, -20), new Vector3(2.2f, 13, 2.6f) * size),
    ];

    /// <summary>Height of the floor of the anterior fossa: domes over the orbits, a groove between them; it falls away behind.</summary>
    private static float Floor(Vector3 half)
    {
        var dome = 9 * MathF.Exp(-(half.X - 29) * (half.X - 29) / 260) * MathF.Exp(-(half.Y + 52) * (half.Y + 52) / 700);
        return -24 + dome - (half.Y > -10 ? 0.4f * (half.Y + 10) : 0);
    }

    private static float Canal(Vector3 point)
    {
        // The brainstem leans back on its way down.
        var axis = 12 + (-0.28f * (point.Z + 20));
        var radius = 17 - Math.Clamp((-40 - point.Z) * 0.2f, 0, 6);
        return point.Z > 0 ? -100 : radius - MathF.Sqrt((point.X * point.X) + ((point.Y - axis) * (point.Y - axis)));
    }

    private static bool Sinus(Vector3 half, float depth)
    {
        // Superior sagittal sinus: where the falx meets the vault; and the transverse sinuses.
        var sagittal = half.X + Math.Abs(depth - 2.5f) < 4.2f && half.Z > -12 && (half.Y > -60 || half.Z > 20);
        var transverse = Math.Abs(half.Z + 14) < 2.5f && half.Y > 35 && half.X > 8 && depth is > 0 and < 3.5f;
        return sagittal || transverse;
    }

    private static bool Arteries(Vector3 half)
    {
        var carotid = new Vector2(half.X - 13, half.Y + 13).LengthSquared() < 5 && half.Z is < -20 and > -40;
        var middle = new Vector2(half.Y + 12 - (0.15f * half.X), half.Z + 19 - (0.1f * half.X)).LengthSquared() < 2 && half.X is > 10 and < 40;
        var anterior = new Vector2(half.X - 1.5f, half.Y + 33).LengthSquared() < 2.2f && half.Z is > -15 and < 12;
        var basilar = new Vector2(half.X, half.Y - 1).LengthSquared() < 3.5f && half.Z is < -20 and > -42;
        return carotid || middle || anterior || basilar;
    }

    private Tissue Hindbrain(Vector3 point, Vector3 half, float depth, float belowTentorium)
    {
        if (fourthVentricle.Contains(point))
        {
            return Tissue.Fluid;
        }

        var stem = Canal(point) - 4;
        if (stem > 0)
        {
            return Tissue.White;
        }

        if (belowTentorium < 0.8f)
        {
            return Tissue.Dura;
        }

        // Cisterns around the stem; the cerebellum begins behind it.
        if (stem > -2.5f || belowTentorium < 2 || depth < 2 + shape.SulcusWidth || point.Y < 22)
        {
            return Tissue.Fluid;
        }

        // Folia: thin leaves, roughly parallel to the surface.
        var leaves = MathF.Sin((depth * 1.5f) + (2.2f * shape.Noise.At(half / 7)));
        var arbor = new Ellipsoid(new(22, 42, -36), new(17, 13, 8)).Contains(half);
        return arbor ? Tissue.White : leaves < -0.93f ? Tissue.Fluid : leaves > 0.55f ? Tissue.White : Tissue.Gray;
    }

    private Tissue Forebrain(Vector3 point, Vector3 half, float depth, float aboveTentorium)
    {
        if (thirdVentricle.Contains(point))
        {
            return Tissue.Fluid;
        }

        foreach (var ventricle in ventricles)
        {
            if (ventricle.Contains(half))
            {
                var plexus = half.X > 17 && half.Z > 0 && new Vector3(half.X - 22, half.Y - 32, half.Z - 8).Length() < 3;
                return plexus ? Tissue.Vessel : Tissue.Fluid;
            }
        }

        if (Thalamus.Contains(half) || Putamen.Contains(half) || Caudate.Contains(half))
        {
            return Tissue.Gray;
        }

        var cleft = Cleft(point, half, out var isFalx);
        if (isFalx)
        {
            return Tissue.Dura;
        }

        var distance = Math.Min(Math.Min(depth - 0.8f, aboveTentorium + 0.5f), Math.Min(cleft, Sulcus(point, depth)));
        return distance < shape.SulcusWidth ? (shape.Noise.At(point / 1.5f) > 1.9f ? Tissue.Vessel : Tissue.Fluid)
            : distance < shape.SulcusWidth + shape.CortexWidth ? Tissue.Gray
            : Tissue.White;
    }

    /// <summary>Distance to the fissure between the hemispheres, or to the Sylvian fissure.</summary>
    private static float Cleft(Vector3 point, Vector3 half, out bool isFalx)
    {
        // Below the ellipse around the corpus callosum the hemispheres are joined.
        var joined = new Vector2(point.Y / 40, (point.Z - 2) / 27).Length();
        var longitudinal = half.X + (Math.Max(0, 1.02f - joined) * 60);
        isFalx = half.X < 0.5f && joined > 1.35f && (point.Y > 0 || point.Z > 0);

        var plane = Math.Abs(point.Z + 7 - (0.3f * point.Y) - (0.1f * (half.X - 40)));
        var sylvian = plane + (Math.Max(0, 34 - half.X) * 0.8f) + (Math.Max(0, Math.Abs(point.Y + 2) - 24) * 0.8f) - 0.8f;
        return Math.Min(longitudinal, sylvian);
    }

    /// <summary>Distance to the nearest sulcus: sheets where the random field is zero, fading out with depth.</summary>
    private float Sulcus(Vector3 point, float depth)
    {
        var cell = point / 2.1f;
        var field = shape.Noise.At(new Vector3(cell.X + (0.2f * cell.Z), cell.Y - (0.15f * cell.X), cell.Z + (0.2f * cell.Y)));
        return (Math.Abs(field) * 2.7f) + (Math.Max(0, depth - 15) * 0.5f) - 0.15f;
    }
}
