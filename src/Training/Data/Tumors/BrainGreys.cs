namespace BrainTumorDicom.Training.Data.Tumors;

/// <summary>Greys of brain, from samples.</summary>
internal static class BrainGreys
{
    private const int Directions = 24;

    /// <summary>Standard deviation of the greys within the brain.</summary>
    public static float Spread(ReadOnlySpan<byte> view, int size, HeadOutline outline)
    {
        double sum = 0, squares = 0, count = 0;
        for (var d = 0; d < Directions; d++)
        {
            var angle = 2 * Math.PI * d / Directions;
            for (var part = 0.1; part < 0.86; part += 0.125)
            {
                var grey = At(view, size, outline.Center + (part * outline.Brain(angle) * Math.Cos(angle)), outline.Center + (part * outline.Brain(angle) * Math.Sin(angle)));
                (sum, squares, count) = (sum + grey, squares + (grey * grey), count + 1);
            }
        }

        return (float)Math.Sqrt(Math.Max(16, (squares / count) - (sum / count * (sum / count))));
    }

    /// <summary>Mean grey of the brain in a ring around a place; of the place itself when the ring lies outside.</summary>
    public static float Around(ReadOnlySpan<byte> view, int size, HeadOutline outline, double x, double y, double radius)
    {
        double sum = 0, count = 0;
        for (var d = 0; d < Directions; d++)
        {
            var angle = 2 * Math.PI * d / Directions;
            for (var part = 1.15; part < 1.7; part += 0.25)
            {
                var (px, py) = (x + (part * radius * Math.Cos(angle)), y + (part * radius * Math.Sin(angle)));
                if (outline.BrainPart(px, py) < 1)
                {
                    (sum, count) = (sum + At(view, size, px, py), count + 1);
                }
            }
        }

        return (float)(count == 0 ? At(view, size, x, y) : sum / count);
    }

    private static byte At(ReadOnlySpan<byte> view, int size, double x, double y) =>
        view[(Math.Clamp((int)y, 0, size - 1) * size) + Math.Clamp((int)x, 0, size - 1)];
}
