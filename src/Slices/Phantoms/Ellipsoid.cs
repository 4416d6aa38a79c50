using System.Numerics;

namespace BrainTumorDicom.Slices.Phantoms;

/// <summary>An ellipsoid along the axes.</summary>
/// <param name="Center">Centre in mm.</param>
/// <param name="Radii">Semi-axes in mm.</param>
internal readonly record struct Ellipsoid(Vector3 Center, Vector3 Radii)
{
    /// <summary>Whether <paramref name="point"/> is inside.</summary>
    public bool Contains(Vector3 point) => ((point - Center) / Radii).LengthSquared() < 1;

    /// <summary>How far <paramref name="point"/> is inside, in mm along the ray from the centre; negative outside.</summary>
    public float Depth(Vector3 point)
    {
        var offset = point - Center;
        var relative = (offset / Radii).Length();
        return Along(offset, relative);
    }

    /// <summary>The same for a blunter shape: between an ellipsoid and a box, as a skull is.</summary>
    public float BluntDepth(Vector3 point)
    {
        var offset = point - Center;
        var squared = offset / Radii * (offset / Radii);
        return Along(offset, (0.6f * MathF.Sqrt(squared.X + squared.Y + squared.Z)) + (0.4f * MathF.Sqrt(squared.Length())));
    }

    private float Along(Vector3 offset, float relative) =>
        relative < 1e-3f ? Math.Min(Radii.X, Math.Min(Radii.Y, Radii.Z)) : offset.Length() * ((1 / relative) - 1);
}
