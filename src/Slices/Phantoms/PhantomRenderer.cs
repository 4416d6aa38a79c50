using System.Numerics;

namespace BrainTumorDicom.Slices.Phantoms;

/// <summary>Samples a head on the grid of a series, and adds what a scanner adds.</summary>
internal sealed class PhantomRenderer
{
    /// <summary>Height of the lower face of the lowest slice in mm.</summary>
    public const float Bottom = -66;

    /// <summary>How far the field of view is shifted to the back in mm.</summary>
    public const float Back = -2;

    private readonly PhantomClass kind;
    private readonly int seed;
    private readonly PhantomOptions options;
    private readonly HeadShape shape;
    private readonly BrainAnatomy brain;
    private readonly FaceAnatomy face;
    private readonly Lesion? lesion;
    private readonly float[] signals;
    private readonly Vector3 biasSlope;
    private readonly float biasBowl;
    private readonly float noise;
    private readonly float blur;
    private readonly float[] normals;

    /// <summary>Draws everything that is random but the noise of each slice.</summary>
    public PhantomRenderer(PhantomClass kind, int seed, PhantomOptions options)
    {
        this.kind = kind;
        this.seed = seed;
        this.options = options;

        // One stream a purpose: the same seed gives the same head with and without a mass, and under every contrast.
        var random = Stream(1);
        shape = new HeadShape(random);
        brain = new BrainAnatomy(shape);
        face = new FaceAnatomy(shape);
        lesion = Lesion.Draw(kind, shape, Stream(2 + (ulong)kind));
        signals = TissueContrast.Signals(options.Contrast, Stream(10));

        var scanner = Stream(11);
        biasSlope = new Vector3(scanner.Between(-0.1f, 0.1f), scanner.Between(-0.12f, 0.12f), scanner.Between(-0.1f, 0.1f)) / 90;
        biasBowl = scanner.Between(0.02f, 0.22f) / (90 * 90);
        noise = scanner.Between(0.008f, 0.022f);
        blur = scanner.Between(0.16f, 0.25f);
        normals = new float[1 << 14];
        for (var i = 0; i < normals.Length; i++)
        {
            normals[i] = scanner.Normal();
        }
    }

    /// <summary>Samples the series.</summary>
    public HeadPhantom Render()
    {
        var length = options.Size * options.Size;
        var volume = new float[options.Slices * length];
        var mask = new byte[options.Slices * length];
        Parallel.For(0, options.Slices, slice =>
            RenderSlice(slice, volume.AsSpan(slice * length, length), mask.AsSpan(slice * length, length)));
        return new HeadPhantom(kind, seed, options, volume, mask);
    }

    private PhantomRandom Stream(ulong purpose) => new(((ulong)(uint)seed * 0x9E3779B97F4A7C15) ^ (purpose * 0xD1B54A32D192ED03));

    private void RenderSlice(int slice, Span<float> pixels, Span<byte> mask)
    {
        // Thick slices show what lies in all their thickness.
        var thickness = (float)HeadPhantom.Extent / options.Slices;
        var layers = thickness > 2 ? 2 : 1;
        var z = Bottom + ((slice + 0.5f) * thickness);
        for (var layer = 0; layer < layers; layer++)
        {
            Sample(z + (thickness * (((layer + 0.5f) / layers) - 0.5f)), 1f / layers, pixels, mask);
        }

        Blur(pixels, 1, options.Size);
        Blur(pixels, options.Size, 1);
        AddNoise(pixels, Stream(100 + (ulong)slice));
    }

    private void Sample(float z, float weight, Span<float> pixels, Span<byte> mask)
    {
        var spacing = (float)options.FieldOfView / options.Size;
        var half = (options.Size - 1) / 2f;
        for (var row = 0; row < options.Size; row++)
        {
            var y = ((row - half) * spacing) + Back;
            for (var column = 0; column < options.Size; column++)
            {
                var point = new Vector3((column - half) * spacing, y, z);

                // Air around the head, far enough out for every head.
                if (new Vector2(point.X / 96, (point.Y + 5) / 120).LengthSquared() > 1)
                {
                    continue;
                }

                var signal = Signal(point, out var isTumor);
                pixels[(row * options.Size) + column] += weight * signal;
                if (isTumor)
                {
                    mask[(row * options.Size) + column] = 1;
                }
            }
        }
    }

    private float Signal(Vector3 scanner, out bool isTumor)
    {
        isTumor = false;
        var point = shape.ToHead(scanner);
        var depth = BrainAnatomy.Depth(point);
        Tissue tissue;
        if (depth <= 0)
        {
            var skin = face.SkinDepth(point, depth);
            if (skin <= 0)
            {
                return 0;
            }

            tissue = face.At(point, -depth, skin);
        }
        else
        {
            var origin = lesion?.Origin(point) ?? point;
            tissue = brain.At(origin, origin == point ? depth : Math.Min(depth, BrainAnatomy.Depth(origin)));
        }

        tissue = lesion?.At(point, depth, tissue, out isTumor) ?? tissue;
        var bias = 1 + Vector3.Dot(scanner, biasSlope) + (biasBowl * scanner.LengthSquared());
        var texture = 1 + (0.04f * shape.Noise.At(point / 1.4f)) + (0.05f * shape.Noise.At(point / 7));
        return signals[(int)tissue] * bias * texture;
    }

    private void Blur(Span<float> pixels, int step, int stride)
    {
        for (var line = 0; line < options.Size; line++)
        {
            var start = line * stride;
            var before = pixels[start];
            for (var i = 1; i < options.Size - 1; i++)
            {
                var at = start + (i * step);
                var here = pixels[at];
                pixels[at] = (here * (1 - (2 * blur))) + (blur * (before + pixels[at + step]));
                before = here;
            }
        }
    }

    /// <summary>Magnitude of a complex signal with normal noise in both parts (Rician).</summary>
    private void AddNoise(Span<float> pixels, PhantomRandom random)
    {
        var mask = normals.Length - 1;
        for (var i = 0; i < pixels.Length; i++)
        {
            var bits = random.Next();
            var real = pixels[i] + (noise * normals[(int)(bits & (ulong)mask)]);
            var imaginary = noise * normals[(int)((bits >> 32) & (ulong)mask)];
            pixels[i] = MathF.Sqrt((real * real) + (imaginary * imaginary));
        }
    }
}
