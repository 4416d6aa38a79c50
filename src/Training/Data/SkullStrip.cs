using BrainTumorDicom.Training.Data.Tumors;

namespace BrainTumorDicom.Training.Data;

/// <summary>Makes a view look as after skull stripping: black but for the brain, as far as a radius around the middle tells, and for a tumour at its edge.</summary>
internal static class SkullStrip
{
    private const byte Visible = 24;

    /// <summary>Whether a view looks like an axial slice: round, and narrow at both ends.</summary>
    public static bool IsAxial(ReadOnlySpan<byte> view, int size)
    {
        var outline = new HeadOutline(view, size);
        return !outline.IsHead(0.22 * size, 0.95 * size) && !outline.IsHead(0.78 * size, 0.95 * size)
            && !outline.IsHead(0.22 * size, 0.05 * size) && !outline.IsHead(0.78 * size, 0.05 * size)
            && Symmetry.Of(view, size).IsSymmetric;
    }

    /// <summary>Strips it.</summary>
    /// <param name="view">[size × size], changed.</param>
    /// <param name="keep">Mask of a tumour, or empty.</param>
    /// <param name="size">Rows and columns.</param>
    /// <param name="random">Varies the edge.</param>
    /// <returns>The part of the view that is left, as the middle (-1 to 1) and half the side (1 is all of it).</returns>
    public static (double X, double Y, double Half) Apply(Span<byte> view, ReadOnlySpan<byte> keep, int size, ref SeededRandom random)
    {
        var outline = new HeadOutline(view, size);
        var edge = random.Between(0.93, 1.03);
        var (left, top, right, bottom) = (size, size, 0, 0);
        for (var y = 0; y < size; y++)
        {
            for (var x = 0; x < size; x++)
            {
                var at = (y * size) + x;
                if (outline.BrainPart(x, y) > edge && (keep.IsEmpty || keep[at] < 128))
                {
                    view[at] = 0;
                }
                else if (view[at] > Visible)
                {
                    (left, top, right, bottom) = (Math.Min(left, x), Math.Min(top, y), Math.Max(right, x), Math.Max(bottom, y));
                }
            }
        }

        return right <= left || bottom <= top
            ? (0, 0, 1)
            : (((left + right + 1.0) / size) - 1, ((top + bottom + 1.0) / size) - 1, Math.Max(right - left + 1, bottom - top + 1) * 1.04 / size);
    }
}
