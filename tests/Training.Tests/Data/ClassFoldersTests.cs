using BrainTumorDicom.Slices.Conversion;
using BrainTumorDicom.Training.Data;

namespace BrainTumorDicom.Training.Tests.Data;

public sealed class ClassFoldersTests
{
    private static readonly SliceReader Reader = new(new PreprocessingParameters(Size: 32));

    [Fact]
    public void Slices_are_read_in_order_with_their_class_and_as_the_service_converts_them()
    {
        using var set = new TinySet(perClass: 3);

        var (slices, skipped) = Read(set);

        Assert.Empty(skipped);
        Assert.Equal(12, slices.Count);
        Assert.Equal("glioma/000.png", slices[0].Sample.Name);
        Assert.Equal("pituitary/002.png", slices[^1].Sample.Name);
        var pixels = BrainTumorDicom.Slices.Images.ImageFile.Read(Path.Combine(set.Folder, "glioma", "000.png"));
        var range = DisplayRange.OfSeries([pixels], Reader.Parameters);
        var expected = new float[32 * 32];
        SliceConverter.Convert(pixels, range, HeadBox.Find(pixels, range, Reader.Parameters), Reader.Parameters, expected);
        Assert.Equal(expected.Select(value => (Half)value), slices[0].Sample.Input);
    }

    [Fact]
    public void A_missing_or_empty_class_is_named()
    {
        using var set = new TinySet(perClass: 1);
        File.Delete(Path.Combine(set.Folder, "meningioma", "000.png"));

        var error = Assert.Throws<TrainingException>(() => Read(set));

        Assert.Contains("meningioma", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_skipped_and_named_but_many_are_an_error()
    {
        using var set = new TinySet(perClass: 30);
        File.WriteAllText(Path.Combine(set.Folder, "glioma", "broken.jpg"), "no picture");

        var (slices, skipped) = Read(set);

        Assert.Equal(120, slices.Count);
        Assert.Contains("broken.jpg", Assert.Single(skipped), StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(set.Folder, "glioma", "second.jpg"), "");
        var error = Assert.Throws<TrainingException>(() => Read(set));
        Assert.Contains("2 of 122", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Listed_groups_count_and_copies_are_joined()
    {
        using var set = new TinySet(perClass: 3);
        File.Copy(Path.Combine(set.Folder, "notumor", "002.png"), Path.Combine(set.Folder, "notumor", "copy.png"));
        var table = Path.Combine(set.Root, "groups.csv");
        File.WriteAllText(table, "class,file,group\nglioma,000.png,7\nglioma,001.png,7\n\nglioma,002.png,8\n");
        var loader = new SampleLoader(Reader, threads: 2);

        loader.AddFolder(set.Folder, SampleOrigin.Main, table, progress: null, TestContext.Current.CancellationToken);

        var groups = loader.Finish(TestContext.Current.CancellationToken).Samples.ToDictionary(sample => sample.Name, sample => sample.Group);
        Assert.Equal(groups["glioma/000.png"], groups["glioma/001.png"]);
        Assert.NotEqual(groups["glioma/000.png"], groups["glioma/002.png"]);
        Assert.Equal(groups["notumor/002.png"], groups["notumor/copy.png"]);
        Assert.Equal(11, groups.Values.Distinct().Count());
    }

    [Theory]
    [InlineData("class,file\nglioma,a\n", "no column group")]
    [InlineData("class,file,group\nglioma,a\n", "line 2 has 2 cells")]
    public void A_malformed_groups_file_is_named(string content, string expected)
    {
        var path = Path.GetTempFileName();
        File.WriteAllText(path, content);

        var error = Assert.Throws<TrainingException>(() => GroupFile.Read(path));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        File.Delete(path);
    }

    private static (IReadOnlyList<ReadSlice> Slices, IReadOnlyList<string> Skipped) Read(TinySet set) =>
        new ClassFolders(Reader, threads: 2).Read(set.Folder, SampleOrigin.Main, groups: null, progress: null, TestContext.Current.CancellationToken);
}
