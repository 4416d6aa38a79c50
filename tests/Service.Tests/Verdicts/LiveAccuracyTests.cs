using BrainTumorDicom.Service.Ledger;
using BrainTumorDicom.Service.Tests.Jobs;
using BrainTumorDicom.Service.Verdicts;

namespace BrainTumorDicom.Service.Tests.Verdicts;

public sealed class LiveAccuracyTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 5, 4, 3, 2, 1, TimeSpan.Zero);

    private readonly string folder = Directory.CreateTempSubdirectory("btd-verdicts-").FullName;
    private readonly LedgerDatabase database;
    private readonly VerdictLedger verdicts;

    public LiveAccuracyTests()
    {
        database = new LedgerDatabase(Path.Combine(folder, "ledger.db"));
        verdicts = new VerdictLedger(database);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        database.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_readers_latest_verdict_counts_and_the_same_again_changes_nothing()
    {
        await StudyAsync("1.1", "glioma");

        Assert.True((await GiveAsync("1.1", "A", "glioma"))!.Value.IsNew);
        Assert.False((await GiveAsync("1.1", "A", "glioma"))!.Value.IsNew);
        Assert.True((await GiveAsync("1.1", "A", "pituitary"))!.Value.IsNew);

        Assert.Equal("pituitary", Assert.Single(await verdicts.CountingAsync()).Class);
        Assert.Equal(2, (await verdicts.ListAsync("1.1")).Count);
        Assert.Null(await GiveAsync("9.9", "A", "glioma"));
    }

    [Fact]
    public async Task Each_model_has_its_figures_by_class_and_no_answer_is_no_wrong_one()
    {
        foreach (var (study, said, read) in ((string, string?, string)[])
            [("1.1", "glioma", "glioma"), ("1.2", "notumor", "glioma"), ("1.3", "notumor", "notumor"), ("1.4", null, "meningioma")])
        {
            await StudyAsync(study, said);
            await GiveAsync(study, "A", read);
        }

        await StudyAsync("1.5", "pituitary", sha256: "bb");
        await GiveAsync("1.5", "A", "pituitary");
        await StudyAsync("1.6", "glioma");

        var accuracy = await LiveAccuracy.ReadAsync(verdicts);

        Assert.Equal((5, 0), (accuracy.Studies, accuracy.Disputed));
        Assert.Equal(["aa", "bb"], accuracy.Models.Select(model => model.Sha256));
        var model = accuracy.Models[0];
        Assert.Equal((4, 3, 4, 2, 3), (model.Studies, model.Answered.Right, model.Answered.Cases, model.Accuracy.Right, model.Accuracy.Cases));
        Assert.Equal([[1, 0, 1, 0, 0], [0, 0, 0, 0, 1], [0, 0, 1, 0, 0], [0, 0, 0, 0, 0]], model.Confusion);
        Assert.Equal((0.5, 1.0), (model.Classes[0].Recall.Value, model.Classes[0].Precision.Value));
        Assert.Null(model.Classes[1].Recall.Value);
    }

    [Fact]
    public async Task Most_readers_decide_and_divided_ones_count_for_no_model()
    {
        await StudyAsync("1.1", "glioma");
        await StudyAsync("1.2", "glioma");
        await GiveAsync("1.1", "A", "meningioma");
        await GiveAsync("1.1", "B", "glioma");
        await GiveAsync("1.1", "C", "glioma");
        await GiveAsync("1.2", "A", "meningioma");
        await GiveAsync("1.2", "B", "glioma");

        var accuracy = await LiveAccuracy.ReadAsync(verdicts);

        Assert.Equal((1, 1), (accuracy.Studies, accuracy.Disputed));
        Assert.Equal((1, 1), (accuracy.Models[0].Accuracy.Right, accuracy.Models[0].Accuracy.Cases));
    }

    [Fact]
    public async Task Of_several_revisions_a_models_newest_finding_counts_and_the_shadow_is_told_apart()
    {
        await StudyAsync("1.1", "notumor");
        await StudyAsync("1.1", "glioma", number: 2);
        await new ShadowLedger(database).AddAsync(Finding("1.1", 2, "meningioma", "cc"), "cc", Cancel);
        await GiveAsync("1.1", "A", "glioma");

        var accuracy = await LiveAccuracy.ReadAsync(verdicts);

        Assert.Equal([("aa", false, 1), ("cc", true, 0)], accuracy.Models.Select(model => (model.Sha256, model.Shadow, model.Accuracy.Right)));
    }

    private Task<(VerdictRow Verdict, bool IsNew)?> GiveAsync(string study, string reader, string label) =>
        verdicts.AddAsync(new VerdictRow { StudyInstanceUid = study, Reader = reader, Class = label, Comment = "", Given = Now }, Cancel);

    private async Task StudyAsync(string study, string? said, string sha256 = "aa", int number = 1)
    {
        await new InstanceLedger(database).AppendAsync([JobsFixture.Instance(study, number)], [], Cancel);
        var revision = (await new RevisionLedger(database).OpenAsync(study, Now, Cancel))!.Revision;
        await new FindingLedger(database).SaveAsync(Finding(study, revision, said, sha256), [], [], Cancel);
    }

    private static FindingRow Finding(string study, int revision, string? said, string sha256) => new()
    {
        StudyInstanceUid = study,
        Revision = revision,
        Disposition = said is null ? "abstained" : "target-tumor",
        Class = said,
        Json = $$$"""{"model":{"name":"m","version":"1","sha256":"{{{sha256}}}"}}""",
        Created = Now,
    };
}
