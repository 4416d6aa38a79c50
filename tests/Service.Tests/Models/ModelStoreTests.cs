using BrainTumorDicom.Classification.Model;
using BrainTumorDicom.Service.Models;

namespace BrainTumorDicom.Service.Tests.Models;

public sealed class ModelStoreTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 5, 4, 3, 2, 1, TimeSpan.Zero);

    private readonly string folder = Directory.CreateTempSubdirectory("btd-models-").FullName;
    private readonly ModelStore store;

    public ModelStoreTests() => store = new ModelStore(Path.Combine(folder, "data"));

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_promoted_package_is_the_one_in_use_and_a_copy()
    {
        var candidate = Candidate("1");

        var change = store.Promote(candidate, Now, "first")!;
        Directory.Delete(candidate.Folder, recursive: true);

        Assert.Equal((change.Package, ""), (store.Current, change.Previous));
        Assert.Equal("1", store.Load(store.Current).Manifest.Version);
        Assert.Equal([change], store.History);
    }

    [Fact]
    public void Rollback_goes_back_one_promotion_at_a_time_and_then_has_nothing_left()
    {
        var first = store.Promote(Candidate("1"), Now)!;
        store.Promote(Candidate("2"), Now);
        store.Promote(Candidate("3"), Now);

        Assert.Equal("2", store.RollBack(Now).Version);
        Assert.Equal("1", store.RollBack(Now).Version);
        Assert.Equal(first.Package, store.Current);
        store.Promote(Candidate("4"), Now);
        Assert.Equal("1", store.RollBack(Now).Version);
        Assert.Equal("", store.RollBack(Now).Package);
        Assert.Equal("", store.Current);
        Assert.Throws<InvalidOperationException>(() => store.RollBack(Now));
        Assert.Equal(8, store.History.Count);
    }

    [Fact]
    public void The_package_in_use_promoted_again_adds_nothing()
    {
        store.Promote(Candidate("1"), Now);

        Assert.Null(store.Promote(Candidate("1"), Now));

        Assert.Single(store.History);
    }

    [Theory]
    [InlineData(ModelPackage.WeightsFile)]
    [InlineData(ModelPackage.ManifestFile)]
    public void A_package_changed_after_its_promotion_is_told_by_its_digest_and_mended_by_promoting_again(string file)
    {
        var change = store.Promote(Candidate("1"), Now)!;
        var path = Path.Combine(store.Folder, change.Package, file);
        File.WriteAllText(path, File.ReadAllText(path) + "\n");

        Assert.Contains(change.Package, Assert.Throws<InvalidDataException>(() => store.Load(store.Current)).Message, StringComparison.Ordinal);
        store.Promote(Candidate("1"), Now);

        Assert.Equal("1", store.Load(store.Current).Manifest.Version);
    }

    [Fact]
    public void A_rollback_to_a_damaged_package_leaves_the_one_in_use()
    {
        var first = store.Promote(Candidate("1"), Now)!;
        var second = store.Promote(Candidate("2"), Now)!;
        File.Delete(Path.Combine(store.Folder, first.Package, ModelPackage.WeightsFile));

        Assert.Throws<FileNotFoundException>(() => store.RollBack(Now));

        Assert.Equal(second.Package, store.Current);
    }

    [Fact]
    public void A_promotion_cut_off_before_its_pointer_never_took_effect()
    {
        var first = store.Promote(Candidate("1"), Now)!;
        var pointer = File.ReadAllBytes(store.PointerFile);
        store.Promote(Candidate("2"), Now);
        File.WriteAllBytes(store.PointerFile, pointer);

        Assert.Equal([first], store.History);
        Assert.Equal("", store.RollBack(Now).Package);
    }

    [Fact]
    public void Two_changes_at_once_are_one_after_the_other()
    {
        Directory.CreateDirectory(store.Folder);
        using var other = new FileStream(Path.Combine(store.Folder, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);

        Assert.Throws<IOException>(() => store.Promote(Candidate("1"), Now));

        Assert.Equal("", store.Current);
    }

    private ModelPackage Candidate(string version) => TestPackages.Write(Path.Combine(folder, $"candidate-{version}"), version);
}
