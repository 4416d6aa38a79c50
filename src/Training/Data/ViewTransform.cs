namespace BrainTumorDicom.Training.Data;

/// <summary>Where each place of a view lies in its source: mirrored, turned, magnified, shifted. Coordinates run from -1 to 1.</summary>
internal readonly record struct ViewTransform(float XX, float XY, float X0, float YX, float YY, float Y0)
{
    /// <summary>A random one.</summary>
    public static ViewTransform Random(Augmentation strength, ref SeededRandom random)
    {
        var angle = random.Between(-strength.Rotation, strength.Rotation) * Math.PI / 180;
        var scale = Math.Exp(random.Between(Math.Log(strength.SmallestScale), Math.Log(strength.LargestScale)));
        var stretch = random.Between(1 - strength.Stretch, 1 + strength.Stretch);
        var mirror = random.Chance(0.5) ? -1 : 1;
        var (scaleX, scaleY) = (mirror / (scale * stretch), stretch / scale);
        return new ViewTransform(
            (float)(Math.Cos(angle) * scaleX),
            (float)(-Math.Sin(angle) * scaleX),
            (float)(2 * random.Between(-strength.Shift, strength.Shift)),
            (float)(Math.Sin(angle) * scaleY),
            (float)(Math.Cos(angle) * scaleY),
            (float)(2 * random.Between(-strength.Shift, strength.Shift)));
    }

    /// <summary>The same view of a part of the source: its middle, and half its side, 1 being all of it.</summary>
    public ViewTransform Within((double X, double Y, double Half) part)
    {
        var half = (float)part.Half;
        return new ViewTransform(
            XX * half, XY * half, (float)part.X + (X0 * half), YX * half, YY * half, (float)part.Y + (Y0 * half));
    }

    /// <summary>The column and row of the source, from 0 at its edge, that a place of the view shows.</summary>
    public (float Column, float Row) PixelAt(float u, float v, int sourceSize) =>
        (((XX * u) + (XY * v) + X0 + 1) * sourceSize / 2, ((YX * u) + (YY * v) + Y0 + 1) * sourceSize / 2);

    /// <summary>Draws the view by bilinear interpolation; outside the source it is black.</summary>
    public void Render(ReadOnlySpan<byte> source, int sourceSize, ReadOnlySpan<float> tones, Span<float> view, int size)
    {
        var step = 2f / size;
        for (var y = 0; y < size; y++)
        {
            var v = ((y + 0.5f) * step) - 1;
            for (var x = 0; x < size; x++)
            {
                var u = ((x + 0.5f) * step) - 1;
                var (column, row) = PixelAt(u, v, sourceSize);
                view[(y * size) + x] = Interpolate(source, sourceSize, tones, column - 0.5f, row - 0.5f);
            }
        }
    }

    private static float Interpolate(ReadOnlySpan<byte> source, int size, ReadOnlySpan<float> tones, float x, float y)
    {
        if (x <= -0.5f || y <= -0.5f || x >= size - 0.5f || y >= size - 0.5f)
        {
            return 0;
        }

        x = Math.Clamp(x, 0, size - 1.001f);
        y = Math.Clamp(y, 0, size - 1.001f);
        var (left, top) = ((int)x, (int)y);
        var (partX, partY) = (x - left, y - top);
        var at = (top * size) + left;
        var upper = tones[source[at]] + (partX * (tones[source[at + 1]] - tones[source[at]]));
        var lower = tones[source[at + size]] + (partX * (tones[source[at + size + 1]] - tones[source[at + size]]));
        return upper + (partY * (lower - upper));
    }
}
