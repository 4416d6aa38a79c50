using BrainTumorDicom.Classification.Findings;
using BrainTumorDicom.Training.Data.Tumors;
using BrainTumorDicom.Training.Data.Volumes;

namespace BrainTumorDicom.Training.Data;

/// <summary>Makes a varied view of a slice; by its origin, with a tumour put into it.</summary>
/// <param name="samples">Where styles are borrowed from.</param>
/// <param name="sourceSize">Rows and columns of <see cref="Sample.Source"/>.</param>
/// <param name="size">Rows and columns of the network's input.</param>
/// <param name="usual">How much varies.</param>
/// <param name="strong">How much varies in whole heads and in some of the main set's slices; <see langword="null"/> for as usual.</param>
/// <param name="blend">Moves tumours; <see langword="null"/> for not at all.</param>
internal sealed class Augmenter(
    IReadOnlyList<Sample> samples, int sourceSize, int size, Augmentation usual, Augmentation? strong = null, TumorBlend? blend = null)
{
    /// <summary>Probability that a slice of a whole head gets a tumour.</summary>
    public const double TumorInVolume = 0.28;

    /// <summary>Probability that a phantom's slice without tumour gets one.</summary>
    public const double TumorInPhantom = 0.3;

    private const double StrongInMain = 0.3;
    private const double StrongElsewhere = 0.5;
    private const double HealthyPatch = 0.25;
    private const double SpotsInHealthy = 0.1;

    // What is not axial keeps face and neck when its outer part goes; such views are rare.
    private const double StripOfOthers = 0.3;

    private const int Levels = 256;
    private static readonly float[] NoiseTable = MakeNoise();

    // By origin, so that the few slices of whole volumes lend their style as often as the many of the main set.
    private readonly Sample[][] _styles = [.. samples.GroupBy(sample => sample.Origin).OrderBy(origin => origin.Key).Select(origin => origin.ToArray())];

    /// <summary>Rows and columns of what is made.</summary>
    public int Size => size;

    /// <summary>Writes a view of <paramref name="sample"/> to <paramref name="input"/>; equal streams give equal views.</summary>
    /// <returns>What the view shows.</returns>
    public AugmentedView Apply(Sample sample, ref SeededRandom random, Span<float> input)
    {
        var strength = strong is not null && random.Chance(sample.Origin == SampleOrigin.Main ? StrongInMain : StrongElsewhere) ? strong : usual;
        var source = (byte[])sample.Source.Clone();
        var (label, mask, isSure) = Edit(sample, source, ref random);
        var part = random.Chance(strength.Strip) ? Strip(sample, source, mask, ref random) : (0, 0, 1);
        Span<float> tones = stackalloc float[Levels];
        FillTones(source, strength, ref random, tones);
        var detail = random.Chance(strength.LowResolution) ? random.Between(1.3, 2.2) : 1;
        var rows = (int)Math.Round(size / detail);
        var view = ViewTransform.Random(strength, ref random).Within(part);
        if (rows == size)
        {
            view.Render(source, sourceSize, tones, input, size);
        }
        else
        {
            var coarse = new float[rows * rows];
            view.Render(source, sourceSize, tones, coarse, rows);
            Enlarge(coarse, rows, input);
        }

        Disturb(strength, ref random, input);
        return new AugmentedView(label, mask, isSure, view, sourceSize);
    }

    // Healthy slices get one, or healthy tissue by the same way, or spots, or nothing.
    private (TumorClass Label, byte[]? Mask, bool IsSure) Edit(Sample sample, byte[] source, ref SeededRandom random)
    {
        if (blend is null || sample.Label != TumorClass.NoTumor || sample.Origin == SampleOrigin.Main)
        {
            return (sample.Label, blend?.MaskOf(sample), IsSure: false);
        }

        var tumor = sample.Origin switch
        {
            SampleOrigin.Volume => random.Chance(TumorInVolume),
            SampleOrigin.Phantom => random.Chance(TumorInPhantom),
            SampleOrigin.Host => true,
            _ => false,
        };
        var mask = new byte[tumor ? source.Length : 0];
        if (tumor && blend.PutTumor(sample, source, mask, ref random) is var label and not TumorClass.NoTumor)
        {
            return (label, mask, IsSure: true);
        }

        if (random.Chance(HealthyPatch))
        {
            blend.PutHealthy(sample, source, ref random);
        }

        if (random.Chance(SpotsInHealthy))
        {
            Spots.Add(source, sourceSize, ref random);
        }

        return (TumorClass.NoTumor, null, IsSure: true);
    }

    private (double X, double Y, double Half) Strip(Sample sample, byte[] source, byte[]? mask, ref SeededRandom random)
    {
        var axial = sample.Plane == HeadPlane.Axial || (sample.Plane == HeadPlane.Unknown && SkullStrip.IsAxial(source, sourceSize));
        if (!axial && !random.Chance(StripOfOthers))
        {
            return (0, 0, 1);
        }

        return SkullStrip.Apply(source, mask, sourceSize, ref random);
    }

    private void Disturb(Augmentation strength, ref SeededRandom random, Span<float> input)
    {
        if (random.Chance(strength.BiasField))
        {
            ApplyBias(ref random, input);
        }

        if (random.Chance(strength.Noise))
        {
            ApplyNoise(ref random, input);
        }

        if (random.Chance(strength.Border))
        {
            ApplyBorder(ref random, input);
        }

        if (random.Chance(strength.Jpeg))
        {
            JpegHistory.Apply(input, size, random.Between(15, 75));
        }
    }

    // One table for everything that depends on the grey value alone.
    private void FillTones(byte[] source, Augmentation strength, ref SeededRandom random, Span<float> tones)
    {
        if (random.Chance(strength.Style))
        {
            var styles = _styles[random.Below(_styles.Length)];
            ToneMatch.Fill(source, styles[random.Below(styles.Length)].Source, tones);
        }
        else
        {
            for (var i = 0; i < Levels; i++)
            {
                tones[i] = i / 255f;
            }
        }

        if (random.Chance(strength.Curve))
        {
            ToneCurve.Apply(tones, ref random);
        }

        var invert = random.Chance(strength.Inversion) ? random.Between(0.6, 1) : 0;
        var gamma = strength.Tones ? Math.Exp(random.Between(-0.3, 0.3)) : 1;
        var low = strength.Tones ? random.Between(-0.06, 0.08) : 0;
        var high = strength.Tones ? random.Between(0.85, 1.15) : 1;
        for (var i = 0; i < Levels; i++)
        {
            var tone = (double)tones[i];

            // The background stays dark; above it the order of the greys turns over.
            tone += invert * Math.Min(1, tone / 0.15) * (1 - (2 * tone) + 0.1);
            tone = Math.Pow(Math.Clamp(tone, 0, 1), gamma);
            tones[i] = (float)Math.Clamp((tone - low) / (high - low), 0, 1);
        }
    }

    private void Enlarge(ReadOnlySpan<float> coarse, int rows, Span<float> input)
    {
        var scale = (float)rows / size;
        for (var y = 0; y < size; y++)
        {
            var sourceY = Math.Clamp(((y + 0.5f) * scale) - 0.5f, 0, rows - 1.001f);
            var top = (int)sourceY;
            var partY = sourceY - top;
            for (var x = 0; x < size; x++)
            {
                var sourceX = Math.Clamp(((x + 0.5f) * scale) - 0.5f, 0, rows - 1.001f);
                var left = (int)sourceX;
                var partX = sourceX - left;
                var at = (top * rows) + left;
                var upper = coarse[at] + (partX * (coarse[at + 1] - coarse[at]));
                var lower = coarse[at + rows] + (partX * (coarse[at + rows + 1] - coarse[at + rows]));
                input[(y * size) + x] = upper + (partY * (lower - upper));
            }
        }
    }

    // A polynomial of second order, as the sensitivity of a surface coil looks over a head.
    private void ApplyBias(ref SeededRandom random, Span<float> input)
    {
        var (a, b) = ((float)random.Between(-0.35, 0.35), (float)random.Between(-0.35, 0.35));
        var (c, d, e) = ((float)random.Between(-0.25, 0.25), (float)random.Between(-0.25, 0.25), (float)random.Between(-0.2, 0.2));
        for (var y = 0; y < size; y++)
        {
            var v = (2f * y / size) - 1;
            for (var x = 0; x < size; x++)
            {
                var u = (2f * x / size) - 1;
                var gain = 1 + (a * u) + (b * v) + (c * u * u) + (d * v * v) + (e * u * v);
                ref var value = ref input[(y * size) + x];
                value = Math.Clamp(value * gain, 0, 1);
            }
        }
    }

    private static void ApplyNoise(ref SeededRandom random, Span<float> input)
    {
        var deviation = (float)random.Between(0.005, 0.04);
        var offset = random.Below(NoiseTable.Length);
        foreach (ref var value in input)
        {
            value = Math.Clamp(value + (deviation * NoiseTable[offset]), 0, 1);
            offset = (offset + 1) % NoiseTable.Length;
        }
    }

    private void ApplyBorder(ref SeededRandom random, Span<float> input)
    {
        var side = random.Below(4);
        var width = 1 + random.Below(size / 6);
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j < width; j++)
            {
                var (row, column) = side switch { 0 => (j, i), 1 => (size - 1 - j, i), 2 => (i, j), _ => (i, size - 1 - j) };
                input[(row * size) + column] = 0;
            }
        }
    }

    // A prime length, so that rows of any size do not repeat.
    private static float[] MakeNoise()
    {
        var random = new SeededRandom(1, stream: 3);
        var table = new float[65521];
        foreach (ref var value in table.AsSpan())
        {
            value = (float)random.NextNormal();
        }

        return table;
    }
}
