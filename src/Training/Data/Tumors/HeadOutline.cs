namespace BrainTumorDicom.Training.Data.Tumors;

/// <summary>The outline of a head in a square view of it, and an estimate of where the brain begins, as radii around the middle.</summary>
/// <remarks>
/// From outside in, a head is scalp (bright), skull (dark), brain. In each direction the darkest place in the outer part of the radius
/// is taken for the skull, and a median over neighbouring directions removes what is off. Where nothing is dark (a head already
/// stripped) the brain begins at the outline.
/// </remarks>
internal sealed class HeadOutline
{
    private const int Directions = 72;
    private const int Background = 24;
    private const double OuterPart = 0.74;
    private const int MedianReach = 4;
    private readonly float[] _outer = new float[Directions];
    private readonly float[] _inner = new float[Directions];

    /// <summary>Finds it.</summary>
    /// <param name="view">[size × size] grey values.</param>
    /// <param name="size">Rows and columns.</param>
    public HeadOutline(ReadOnlySpan<byte> view, int size)
    {
        Center = size / 2f;
        Span<float> profile = stackalloc float[(size / 2) + 1];
        for (var d = 0; d < Directions; d++)
        {
            var angle = 2 * Math.PI * d / Directions;
            var (dx, dy) = (Math.Cos(angle), Math.Sin(angle));
            var outer = 0;
            for (var r = 0; r < profile.Length; r++)
            {
                var x = Math.Clamp((int)(Center + (r * dx)), 1, size - 2);
                var y = Math.Clamp((int)(Center + (r * dy)), 1, size - 2);
                var at = (y * size) + x;
                profile[r] = (view[at] + view[at - 1] + view[at + 1] + view[at - size] + view[at + size]) / 5f;
                outer = profile[r] > Background ? r : outer;
            }

            _outer[d] = outer;
            _inner[d] = Inner(profile, outer);
        }

        Smooth(_outer);
        Smooth(_inner);
    }

    /// <summary>The middle, in pixels, along both axes.</summary>
    public float Center { get; }

    /// <summary>Mean radius of the brain.</summary>
    public float BrainRadius => _inner.Average();

    /// <summary>Where a place lies between the middle (0) and the inside of the skull (1).</summary>
    public double BrainPart(double x, double y)
    {
        var (dx, dy) = (x - Center, y - Center);
        return Math.Sqrt((dx * dx) + (dy * dy)) / Math.Max(1, At(_inner, Math.Atan2(dy, dx)));
    }

    /// <summary>Radius of the brain in a direction.</summary>
    public double Brain(double angle) => At(_inner, angle);

    /// <summary>Whether a place lies within the outline of the head.</summary>
    public bool IsHead(double x, double y)
    {
        var (dx, dy) = (x - Center, y - Center);
        return Math.Sqrt((dx * dx) + (dy * dy)) <= At(_outer, Math.Atan2(dy, dx));
    }

    private static float Inner(ReadOnlySpan<float> profile, int outer)
    {
        var (least, place) = (float.MaxValue, outer);
        for (var r = (int)(OuterPart * outer); r < outer - 1; r++)
        {
            if (profile[r] <= least)
            {
                (least, place) = (profile[r], r);
            }
        }

        // Skull is darker than what lies on both sides of it.
        var inside = 0f;
        for (var r = outer / 2; r < Math.Max((outer / 2) + 1, (int)(OuterPart * outer)); r++)
        {
            inside = Math.Max(inside, profile[r]);
        }

        return least < 0.55f * inside ? Math.Max(1, place - 1) : Math.Max(1, outer - 1);
    }

    private static float At(float[] radii, double angle)
    {
        var place = ((angle / (2 * Math.PI)) + 2) * Directions;
        var low = (int)Math.Floor(place);
        var part = (float)(place - low);
        return radii[low % Directions] + (part * (radii[(low + 1) % Directions] - radii[low % Directions]));
    }

    private static void Smooth(float[] radii)
    {
        var copy = (float[])radii.Clone();
        Span<float> window = stackalloc float[(2 * MedianReach) + 1];
        for (var d = 0; d < Directions; d++)
        {
            for (var k = -MedianReach; k <= MedianReach; k++)
            {
                window[k + MedianReach] = copy[(d + k + Directions) % Directions];
            }

            window.Sort();
            radii[d] = window[MedianReach];
        }
    }
}
