using BrainTumorDicom.Slices.Conversion;
using BrainTumorDicom.Slices.Phantoms;

namespace BrainTumorDicom.Slices.Tests.Phantoms;

public sealed class HeadPhantomTests
{
    private static readonly PhantomOptions Small = new(Slices: 24, Size: 80);

    [Fact]
    public void The_same_seed_gives_the_same_head()
    {
        var first = HeadPhantom.Create(PhantomClass.Glioma, 7, Small);
        var second = HeadPhantom.Create(PhantomClass.Glioma, 7, Small);

        for (var i = 0; i < Small.Slices; i++)
        {
            Assert.True(first.Slice(i).SequenceEqual(second.Slice(i)));
            Assert.True(first.TumorMask(i).SequenceEqual(second.TumorMask(i)));
        }
    }

    [Fact]
    public void Another_seed_gives_another_head()
    {
        var first = HeadPhantom.Create(PhantomClass.NoTumor, 7, Small);
        var second = HeadPhantom.Create(PhantomClass.NoTumor, 8, Small);

        Assert.False(first.Slice(12).SequenceEqual(second.Slice(12)));
    }

    [Theory]
    [InlineData(PhantomClass.Glioma, 6)]
    [InlineData(PhantomClass.Meningioma, 8)]
    [InlineData(PhantomClass.Pituitary, 3)]
    public void Every_seed_has_a_mass_of_a_size_that_matters(PhantomClass kind, double fewestMillilitres)
    {
        for (var seed = 0; seed < 8; seed++)
        {
            var phantom = HeadPhantom.Create(kind, seed, Small);
            var areas = Enumerable.Range(0, Small.Slices).Select(phantom.TumorArea).ToArray();

            var millilitres = areas.Sum() * phantom.SliceSpacing / 1000;

            Assert.InRange(millilitres, fewestMillilitres * 0.4, 110);
            Assert.True(areas.Count(area => area > 60) >= 3, $"seed {seed}: {string.Join(' ', areas)}");
        }
    }

    [Fact]
    public void A_healthy_head_has_no_mass()
    {
        var phantom = HeadPhantom.Create(PhantomClass.NoTumor, 3, Small);

        Assert.All(Enumerable.Range(0, Small.Slices), slice => Assert.Equal(0, phantom.TumorArea(slice)));
    }

    [Theory]
    [InlineData(PhantomClass.Glioma)]
    [InlineData(PhantomClass.Meningioma)]
    [InlineData(PhantomClass.Pituitary)]
    public void With_contrast_agent_the_mass_is_brighter_than_the_same_place_without_it(PhantomClass kind)
    {
        for (var seed = 0; seed < 3; seed++)
        {
            var healthy = HeadPhantom.Create(PhantomClass.NoTumor, seed, Small);
            var phantom = HeadPhantom.Create(kind, seed, Small);
            var (with, without, count) = (0.0, 0.0, 0);
            for (var slice = 0; slice < Small.Slices; slice++)
            {
                var mask = phantom.TumorMask(slice);
                for (var i = 0; i < mask.Length; i++)
                {
                    if (mask[i] == 1)
                    {
                        with += phantom.Slice(slice)[i];
                        without += healthy.Slice(slice)[i];
                        count++;
                    }
                }
            }

            Assert.True(with / count > 1.15 * without / count, $"seed {seed}: {with / count} against {without / count}");
        }
    }

    [Fact]
    public void More_slices_show_the_same_head()
    {
        var coarse = HeadPhantom.Create(PhantomClass.Meningioma, 4, Small);
        var fine = HeadPhantom.Create(PhantomClass.Meningioma, 4, Small with { Slices = 96 });

        Assert.Equal(coarse.SliceSpacing * 24, fine.SliceSpacing * 96, 9);
        Assert.Equal(Volume(coarse), Volume(fine), 0.2 * Volume(coarse));
    }

    [Theory]
    [InlineData(11)]
    [InlineData(2001)]
    public void Slice_counts_out_of_range_are_refused(int slices)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => HeadPhantom.Create(PhantomClass.Glioma, 1, new PhantomOptions(Slices: slices)));
    }

    [Fact]
    public void The_head_is_found_in_every_slice_and_fills_the_input()
    {
        var phantom = HeadPhantom.Create(PhantomClass.NoTumor, 11, Small);
        var slices = Enumerable.Range(0, Small.Slices).Select(phantom.Pixels).ToArray();
        var parameters = new PreprocessingParameters();
        var range = DisplayRange.OfSeries(slices, parameters);

        var boxes = slices.Select(slice => HeadBox.Find(slice, range, parameters)).ToArray();

        Assert.All(boxes, box => Assert.True(box.AreaFraction > 0.02, box.ToString()));
        Assert.InRange(boxes.Max(box => box.AreaSquareMillimetres), 15_000, 33_000);
    }

    private static double Volume(HeadPhantom phantom) =>
        Enumerable.Range(0, phantom.Options.Slices).Sum(phantom.TumorArea) * phantom.SliceSpacing;
}
