using BrainTumorDicom.Slices.Conversion;

namespace BrainTumorDicom.Training.Data;

/// <summary>
/// Pictures that are no slices of a head, drawn from nothing or out of heads cut up: the input gate learns from them what to refuse.
/// Real ones (spines, knees, photographs) are kept for tests.
/// </summary>
/// <param name="reader">Converts them.</param>
/// <param name="heads">Slices to cut up.</param>
internal sealed class NonHeads(SliceReader reader, IReadOnlyList<Sample> heads)
{
    private const int Size = 192;

    private delegate void Drawing(float[] picture, ref SeededRandom random);

    /// <summary>Makes <paramref name="count"/> of them, of all kinds in turn.</summary>
    public IReadOnlyList<Sample> Make(int count, int seed)
    {
        Drawing[] kinds = [Noise, Smooth, Photograph, Photograph, Limb, Limb, Spine, Spine, Trunk, CutUp, CutUp, Tiles, Bone, Object, Object, Screen, Screen];
        return [.. Enumerable.Range(0, count).AsParallel().AsOrdered().Select(i =>
        {
            var random = new SeededRandom(seed, stream: 9_000_000 + (ulong)i);
            var picture = new float[Size * Size];
            kinds[i % kinds.Length](picture, ref random);
            Disturb(picture, ref random);
            var slice = new SlicePixels(picture, Size, Size);
            return reader.Read(
                slice, DisplayRange.OfSeries([slice], reader.Parameters), default, FormattableString.Invariant($"non-head {i}"), SampleOrigin.Also, "non-heads").Sample;
        })];
    }

    private static void Noise(float[] picture, ref SeededRandom random)
    {
        var grain = 1 + random.Below(6);
        for (var y = 0; y < Size; y++)
        {
            for (var x = 0; x < Size; x++)
            {
                picture[(y * Size) + x] = x % grain == 0 && y % grain == 0
                    ? (float)Math.Abs(random.NextNormal())
                    : picture[((y / grain * grain) * Size) + (x / grain * grain)];
            }
        }
    }

    // Blank, or one shade going over into another.
    private static void Smooth(float[] picture, ref SeededRandom random)
    {
        var (a, b, c) = random.Chance(0.3) ? (0, 0, 0) : (random.NextNormal(), random.NextNormal(), random.NextNormal());
        for (var i = 0; i < picture.Length; i++)
        {
            var (x, y) = ((double)(i % Size) / Size, (double)(i / Size) / Size);
            picture[i] = (float)(2 + (a * x) + (b * y) + (c * x * y));
        }
    }

    // Overlapping shapes of every size fill it to the edges, as objects fill a photograph.
    private static void Photograph(float[] picture, ref SeededRandom random)
    {
        Smooth(picture, ref random);
        for (var shapes = 10 + random.Below(120); shapes > 0; shapes--)
        {
            var radius = Size * 0.02 * Math.Exp(random.Between(0, 2.6));
            Ellipse(
                picture, random.Between(0, Size), random.Between(0, Size), radius, radius * random.Between(0.2, 1.5), random.Between(0, 3), random.Between(0, 4), ref random,
                isBox: random.Chance(0.4));
        }
    }

    // A joint: two bones in soft tissue, which reaches from edge to edge.
    private static void Limb(float[] picture, ref SeededRandom random)
    {
        var (width, tilt) = (random.Between(0.2, 0.4) * Size, random.Between(-0.25, 0.25));
        var joint = Size * random.Between(0.4, 0.6);
        var (tissue, marrow, fat) = (random.Between(0.2, 0.7), random.Between(0.3, 1.2), random.Between(0.5, 1.4));
        for (var legs = random.Chance(0.3) ? 2 : 1; legs > 0; legs--)
        {
            var center = Size * random.Between(0.35, 0.65);
            Ellipse(picture, center, Size / 2.0, width, Size * random.Between(0.7, 1.2), tilt, fat, ref random);
            Ellipse(picture, center, Size / 2.0, width * 0.88, Size * random.Between(0.65, 1.1), tilt, tissue, ref random);
            for (var bone = -1; bone <= 1; bone += 2)
            {
                var y = joint + (bone * Size * 0.34);
                Ellipse(picture, center, y, width * 0.62, Size * 0.31, tilt, 0.1, ref random, isBox: true);
                Ellipse(picture, center, y, width * 0.55, Size * 0.29, tilt, marrow, ref random, isBox: true);
            }
        }
    }

