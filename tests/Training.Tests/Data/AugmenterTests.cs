using BrainTumorDicom.Classification.Findings;
using BrainTumorDicom.Training.Data;
using BrainTumorDicom.Training.Tests.Data.Tumors;

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
    public void Places_are_where_the_tumour_is_drawn()
    {
        // A bright square as tumour, nothing else: wherever the view shows it, its places are told.
        var view = DrawnHead.View();
        var mask = new byte[view.Length];
        for (var i = 0; i < mask.Length; i++)
        {
            mask[i] = (byte)((i % DrawnHead.Size) is > 60 and < 80 && (i / DrawnHead.Size) is > 25 and < 50 ? 255 : 0);
        }

        Span<float> tones = Enumerable.Range(0, 256).Select(i => i / 255f).ToArray();
        for (var seed = 0; seed < 40; seed++)
        {
            var random = new SeededRandom(seed, stream: 4);
            var transform = ViewTransform.Random(Augmentation.Strong, ref random);
            var drawn = new float[160 * 160];
            transform.Render(mask, DrawnHead.Size, tones, drawn, 160);
            var targets = new float[10 * 10 * 4];

            new AugmentedView(TumorClass.Meningioma, mask, IsSure: true, transform, DrawnHead.Size).FillPlaces(targets, 10, (int)TumorClass.Meningioma, ClassScheme.Four);

            for (var place = 0; place < 100; place++)
            {
                var cover = Enumerable.Range(0, 256).Average(i => drawn[(((place / 10 * 16) + (i / 16)) * 160) + (place % 10 * 16) + (i % 16)]);
                var (tumor, none) = (targets[(place * 4) + (int)TumorClass.Meningioma], targets[(place * 4) + (int)TumorClass.NoTumor]);
                Assert.True(cover < 0.3 || (tumor > 0 && none == 0), $"{cover} is tumour");
                Assert.True(cover > 0 || (tumor == 0 && none == 1), $"{cover} is none");
            }
        }
    }

    [Theory]
    [InlineData(TumorClass.Glioma, false, 0)] // a tumour whose place is not known
    [InlineData(TumorClass.NoTumor, true, 100)]
    public void Where_no_mask_is_known_only_a_slice_without_tumour_teaches(TumorClass label, bool isSure, int taught)
    {
        var targets = new float[10 * 10 * 4];

        new AugmentedView(label, null, isSure, default, SourceSize).FillPlaces(targets, 10, (int)label, ClassScheme.Four);

        Assert.Equal(taught, targets.Count(value => value > 0));
    }

    [Fact]
    public void Next_to_a_tumour_that_was_only_found_nothing_is_taught()
    {
        var mask = new byte[100 * 100];
        mask.AsSpan(40 * 100, 1000).Fill(255);
        var identity = new ViewTransform(1, 0, 0, 0, 1, 0);
        var (found, sure) = (new float[400], new float[400]);

        new AugmentedView(TumorClass.Glioma, mask, IsSure: false, identity, 100).FillPlaces(found, 10, 0, ClassScheme.Four);
        new AugmentedView(TumorClass.Glioma, mask, IsSure: true, identity, 100).FillPlaces(sure, 10, 0, ClassScheme.Four);

        Assert.Equal(90, sure.Count(value => value == 1));
        Assert.Equal(70, found.Count(value => value == 1));
        Assert.Equal(10, found.Count(value => value == 4));
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
