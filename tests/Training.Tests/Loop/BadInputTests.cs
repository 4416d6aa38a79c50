using BrainTumorDicom.Classification.Model;
using BrainTumorDicom.Training.Loop;

namespace BrainTumorDicom.Training.Tests.Loop;

/// <summary>Whatever is wrong is named, with what to do, and nothing is lost.</summary>
public sealed class BadInputTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_empty_class_folder_is_named()
    {
        using var set = new TinySet(perClass: 4);
        Directory.Delete(Path.Combine(set.Folder, "pituitary"), recursive: true);
        Directory.CreateDirectory(Path.Combine(set.Folder, "pituitary"));

        Assert.Contains("no files in pituitary", await ErrorAsync(set), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_set_of_one_class_only_is_refused()
    {
        using var set = new TinySet(perClass: 4);
        foreach (var other in new[] { "glioma", "meningioma", "pituitary" })
        {
            Directory.Delete(Path.Combine(set.Folder, other), recursive: true);
        }

        Assert.Contains("no files in glioma, meningioma, pituitary", await ErrorAsync(set), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Corrupt_images_are_counted_and_the_first_is_named()
    {
        using var set = new TinySet(perClass: 4);
        var whole = await File.ReadAllBytesAsync(Path.Combine(set.Folder, "glioma", "000.png"), Token);
        await File.WriteAllBytesAsync(Path.Combine(set.Folder, "glioma", "cut.png"), whole[..(whole.Length / 2)], Token);

        Assert.Contains("cut.png", await ErrorAsync(set), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_groups_file_that_is_a_folder_or_no_text_is_named_with_a_remedy()
    {
        using var set = new TinySet(perClass: 4);
        var binary = Path.Combine(set.Root, "groups.bin");
        await File.WriteAllBytesAsync(binary, [0x63, 0xFF, 0xFE, 0x80], Token);

        foreach (var path in new[] { binary, set.Folder, Path.Combine(set.Root, "missing.csv") })
        {
            var message = await ErrorAsync(set, options => options with { GroupsFile = path });

            Assert.Contains(path, message, StringComparison.Ordinal);
            Assert.Contains("leave it out", message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_groups_file_of_another_set_is_refused()
    {
        using var set = new TinySet(perClass: 4);
        var path = Path.Combine(set.Root, "other.csv");
        await File.WriteAllTextAsync(path, "class,file,group\nglioma,elsewhere.png,1\n", Token);

        Assert.Contains("names none of the slices", await ErrorAsync(set, options => options with { GroupsFile = path }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_output_that_is_a_file_is_refused()
    {
        using var set = new TinySet(perClass: 4);
        await File.WriteAllTextAsync(set.Output, "a file", Token);

        Assert.Contains("--out", await ErrorAsync(set), StringComparison.Ordinal);
        Assert.Equal("a file", await File.ReadAllTextAsync(set.Output, Token));
    }

    [Fact]
    public async Task A_disk_that_is_full_in_the_middle_costs_nothing_that_was_done()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "no /dev/full here");
        using var set = new TinySet();
        var whole = await ShaAsync(RefinementTests.Options(set) with { Output = set.Output + "-whole" });

        // From the second epoch on nothing can be written.
        var full = new FillDisk(Path.Combine(set.Output, RunFolder.CheckpointFile + ".new"));
        var error = await Assert.ThrowsAsync<TrainingException>(
            () => new Trainer(RefinementTests.Options(set), TimeProvider.System, full).RunAsync(Token));
        Assert.Contains("--resume", error.Message, StringComparison.Ordinal);

        Assert.Equal(whole, await ShaAsync(RefinementTests.Options(set) with { Resume = true }));
    }

    [Fact]
    public async Task A_package_that_cannot_be_written_leaves_a_training_to_resume()
    {
        using var set = new TinySet();

        // A folder where the weights belong.
        var blocked = Path.Combine(set.Output, ModelPackage.WeightsFile);
        Directory.CreateDirectory(blocked);
        var error = await Assert.ThrowsAsync<TrainingException>(
            () => new Trainer(RefinementTests.Options(set), TimeProvider.System).RunAsync(Token));
        Assert.Contains("--resume", error.Message, StringComparison.Ordinal);
        Directory.Delete(blocked);

        var sha = await ShaAsync(RefinementTests.Options(set) with { Resume = true });

        Assert.Equal(await ShaAsync(RefinementTests.Options(set) with { Output = set.Output + "-whole" }), sha);
    }

    private static async Task<string> ErrorAsync(TinySet set, Func<TrainingOptions, TrainingOptions>? change = null)
    {
        var options = (change ?? (same => same))(RefinementTests.Options(set));
        var error = await Assert.ThrowsAsync<TrainingException>(() => new Trainer(options, TimeProvider.System).RunAsync(Token));
        Assert.False(File.Exists(Path.Combine(set.Output, ModelPackage.ManifestFile)));
        return error.Message;
    }

    private static async Task<string> ShaAsync(TrainingOptions options)
    {
        await new Trainer(options, TimeProvider.System).RunAsync(Token);
        return ModelPackage.Load(options.Output).Manifest.Sha256;
    }

    private sealed class FillDisk(string path) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (value is { Stage: TrainingStage.Epoch, Epoch: 1 })
            {
                File.CreateSymbolicLink(path, "/dev/full");
            }
        }
    }
}