    // Vertebrae and discs one above the other, the canal behind them, fat at the back.
    private static void Spine(float[] picture, ref SeededRandom random)
    {
        var (tissue, body, disc, cord, fat) = (
            random.Between(0.05, 0.5), random.Between(0.4, 1), random.Between(0.1, 1), random.Between(0.3, 1.3), random.Between(0.6, 1.5));
        Ellipse(picture, Size / 2.0, Size / 2.0, Size * random.Between(0.3, 0.5), Size, 0, tissue, ref random, isBox: true);
        Ellipse(picture, Size * random.Between(0.8, 0.95), Size / 2.0, Size * 0.12, Size, random.Between(-0.1, 0.1), fat, ref random, isBox: true);
        var (vertebrae, bend) = (5 + random.Below(7), random.Between(-30, 30));
        var height = (double)Size / vertebrae;
        for (var i = 0; i < vertebrae; i++)
        {
            var y = (i + 0.5) * height;
            var x = (Size * 0.42) + (bend * Math.Sin(Math.PI * y / Size));
            Ellipse(picture, x, y, height * 0.55, height * 0.48, 0, disc, ref random, isBox: true);
            Ellipse(picture, x, y, height * 0.6, height * 0.36, 0, body, ref random, isBox: true);
            Ellipse(picture, x + height, y, height * 0.25, height * 0.52, 0, cord, ref random, isBox: true);
            Ellipse(picture, x + (1.7 * height), y, height * 0.35, height * 0.2, 0.5, body, ref random);
        }
    }

    // A wide oval with organs in it.
    private static void Trunk(float[] picture, ref SeededRandom random)
    {
        var (width, height) = (Size * random.Between(0.42, 0.49), Size * random.Between(0.25, 0.35));
        Ellipse(picture, Size / 2.0, Size / 2.0, width, height, 0, random.Between(0.7, 1.4), ref random);
        Ellipse(picture, Size / 2.0, Size / 2.0, width * 0.86, height * 0.84, 0, random.Between(0.1, 0.4), ref random);
        for (var organs = 5 + random.Below(10); organs > 0; organs--)
        {
            Ellipse(
                picture, (Size / 2.0) + (width * random.Between(-0.6, 0.6)), (Size / 2.0) + (height * random.Between(-0.6, 0.6)),
                width * random.Between(0.08, 0.35), height * random.Between(0.1, 0.45), random.Between(0, 3), random.Between(0, 1.2), ref random);
        }
    }

    // Some solid thing: fruit, a bottle, a test object.
    private static void Object(float[] picture, ref SeededRandom random)
    {
        var (width, height) = (Size * random.Between(0.2, 0.48), Size * random.Between(0.2, 0.48));
        for (var shell = 1.0; shell > 0.1; shell *= random.Between(0.6, 0.95))
        {
            Ellipse(picture, Size / 2.0, Size / 2.0, width * shell, height * shell, 0, random.Between(0, 1.2), ref random, isBox: random.Chance(0.2));
        }

        for (var holes = random.Below(30); holes > 0; holes--)
        {
            var (angle, distance) = (random.Between(0, 6.3), random.Between(0, 0.8));
            Ellipse(
                picture, (Size / 2.0) + (width * distance * Math.Cos(angle)), (Size / 2.0) + (height * distance * Math.Sin(angle)),
                random.Between(2, 12), random.Between(2, 12), random.Between(0, 3), random.Between(0, 1.2), ref random);
        }
    }

    // Windows, diagrams and pages of text, dark on bright or the other way round, some of them small in an empty frame.
    private static void Screen(float[] picture, ref SeededRandom random)
    {
        var (paper, ink) = random.Chance(0.6) ? (1.0, 0.1) : (0.05, 0.9);
        var (left, top) = (random.Between(0, 0.3), random.Between(0, 0.3));
        var (width, height) = (random.Between(0.4, 1) * (1 - left), random.Between(0.4, 1) * (1 - top));
        if (random.Chance(0.5))
        {
            Array.Fill(picture, (float)paper);
        }

        Box(picture, left, top, width, height, paper);
        for (var boxes = random.Below(12); boxes > 0; boxes--)
        {
            Box(
                picture, left + (width * random.Between(0, 0.8)), top + (height * random.Between(0, 0.8)), width * random.Between(0.02, 0.5),
                height * random.Between(0.02, 0.5), random.Between(0, 1));
        }

        for (var lines = random.Below(40); lines > 0; lines--)
        {
            var (x, y) = (left + (width * random.Between(0, 0.3)), top + (height * random.Between(0, 1)));
            var end = left + (width * random.Between(0.4, 1));
            for (; x < end; x += random.Between(0.005, 0.03))
            {
                Box(picture, x, y, random.Between(0.003, 0.015), random.Between(0.005, 0.02), ink);
            }
        }
    }

