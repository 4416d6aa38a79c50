using System.Numerics;

namespace BrainTumorDicom.Slices.Phantoms;

/// <summary>One head: sizes and proportions drawn from the seed. mm; x to the left, y to the back, z up; 0 in the middle of the cerebrum.</summary>
internal sealed class HeadShape
{
    private readonly Matrix4x4 toHead;

    /// <summary>Draws a head.</summary>
    public HeadShape(PhantomRandom random)
    {
        var scale = new Vector3(random.Between(0.94f, 1.06f), random.Between(0.94f, 1.06f), random.Between(0.95f, 1.05f));
        const float Degree = MathF.PI / 180;
        var turn = Matrix4x4.CreateFromYawPitchRoll(random.Between(-4, 4) * Degree, random.Between(-8, 6) * Degree, random.Between(-6, 6) * Degree);
        toHead = Matrix4x4.CreateTranslation(random.Between(-4, 4), random.Between(-5, 5), random.Between(-3, 3))
            * turn * Matrix4x4.CreateScale(Vector3.One / scale);
        Noise = new NoiseField(random);
        VentricleSize = random.Between(0.8f, 1.3f);
        SulcusWidth = random.Between(0.35f, 1f);
        CortexWidth = random.Between(2.6f, 3.4f);
        SkullWidth = random.Between(4.5f, 7f);
        ScalpWidth = random.Between(3.5f, 6.5f);
    }

    /// <summary>Random field of this head.</summary>
    public NoiseField Noise { get; }

    /// <summary>Size of the ventricles, 1 for the usual.</summary>
    public float VentricleSize { get; }

    /// <summary>Half the width of the sulci in mm.</summary>
    public float SulcusWidth { get; }

    /// <summary>Thickness of the cortex in mm.</summary>
    public float CortexWidth { get; }

    /// <summary>Thickness of the skull in mm.</summary>
    public float SkullWidth { get; }

    /// <summary>Thickness of the scalp in mm.</summary>
    public float ScalpWidth { get; }

    /// <summary>From the scanner's coordinates to the head's own, slightly bent so that no head is symmetric.</summary>
    public Vector3 ToHead(Vector3 scanner)
    {
        var point = Vector3.Transform(scanner, toHead);
        var coarse = point / 16;
        return point + (2f * new Vector3(Noise.At(coarse), Noise.At(coarse + new Vector3(19, 7, 31)), Noise.At(coarse + new Vector3(5, 41, 11))));
    }
}
