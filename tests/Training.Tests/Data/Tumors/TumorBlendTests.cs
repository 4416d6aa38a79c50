using BrainTumorDicom.Classification.Findings;
using BrainTumorDicom.Training.Data;
using BrainTumorDicom.Training.Data.Tumors;
using BrainTumorDicom.Training.Data.Volumes;

namespace BrainTumorDicom.Training.Tests.Data.Tumors;

public sealed class TumorBlendTests
{
    private static readonly Sample WithTumor = DrawnHead.Sample(TumorClass.Meningioma, DrawnHead.View(70, 45), "with");
    private static readonly Sample Healthy = DrawnHead.Sample(TumorClass.NoTumor, DrawnHead.View());

    [Fact]
    public void The_region_grows_to_the_disc_that_the_network_looked_at()
    {
        var place = Place();

        Assert.InRange(place.CenterX, 69, 71);
        Assert.InRange(place.CenterY, 44, 46);
        Assert.InRange(place.Radius, 7, 11);
        Assert.InRange(place.Contrast, 60, 110);
        Assert.True(place.Symmetry.IsSymmetric);
        Assert.Equal(255, place.Mask[(45 * DrawnHead.Size) + 70]);
        Assert.Equal(0, place.Mask[(45 * DrawnHead.Size) + 30]);
    }

    [Fact]
    public void Where_nothing_stands_out_there_is_no_region() =>
        Assert.Null(TumorRegion.Grow(Healthy, DrawnHead.Heat(70, 45), DrawnHead.Size));

    [Fact]
    public void A_tumour_put_into_a_healthy_slice_changes_brain_and_nothing_outside_it()
    {
        var blend = new TumorBlend([Place()], [Healthy], DrawnHead.Size);
        var outline = new HeadOutline(Healthy.Source, DrawnHead.Size);
        var put = 0;
        for (var seed = 0; seed < 60; seed++)
        {
            var view = (byte[])Healthy.Source.Clone();
            var mask = new byte[view.Length];
            var random = new SeededRandom(seed, stream: 1);

            var label = blend.PutTumor(Healthy, view, mask, ref random);

            if (label == TumorClass.NoTumor)
            {
                // No donor of the class that was drawn.
                Assert.Equal(Healthy.Source, view);
                continue;
            }

            put++;
            var changed = Enumerable.Range(0, view.Length).Where(i => Math.Abs(view[i] - Healthy.Source[i]) > 10).ToArray();
            Assert.InRange(changed.Length, 20, view.Length / 5);
            Assert.All(changed, i => Assert.True(outline.BrainPart(i % DrawnHead.Size, i / DrawnHead.Size) < 1.1));
            var tumor = Enumerable.Range(0, view.Length).Where(i => mask[i] == 255).ToArray();
            Assert.InRange(tumor.Length, 10, view.Length / 5);
            Assert.True(tumor.Intersect(changed).Count() > 0.3 * tumor.Length);
        }

        Assert.InRange(put, 15, 60);
    }

    [Fact]
    public void Healthy_tissue_put_into_a_slice_leaves_no_mass()
    {
        var blend = new TumorBlend([Place()], [Healthy], DrawnHead.Size);
        for (var seed = 0; seed < 30; seed++)
        {
            var view = (byte[])Healthy.Source.Clone();
            var random = new SeededRandom(seed, stream: 1);

            blend.PutHealthy(Healthy, view, ref random);

            var outline = new HeadOutline(Healthy.Source, DrawnHead.Size);
            Assert.All(
                Enumerable.Range(0, view.Length).Where(i => outline.BrainPart(i % DrawnHead.Size, i / DrawnHead.Size) < 0.7),
                i => Assert.InRange(view[i], 60, 130));
        }
    }

    [Fact]
    public void Tumours_of_the_pituitary_are_put_near_the_sella_only()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new SeededRandom(seed, stream: 1);

            Assert.NotEqual(TumorClass.Pituitary, HostRules.Draw(Healthy with { Plane = HeadPlane.Axial, Level = 0.7f }, ref random));
        }

        Assert.False(HostRules.CanHost(Healthy with { Plane = HeadPlane.Axial, Level = 0.95f }));
    }

    [Fact]
    public void Skull_stripping_leaves_brain_and_tells_the_part_that_is_left()
    {
        var view = (byte[])Healthy.Source.Clone();
        var random = new SeededRandom(2, stream: 1);

        var (x, y, half) = SkullStrip.Apply(view, default, DrawnHead.Size, ref random);

        Assert.Equal(0, view[(50 * DrawnHead.Size) + 95]);
        Assert.Equal(Healthy.Source[(50 * DrawnHead.Size) + 50], view[(50 * DrawnHead.Size) + 50]);
        Assert.InRange(x, -0.05, 0.05);
        Assert.InRange(y, -0.05, 0.05);
        Assert.InRange(half, 0.7, 0.95);
    }

    private static TumorPlace Place() => TumorRegion.Grow(WithTumor, DrawnHead.Heat(70, 45), DrawnHead.Size)!;
}