    private static void Box(float[] picture, double left, double top, double width, double height, double grey)
    {
        for (var y = (int)(Size * top); y < Math.Min(Size, Math.Ceiling(Size * (top + height))); y++)
        {
            for (var x = (int)(Size * left); x < Math.Min(Size, Math.Ceiling(Size * (left + width))); x++)
            {
                picture[(y * Size) + x] = (float)grey;
            }
        }
    }

    // A head in pieces that lie elsewhere, or one piece of it alone.
    private void CutUp(float[] picture, ref SeededRandom random)
    {
        var head = Head(ref random);
        var pieces = 1 + random.Below(4);
        if (pieces == 1)
        {
            var (left, top, part) = (random.Between(0.2, 0.5), random.Between(0.2, 0.5), random.Between(0.18, 0.3));
            Fill(picture, (x, y) => At(head, left + (part * x), top + (part * y)));
            return;
        }

        var order = Enumerable.Range(0, pieces * pieces).ToArray();
        random.Shuffle<int>(order);
        Fill(picture, (x, y) =>
        {
            var (column, row) = ((int)(x * pieces), (int)(y * pieces));
            var from = order[(row * pieces) + column];
            return At(head, ((from % pieces) + ((x * pieces) - column)) / pieces, ((from / pieces) + ((y * pieces) - row)) / pieces);
        });
    }

    // Many small heads, as a mosaic of a time series.
    private void Tiles(float[] picture, ref SeededRandom random)
    {
        var head = Head(ref random);
        var tiles = 3 + random.Below(5);
        Fill(picture, (x, y) => At(head, (x * tiles) % 1, (y * tiles) % 1));
    }

    // Bone white and everything else nearly one grey, as in CT.
    private void Bone(float[] picture, ref SeededRandom random)
    {
        var head = Head(ref random);
        var outline = new Tumors.HeadOutline(head, reader.SourceSize);
        var (thickness, grey) = (random.Between(0.06, 0.14), random.Between(0.25, 0.5));
        Fill(picture, (x, y) =>
        {
            var part = outline.BrainPart(x * reader.SourceSize, y * reader.SourceSize);
            return part < 1 - (thickness / 2) ? grey + (0.06f * At(head, x, y)) : part < 1 + (thickness / 2) ? 1 : outline.IsHead(x * reader.SourceSize, y * reader.SourceSize) ? grey * 0.7 : 0;
        });
    }

    private byte[] Head(ref SeededRandom random) => heads[random.Below(heads.Count)].Source;

    private double At(byte[] head, double x, double y) =>
        head[(Math.Clamp((int)(y * reader.SourceSize), 0, reader.SourceSize - 1) * reader.SourceSize) + Math.Clamp((int)(x * reader.SourceSize), 0, reader.SourceSize - 1)] / 255.0;

    private static void Fill(float[] picture, Func<double, double, double> grey)
    {
        for (var i = 0; i < picture.Length; i++)
        {
            picture[i] = (float)grey((double)(i % Size) / Size, (double)(i / Size) / Size);
        }
    }

    private static void Ellipse(
        float[] picture, double centerX, double centerY, double radiusX, double radiusY, double angle, double grey, ref SeededRandom random, bool isBox = false)
    {
        var (sin, cos) = Math.SinCos(angle);
        var texture = 0.12 * grey;
        var reach = Math.Max(radiusX, radiusY) * 1.5;
        for (var y = (int)Math.Max(0, centerY - reach); y < Math.Min(Size, centerY + reach); y++)
        {
            for (var x = (int)Math.Max(0, centerX - reach); x < Math.Min(Size, centerX + reach); x++)
            {
                var (dx, dy) = (x - centerX, y - centerY);
                var (u, v) = (((cos * dx) + (sin * dy)) / radiusX, ((cos * dy) - (sin * dx)) / radiusY);
                if (isBox ? Math.Abs(u) < 1 && Math.Abs(v) < 1 : (u * u) + (v * v) < 1)
                {
                    picture[(y * Size) + x] = (float)(grey + (texture * random.Between(-1, 1)));
                }
            }
        }
    }

    // Sampled as scanners do: a little blurred, with noise.
    private static void Disturb(float[] picture, ref SeededRandom random)
    {
        if (random.Chance(0.6))
        {
            for (var i = Size + 1; i < picture.Length; i++)
            {
                picture[i] = (picture[i] + picture[i - 1] + picture[i - Size] + picture[i - Size - 1]) / 4;
            }
        }

        var noise = random.Chance(0.5) ? random.Between(0, 0.08) : 0;
        for (var i = 0; i < picture.Length && noise > 0; i++)
        {
            picture[i] += (float)(noise * Math.Abs(random.NextNormal()));
        }
    }
}
