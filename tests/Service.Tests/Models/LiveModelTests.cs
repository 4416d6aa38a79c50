using BrainTumorDicom.Classification.Execution;
using BrainTumorDicom.Classification.Model;
using BrainTumorDicom.Classification.Tests.Model;
using BrainTumorDicom.Service.Hosting;
using BrainTumorDicom.Service.Models;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BrainTumorDicom.Service.Tests.Models;

public sealed class LiveModelTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 5, 4, 3, 2, 1, TimeSpan.Zero);

    private readonly string folder = Directory.CreateTempSubdirectory("btd-models-").FullName;
    private readonly RecordingLogger<ModelWatcher> log = new();
    private readonly ModelOptions options = new() { Device = DeviceChoice.Cpu, Threads = 1 };
    private readonly ModelStore store;
    private readonly LiveModel model;
    private readonly ModelWatcher watcher;

    public LiveModelTests()
    {
        store = new ModelStore(folder);
        Promote("1");
        model = LiveModel.Load(options, store);
        watcher = new ModelWatcher(model, store, Options.Create(options), TimeProvider.System, log);
    }

    public async ValueTask DisposeAsync()
    {
        await watcher.DisposeAsync();
        model.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void The_promoted_model_is_taken_for_the_next_study_while_one_under_way_keeps_its_own()
    {
        using var study = model.Take();
        Promote("2");

        watcher.Look();
        watcher.Look();
        using var next = model.Take();

        Assert.Equal(("1", "2", "2"), (study.Classifier.Identity.Version, next.Classifier.Identity.Version, model.Identity.Version));
        Assert.Single(study.Classifier.Run(new float[TinyModel.Size * TinyModel.Size], 1));
        Assert.Contains(" 2 ", Assert.Single(log.Lines).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ModelPackage.WeightsFile)]
    [InlineData(ModelPackage.ManifestFile)]
    public void A_package_that_is_damaged_is_refused_with_one_line_and_the_old_model_stays(string file)
    {
        Promote("2");
        File.WriteAllBytes(Path.Combine(store.Folder, store.Current, file), [1, 2, 3]);

        watcher.Look();
        watcher.Look();

        Assert.Equal("1", model.Identity.Version);
        Assert.Equal(store.Current, model.LastRefusal!.Package);
        Assert.Equal(LogLevel.Error, Assert.Single(log.Lines).Level);
    }

    [Fact]
    public void A_network_that_does_not_run_is_refused_though_its_digests_are_right()
    {
        var manifest = Manifests.Small() with { Version = "broken" };
        store.Promote(ModelPackage.Write(Path.Combine(folder, "broken"), manifest, TinyModel.Network(attention: "elsewhere")), Now);

        watcher.Look();

        Assert.Equal("1", model.Identity.Version);
        Assert.Contains("attention", model.LastRefusal!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void After_a_refusal_the_next_good_package_is_taken()
    {
        Promote("2");
        File.Delete(Path.Combine(store.Folder, store.Current, ModelPackage.WeightsFile));
        watcher.Look();
        Promote("3");

        watcher.Look();

        Assert.Equal("3", model.Identity.Version);
        Assert.Null(model.LastRefusal);
    }

    [Theory]
    [InlineData("../elsewhere")]
    [InlineData("not a digest")]
    public void A_pointer_that_is_no_digest_leads_nowhere(string text)
    {
        File.WriteAllText(store.PointerFile, text);

        watcher.Look();

        Assert.Equal("1", model.Identity.Version);
        Assert.Contains("no digest", model.LastRefusal!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_start_with_a_damaged_promoted_model_fails_and_names_the_way_out()
    {
        File.Delete(Path.Combine(store.Folder, store.Current, ModelPackage.WeightsFile));

        Assert.Contains("rollback", Assert.Throws<InvalidDataException>(() => LiveModel.Load(options, store)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Studies_that_come_and_go_while_models_change_always_have_one_that_runs()
    {
        var input = new float[TinyModel.Size * TinyModel.Size];
        var digests = Enumerable.Range(2, 4).Select(version => Promote($"{version}")).ToArray();

        Parallel.For(0, 64, new ParallelOptions { MaxDegreeOfParallelism = 4 }, i =>
        {
            if (i % 8 == 0)
            {
                Assert.Null(model.Switch(digests[i / 8 % digests.Length], Now));
            }

            using var lease = model.Take();
            Assert.Single(lease.Classifier.Run(input, 1));
        });
    }

    private string Promote(string version) => store.Promote(TestPackages.Write(Path.Combine(folder, $"candidate-{version}"), version), Now)!.Package;
}
