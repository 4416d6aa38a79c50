using BrainTumorDicom.Classification.Findings;
using BrainTumorDicom.Training.Data;

namespace BrainTumorDicom.Training.Tests.Data;

public sealed class AugmenterTests
{
    private const int SourceSize = 40;
    private const int Size = 32;

    [Fact]
    public void Equal_streams_give_equal_views_within_range()
    {
        Sample[] samples = [Head(120), Head(200)];
        var augmenter = new Augmenter(samples, SourceSize, Size, new Augmentation());
        var seen = new HashSet<float>();
        for (var i = 0; i < 200; i++)
        {
            var first = View(augmenter, samples[0], (ulong)i);

            Assert.Equal(first, View(augmenter, samples[0], (ulong)i));
            Assert.All(first, value => Assert.InRange(value, 0f, 1f));
            seen.Add(first.Sum());
        }

        Assert.True(seen.Count > 190, "views hardly differ");
    }

    [Fact]
    public void Without_strength_a_view_is_the_slice_or_its_mirror_image()
    {
        var augmenter = new Augmenter([Head(120)], SourceSize, SourceSize, Augmentation.None);
        var sample = Head(120);
        var plain = sample.Source.Select(value => value / 255f).ToArray();
        var mirrored = plain.Chunk(SourceSize).SelectMany(row => row.Reverse()).ToArray();
        for (var i = 0; i < 20; i++)
        {
            var view = View(augmenter, sample, (ulong)i);
            var expected = Distance(view, plain) < Distance(view, mirrored) ? plain : mirrored;

            Assert.True(Distance(view, expected) < 2e-3);
        }

        static float Distance(float[] a, float[] b) => a.Zip(b, (x, y) => Math.Abs(x - y)).Max();
    }

    [Fact]
    public void Tone_matching_takes_over_the_greys_and_keeps_their_order()
    {
        var tones = new float[256];
        var dark = Enumerable.Range(0, 1000).Select(i => (byte)(40 + (i % 50))).ToArray();
        var bright = Enumerable.Range(0, 500).Select(i => (byte)(150 + (i % 100))).ToArray();

        ToneMatch.Fill(dark, bright, tones);

        Assert.All(Enumerable.Range(40, 49), i => Assert.True(tones[i] <= tones[i + 1]));
        Assert.InRange(dark.Average(value => tones[value]), bright.Average(value => value / 255f) - 0.01, bright.Average(value => value / 255f) + 0.01);
        Assert.Equal(10 / 255f, tones[10]);
    }

    private static Sample Head(byte level)
    {
        var source = new byte[SourceSize * SourceSize];
        for (var i = 0; i < source.Length; i++)
        {
            var (y, x) = (i / SourceSize, i % SourceSize);
            source[i] = y is > 3 and < 36 && x is > 8 and < 30 ? (byte)(level + ((x * 3) % 50)) : (byte)0;
        }

        return SampleFactory.Make(TumorClass.Glioma, 1, source: source);
    }

    private static float[] View(Augmenter augmenter, Sample sample, ulong stream)
    {
        var random = new SeededRandom(1, stream);
        var view = new float[augmenter.Size * augmenter.Size];
        augmenter.Apply(sample, ref random, view);
        return view;
    }
}
