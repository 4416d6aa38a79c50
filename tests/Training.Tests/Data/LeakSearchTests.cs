using BrainTumorDicom.Slices.Conversion;
using BrainTumorDicom.Slices.Phantoms;
using BrainTumorDicom.Support;
using BrainTumorDicom.Training.Data;
using BrainTumorDicom.Training.Inspection;

namespace BrainTumorDicom.Training.Tests.Data;

public sealed class LeakSearchTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void A_copy_of_another_size_and_contrast_is_found_and_another_head_is_not()
    {
        var slice = Slice(seed: 3, index: 14);
        var copy = Halved(slice, gain: 0.7f);
        var links = Find(("glioma/a.png", slice), ("glioma/b.png", copy), ("glioma/c.png", Slice(seed: 9, index: 20)));

        var link = Assert.Single(links);
        Assert.Equal((0, 1, LeakKind.NearCopy), (link.First, link.Second, link.Kind));
    }

    [Fact]
    public void Neighbouring_slices_are_found_where_their_files_are_numbered_close_together()
    {
        var (slice, next) = (Slice(seed: 3, index: 13), Slice(seed: 3, index: 14));

        Assert.Contains(Find(("glioma/Tr_0041.png", slice), ("glioma/Tr_0042.png", next)), link => link is { First: 0, Second: 1 });
        var apart = Find(("glioma/Tr_0041.png", slice), ("glioma/Tr_0942.png", next));
        Assert.DoesNotContain(apart, link => link.Kind == LeakKind.Neighbour);
    }

    [SharedDataFact("train")]
    public void Hardly_a_pair_of_the_public_set_is_missed()
    {
        // One class of the four keeps the test short.
        var root = SharedData.Find("train")!;
        var set = Directory.CreateTempSubdirectory("btd-leaks-").FullName;
        Directory.CreateSymbolicLink(Path.Combine(set, "pituitary"), Path.Combine(root, "pituitary"));

        var inspection = new DatasetInspector(set, Path.Combine(root, "..", "train-groups.csv"), threads: 2).Run(progress: null, Token);

        var comparison = inspection.Comparison!;
        Assert.True(comparison.Found >= 0.98 * comparison.Pairs, $"{comparison}");
        Assert.True(comparison.Cut <= 0.05 * comparison.Groups, $"{comparison}");

        // A search that joins everything finds every pair too.
        Assert.True(inspection.GroupCount > 350, $"{inspection.GroupCount} groups");
        Directory.Delete(set, recursive: true);
    }

    private static IReadOnlyList<LeakLink> Find(params (string Name, SlicePixels Slice)[] slices) =>
        LeakSearch.Find([.. slices.Select(slice => (slice.Name, SliceFingerprint.Of(slice.Slice)))], threads: 1, Token);

    private static SlicePixels Slice(int seed, int index) =>
        HeadPhantom.Create(PhantomClass.NoTumor, seed).Pixels(index);

    private static SlicePixels Halved(SlicePixels slice, float gain)
    {
        var (rows, columns) = (slice.Rows / 2, slice.Columns / 2);
        var values = new float[rows * columns];
        for (var i = 0; i < values.Length; i++)
        {
            var at = (i / columns * 2 * slice.Columns) + (i % columns * 2);
            values[i] = gain * (slice.Values[at] + slice.Values[at + 1] + slice.Values[at + slice.Columns] + slice.Values[at + slice.Columns + 1]) / 4;
        }

        return new SlicePixels(values, rows, columns);
    }
}
