using System.Numerics;

namespace BrainTumorDicom.Slices.Phantoms;

/// <summary>An irregular mass in the white matter: enhancing rim, necrotic core, oedema along the white matter.</summary>
internal sealed class GliomaLesion(HeadShape shape, Vector3 center, float radius, float rim, float oedema, float solid)
    : Lesion(center, radius, push: 0.55f)
{
    /// <summary>
    /// Draws one in a hemisphere, away from midline, skull base and vault. A phantom has a known answer, so its core is necrotic, with
    /// nests of solid tumour at most: a small or solid one near the dura is no different from a meningioma on the picture.
    /// </summary>
    public static GliomaLesion Draw(HeadShape shape, PhantomRandom random)
    {
        var radius = random.Between(15, 24);
        Vector3 center;
        do
        {
            center = new Vector3(random.Sign() * random.Between(18, 48), random.Between(-52, 58), random.Between(-14, 46));
        }
        while (BrainAnatomy.Depth(center) < (0.75f * radius) + 9 || (center.Z < 0 && Math.Abs(center.X) < 30));

        return new GliomaLesion(shape, center, radius, random.Between(2.6f, 5.5f), random.Between(5, 16), random.Between(-0.4f, 0.5f));
    }

    /// <inheritdoc/>
    public override Tissue? At(Vector3 point, float depth, Tissue underlying, out bool isTumor)
    {
        isTumor = false;
        var distance = (point - Center).Length();
        if (distance > (1.7f * Radius) + (2 * oedema) || depth < 1.5f)
        {
            return null;
        }

        var coarse = shape.Noise.At(point / 5);
        var fine = shape.Noise.At((point + new Vector3(40, 11, 23)) / 2.2f);
        var inside = (Radius * (1 + (0.2f * coarse))) + (1.1f * fine) - distance;
        if (inside > 0)
        {
            // Half a sphere of solid tumour on one side, nests of it in the core.
            isTumor = true;
            var isRim = inside < rim + (1.4f * fine) || coarse + (0.5f * fine) > 1.9f - solid;
            return isRim ? Tissue.Enhancing : Tissue.Necrosis;
        }

        // Oedema follows the white matter in fingers and spares the cortex.
        var reach = oedema * (1 + (0.5f * coarse) + (0.3f * fine));
        return underlying == Tissue.White && -inside < reach ? Tissue.Oedema : null;
    }
}
