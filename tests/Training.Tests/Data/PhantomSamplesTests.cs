using BrainTumorDicom.Classification.Findings;
using BrainTumorDicom.Slices.Conversion;
using BrainTumorDicom.Slices.Phantoms;
using BrainTumorDicom.Training.Data;

namespace BrainTumorDicom.Training.Tests.Data;

public sealed class PhantomSamplesTests
{
    private static readonly SliceReader Reader = new(new PreprocessingParameters(Size: 32));

    [Fact]
    public void Phantoms_give_slices_of_their_class_where_the_mass_is_and_none_elsewhere()
    {
        var slices = new PhantomSamples(Reader, threads: 2).Make(perClass: 1, progress: null, TestContext.Current.CancellationToken);

        var heads = slices.GroupBy(slice => slice.Group).ToArray();
        Assert.Equal(4, heads.Length);
        Assert.All(slices, slice => Assert.Equal(SampleOrigin.Phantom, slice.Sample.Origin));
        for (var i = 0; i < 4; i++)
        {
            var expected = new[] { (TumorClass)i, TumorClass.NoTumor }.Distinct().Order();
            Assert.Equal(expected, heads[i].Select(slice => slice.Sample.Label).Distinct().Order());
            Assert.Contains(
                FormattableString.Invariant($"{PhantomSamples.FirstSeed + i}"), heads[i].First().Sample.Name, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_DICOM_series_is_read_with_one_display_range_and_is_one_group()
    {
        var root = Directory.CreateTempSubdirectory("btd-training-").FullName;
        var phantom = HeadPhantom.Create(PhantomClass.Glioma, 5, new PhantomOptions(Slices: 12, Size: 64));
        PhantomSeries.Write(phantom, Path.Combine(root, "glioma"));
        File.WriteAllText(Path.Combine(root, "glioma", ".hidden"), "no slice");

        var (slices, skipped) = new ClassFolders(Reader, threads: 2).Read(
            root, SampleOrigin.Also, groups: null, progress: null, TestContext.Current.CancellationToken);

        Assert.Empty(skipped);
        Assert.InRange(slices.Count, 8, 12);
        Assert.Single(slices.Select(slice => slice.Group).Distinct());
        Assert.All(slices, slice => Assert.Equal(TumorClass.Glioma, slice.Sample.Label));

        // The same pixels, straight from the phantom: stored values are the signal, scaled.
        var range = DisplayRange.OfSeries([.. Enumerable.Range(0, 12).Select(phantom.Pixels)], Reader.Parameters);
        var middle = phantom.Pixels(6);
        var expected = new float[32 * 32];
        SliceConverter.Convert(middle, range, HeadBox.Find(middle, range, Reader.Parameters), Reader.Parameters, expected);
        Assert.Contains(slices, slice => slice.Sample.Input.Zip(expected).All(pair => Math.Abs((float)pair.First - pair.Second) < 0.02));
        Directory.Delete(root, recursive: true);
    }
}
