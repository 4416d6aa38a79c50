namespace BrainTumorDicom.Training.Data.Tumors;

/// <summary>How alike the halves of a view are when it is mirrored left to right: axial and coronal slices are, sagittal ones are not.</summary>
/// <param name="Correlation">Of the view with its mirror image at the best shift.</param>
internal readonly record struct Symmetry(double Correlation)
{
    private const int Step = 3;

    // Half a head is never further from the middle of its box than this part of the width.
    private const double MostShift = 0.06;

    // Above it a slice is axial or coronal.
    private const double Least = 0.6;

    /// <summary>Whether the halves are alike enough to stand for each other.</summary>
    public bool IsSymmetric => Correlation > Least;

    /// <summary>Measures it.</summary>
    public static Symmetry Of(ReadOnlySpan<byte> view, int size)
    {
        var best = -1.0;
        var most = (int)(2 * MostShift * size);
        for (var shift = -most; shift <= most; shift += 2)
        {
            best = Math.Max(best, Correlate(view, size, size - 1 + shift));
        }

        return new Symmetry(best);
    }

    // Column x of the view lies at column mirrorSum - x of its mirror image.
    private static double Correlate(ReadOnlySpan<byte> view, int size, int mirrorSum)
    {
        double n = 0, sa = 0, sb = 0, saa = 0, sbb = 0, sab = 0;
        for (var y = 0; y < size; y += Step)
        {
            for (var x = 0; x <= mirrorSum / 2; x += Step)
            {
                var other = mirrorSum - x;
                double a = view[(y * size) + x], b = other < size ? view[(y * size) + other] : 0;
                n++;
                sa += a;
                sb += b;
                saa += a * a;
                sbb += b * b;
                sab += a * b;
            }
        }

        var (va, vb) = (saa - (sa * sa / n), sbb - (sb * sb / n));
        return va <= 0 || vb <= 0 ? 0 : (sab - (sa * sb / n)) / Math.Sqrt(va * vb);
    }
}
