using System.Numerics;

namespace BrainTumorDicom.Training.Data.Tumors;

/// <summary>
/// A glioma as FLAIR, T2, or T1 without contrast medium show it: an uneven zone without a sharp edge, brighter or darker than the
/// brain, sometimes with a core of another grey. The slices of the main set hardly show such.
/// </summary>
internal static class DiffuseMass
{
    // As parts of the view.
    private const double SmallestRadius = 0.05;
    private const double LargestRadius = 0.15;
    private const float MaskLevel = 0.5f;

    /// <summary>Puts one somewhere into the brain of a view.</summary>
    /// <param name="view">[size × size], changed.</param>
    /// <param name="mask">[size × size], all 0: gets 255 where the mass is.</param>
    /// <param name="outline">Of the view.</param>
    /// <param name="size">Rows and columns.</param>
    /// <param name="random">Chooses it.</param>
    /// <returns>Whether there was room.</returns>
    public static bool Put(Span<byte> view, Span<byte> mask, HeadOutline outline, int size, ref SeededRandom random)
    {
        var radius = size * Math.Exp(random.Between(Math.Log(SmallestRadius), Math.Log(LargestRadius)));
        if (outline.BrainRadius < 1.6 * radius)
        {
            return false;
        }

        var angle = random.Between(-Math.PI, Math.PI);
        var distance = Math.Max(0, outline.Brain(angle) - (0.9 * radius)) * Math.Sqrt(random.Between(0.02, 1));
        var (x, y) = (outline.Center + (distance * Math.Cos(angle)), outline.Center + (distance * Math.Sin(angle)));
        var around = BrainGreys.Around(view, size, outline, (float)x, (float)y, radius);
        var contrast = (float)random.Between(30, 95) * (around > 175 || (around > 70 && random.Chance(0.3)) ? -1 : 1);
        var texture = (float)random.Between(0.3, 0.9);
        var softness = (float)random.Between(0.12, 0.6);
        var core = random.Chance(0.4) ? (float)(random.Between(0.5, 1.3) * contrast) : 0;
        var bumps = Bumps((float)x, (float)y, (float)radius, ref random);
        var coreBumps = Bumps((float)x, (float)y, 0.45f * (float)radius, ref random);
        var reach = 1.7 * radius;
        for (var row = (int)Math.Max(0, y - reach); row <= (int)Math.Min(size - 1, y + reach); row++)
        {
            for (var column = (int)Math.Max(0, x - reach); column <= (int)Math.Min(size - 1, x + reach); column++)
            {
                var inside = Math.Clamp((float)((1.0 - outline.BrainPart(column, row)) / 0.05), 0, 1);
                var part = inside * Math.Clamp(((Height(bumps, column, row) - MaskLevel) / softness) + 0.5f, 0, 1);
                if (part <= 0)
                {
                    continue;
                }

                var at = (row * size) + column;
                var grey = around + contrast + (texture * (view[at] - around));
                grey -= core * Math.Clamp((Height(coreBumps, column, row) - MaskLevel) / 0.3f, 0, 1);
                view[at] = (byte)Math.Clamp(view[at] + (part * (Math.Clamp(grey, 8, 255) - view[at])), 0, 255);
                mask[at] = (byte)(part >= 0.5f ? 255 : 0);
            }
        }

        return true;
    }

    // X, Y, and the inverse of twice the square of the width.
    private static Vector3[] Bumps(float x, float y, float radius, ref SeededRandom random)
    {
        var bumps = new Vector3[4 + random.Below(4)];
        foreach (ref var bump in bumps.AsSpan())
        {
            var width = radius * random.Between(0.35, 0.6);
            bump = new Vector3(
                x + (float)(0.4 * radius * random.NextNormal()), y + (float)(0.4 * radius * random.NextNormal()), (float)(1 / (2 * width * width)));
        }

        return bumps;
    }

    private static float Height(Vector3[] bumps, int x, int y)
    {
        var height = 0f;
        foreach (var bump in bumps)
        {
            var (dx, dy) = (x - bump.X, y - bump.Y);
            height += MathF.Exp(-((dx * dx) + (dy * dy)) * bump.Z);
        }

        return height;
    }
}
