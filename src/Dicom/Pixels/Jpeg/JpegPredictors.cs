namespace BrainTumorDicom.Dicom.Pixels.Jpeg;

/// <summary>The predictors of lossless coding (T.81 table H.1): from the sample left (Ra), above (Rb) and above left (Rc).</summary>
internal static class JpegPredictors
{
    private interface IPredictor
    {
        public static abstract int Of(int left, int above, int corner);
    }

    /// <summary>Turns the differences of a line into samples, modulo 2^16 (T.81 §H.2.1).</summary>
    /// <param name="selector">Ss of the scan: 1 to 7.</param>
    /// <param name="line">Differences, replaced by samples.</param>
    /// <param name="above">The line above.</param>
    internal static void Restore(int selector, Span<ushort> line, ReadOnlySpan<ushort> above)
    {
        switch (selector)
        {
            case 1:
                Restore<Left>(line, above);
                break;
            case 2:
                Restore<Above>(line, above);
                break;
            case 3:
                Restore<Corner>(line, above);
                break;
            case 4:
                Restore<Plane>(line, above);
                break;
            case 5:
                Restore<LeftAndHalf>(line, above);
                break;
            case 6:
                Restore<AboveAndHalf>(line, above);
                break;
            default:
                Restore<Mean>(line, above);
                break;
        }
    }

    /// <summary>As <see cref="Restore(int, Span{ushort}, ReadOnlySpan{ushort})"/> for the first line, also the first after a restart: from <paramref name="origin"/>, then from the left.</summary>
    internal static void RestoreFirst(Span<ushort> line, int origin)
    {
        var left = origin;
        foreach (ref var sample in line)
        {
            sample = (ushort)(sample + left);
            left = sample;
        }
    }

    private static void Restore<T>(Span<ushort> line, ReadOnlySpan<ushort> above)
        where T : struct, IPredictor
    {
        int corner = above[0];
        var left = (ushort)(line[0] + corner);
        line[0] = left;
        for (var i = 1; i < line.Length; i++)
        {
            int up = above[i];
            left = (ushort)(line[i] + T.Of(left, up, corner));
            line[i] = left;
            corner = up;
        }
    }

    private struct Left : IPredictor
    {
        public static int Of(int left, int above, int corner) => left;
    }

    private struct Above : IPredictor
    {
        public static int Of(int left, int above, int corner) => above;
    }

    private struct Corner : IPredictor
    {
        public static int Of(int left, int above, int corner) => corner;
    }

    private struct Plane : IPredictor
    {
        public static int Of(int left, int above, int corner) => left + above - corner;
    }

    private struct LeftAndHalf : IPredictor
    {
        public static int Of(int left, int above, int corner) => left + ((above - corner) >> 1);
    }

    private struct AboveAndHalf : IPredictor
    {
        public static int Of(int left, int above, int corner) => above + ((left - corner) >> 1);
    }

    private struct Mean : IPredictor
    {
        public static int Of(int left, int above, int corner) => (left + above) >> 1;
    }
}
