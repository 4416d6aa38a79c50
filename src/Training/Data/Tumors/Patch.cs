namespace BrainTumorDicom.Training.Data.Tumors;

/// <summary>How a patch of one view is laid over another: turned, magnified, mirrored, moved, with changed greys.</summary>
/// <param name="FromX">Column in the view that it is taken from.</param>
/// <param name="FromY">Row there.</param>
/// <param name="ToX">Column where it is put.</param>
/// <param name="ToY">Row there.</param>
/// <param name="Scale">Magnification.</param>
/// <param name="Angle">Turned by this, in radians.</param>
/// <param name="Mirrored">Whether left and right change places.</param>
/// <param name="Reach">Nothing further than this from the place is changed, in pixels.</param>
internal readonly record struct Patch(float FromX, float FromY, float ToX, float ToY, double Scale, double Angle, bool Mirrored, double Reach)
{
    /// <summary>Where the pixel (<paramref name="x"/>, <paramref name="y"/>) is taken from.</summary>
    public (float X, float Y) Source(int x, int y)
    {
        var (dx, dy) = ((x - ToX) / Scale, (y - ToY) / Scale);
        var (sin, cos) = Math.SinCos(Angle);
        var (sx, sy) = ((cos * dx) + (sin * dy), (cos * dy) - (sin * dx));
        return (FromX + (float)(Mirrored ? -sx : sx), FromY + (float)sy);
    }

    /// <summary>The grey at a place between pixels; 0 outside.</summary>
    public static float Sample(ReadOnlySpan<byte> view, int size, float x, float y)
    {
        if (x < 0 || y < 0 || x >= size - 1 || y >= size - 1)
        {
            return 0;
        }

        var (left, top) = ((int)x, (int)y);
        var (px, py) = (x - left, y - top);
        var at = (top * size) + left;
        var upper = view[at] + (px * (view[at + 1] - view[at]));
        var lower = view[at + size] + (px * (view[at + size + 1] - view[at + size]));
        return upper + (py * (lower - upper));
    }
}
