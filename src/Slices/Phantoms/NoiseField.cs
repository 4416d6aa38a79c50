using System.Numerics;

namespace BrainTumorDicom.Slices.Phantoms;

/// <summary>Smooth random field without preferred direction: white noise on a periodic grid, blurred, of mean 0 and variance 1.</summary>
internal sealed class NoiseField
{
    private const int Side = 64;
    private const int Mask = Side - 1;
    private const float Blur = 1.6f;

    private readonly float[] values = new float[Side * Side * Side];

    /// <summary>Makes the field.</summary>
    public NoiseField(PhantomRandom random)
    {
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = random.Between(-1, 1);
        }

        foreach (var stride in (ReadOnlySpan<int>)[1, Side, Side * Side])
        {
            BlurAlong(stride);
        }

        var deviation = MathF.Sqrt(values.Sum(value => value * value) / values.Length);
        for (var i = 0; i < values.Length; i++)
        {
            values[i] /= deviation;
        }
    }

    /// <summary>The field at <paramref name="point"/>, in units in which it crosses zero every 7 or so.</summary>
    public float At(Vector3 point)
    {
        var (fx, fy, fz) = (MathF.Floor(point.X), MathF.Floor(point.Y), MathF.Floor(point.Z));
        var (u, v, w) = (point.X - fx, point.Y - fy, point.Z - fz);
        var (x0, y0, z0) = ((int)fx & Mask, ((int)fy & Mask) * Side, ((int)fz & Mask) * Side * Side);
        var (x1, y1, z1) = ((x0 + 1) & Mask, (y0 + Side) & (Mask * Side), (z0 + (Side * Side)) & (Mask * Side * Side));
        var near = Mix(Mix(values[z0 + y0 + x0], values[z0 + y0 + x1], u), Mix(values[z0 + y1 + x0], values[z0 + y1 + x1], u), v);
        var far = Mix(Mix(values[z1 + y0 + x0], values[z1 + y0 + x1], u), Mix(values[z1 + y1 + x0], values[z1 + y1 + x1], u), v);
        return Mix(near, far, w);
    }

    private static float Mix(float a, float b, float t) => a + ((b - a) * t);

    private void BlurAlong(int stride)
    {
        const int Reach = 5;
        Span<float> kernel = stackalloc float[(2 * Reach) + 1];
        for (var i = -Reach; i <= Reach; i++)
        {
            kernel[i + Reach] = MathF.Exp(-i * i / (2 * Blur * Blur));
        }

        Span<float> line = stackalloc float[Side];
        for (var start = 0; start < values.Length; start++)
        {
            if ((start / stride & Mask) != 0)
            {
                continue;
            }

            for (var i = 0; i < Side; i++)
            {
                line[i] = values[start + (i * stride)];
            }

            for (var i = 0; i < Side; i++)
            {
                var sum = 0f;
                for (var j = -Reach; j <= Reach; j++)
                {
                    sum += kernel[j + Reach] * line[(i + j) & Mask];
                }

                values[start + (i * stride)] = sum;
            }
        }
    }
}
