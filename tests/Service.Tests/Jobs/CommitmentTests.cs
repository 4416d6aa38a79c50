using BrainTumorDicom.Dicom.Dimse;
using BrainTumorDicom.Service.Jobs;
using BrainTumorDicom.Service.Ledger;
using BrainTumorDicom.Service.Web;

namespace BrainTumorDicom.Service.Tests.Jobs;

/// <summary>Storage commitment of delivered reports.</summary>
public sealed class CommitmentTests : IAsyncDisposable
{
    private readonly JobsFixture jobs = new();
    private readonly ScriptedArchive archive = new("ARCHIVE@127.0.0.1:104");

    private EventReportService Reports => jobs.Get<CommitmentReports>().Service;

    [Fact]
    public async Task A_delivered_report_is_asked_for_and_committed()
    {
        archive.Asked = Answer(failure: null);
        var row = await DeliverAsync();

        await UntilAsync(row, CommitmentState.Committed);

        var read = (await jobs.Deliveries.FindAsync(row.Id))!;
        Assert.Equal((DeliveryState.Delivered, 1, "", "2.25.42"), (read.State, read.CommitmentRequests, read.LastError, read.SopInstanceUid));
        var study = Assert.Single(await jobs.Get<StudyList>().FindAsync("1.2.3", TestContext.Current.CancellationToken));
        Assert.Equal("committed", Assert.Single(study.Deliveries).Commitment);
    }

    [Fact]
    public async Task An_answer_may_come_after_a_restart()
    {
        var row = await DeliverAsync();
        await UntilAsync(row, CommitmentState.Requested);
        await JobsFixture.EventuallyAsync(() => archive.Transactions.Count == 1);

        await jobs.RestartAsync(archive);
        Assert.Equal(DimseStatus.Success, await ScriptedArchive.AnswerAsync(Reports, Assert.Single(archive.Transactions)));

        Assert.Equal(CommitmentState.Committed, (await jobs.Deliveries.FindAsync(row.Id))!.Commitment);
        Assert.Single(archive.Transactions);
    }

    [Fact]
    public async Task A_failure_sends_the_report_again_and_asks_again()
    {
        var failures = 1;
        archive.Asked = async (transaction, reports) =>
        {
            await ScriptedArchive.AnswerAsync(reports, transaction.Value, failures-- > 0 ? 0x0112 : null);
            return null;
        };
        var row = await DeliverAsync();

        await UntilAsync(row, CommitmentState.Committed);

        Assert.Equal(2, archive.Deliveries);
        Assert.Equal(2, archive.Transactions.Distinct().Count());
    }

    [Fact]
    public async Task What_fails_again_and_again_is_given_up_with_the_reason()
    {
        archive.Asked = Answer(failure: 0x0110);
        var row = await DeliverAsync();

        await UntilAsync(row, CommitmentState.Failed);

        Assert.Equal(4, archive.Deliveries);
        Assert.Equal("storage commitment failed: processing failure", (await jobs.Deliveries.FindAsync(row.Id))!.LastError);
    }

    [Fact]
    public async Task Without_an_answer_it_is_asked_again_and_a_late_answer_to_the_first_question_counts()
    {
        jobs.CommitmentTimeout = TimeSpan.FromMilliseconds(100);
        var row = await DeliverAsync();
        await JobsFixture.EventuallyAsync(() => archive.Transactions.Count >= 3);

        Assert.Equal(archive.Transactions.Count, archive.Transactions.Distinct().Count());
        Assert.Equal(1, archive.Deliveries);
        Assert.Equal(DimseStatus.Success, await ScriptedArchive.AnswerAsync(Reports, archive.Transactions.First(), failure: 0x0112));
        Assert.Equal(DimseStatus.Success, await ScriptedArchive.AnswerAsync(Reports, archive.Transactions.First()));
        Assert.Equal(CommitmentState.Committed, (await jobs.Deliveries.FindAsync(row.Id))!.Commitment);
        Assert.Equal(1, archive.Deliveries);
    }

    [Fact]
    public async Task A_question_that_could_not_be_put_is_put_again()
    {
        var refusals = 2;
        archive.Asked = (transaction, reports) => refusals-- > 0 ? Task.FromResult<string?>("not reached") : Answer(failure: null)(transaction, reports);
        var row = await DeliverAsync();

        await UntilAsync(row, CommitmentState.Committed);

        Assert.Equal((3, 1), (archive.Transactions.Count, archive.Deliveries));
    }

    [Fact]
    public async Task Answers_to_nothing_that_was_asked_are_refused()
    {
        var row = await DeliverAsync();
        await JobsFixture.EventuallyAsync(() => archive.Transactions.Count == 1);

        Assert.Equal(DimseStatus.InvalidArgumentValue, await ScriptedArchive.AnswerAsync(Reports, "2.25.1"));
        Assert.Equal(DimseStatus.InvalidArgumentValue, await ScriptedArchive.AnswerAsync(Reports, Assert.Single(archive.Transactions), instance: "1.2.3"));
        Assert.Equal(CommitmentState.Requested, (await jobs.Deliveries.FindAsync(row.Id))!.Commitment);
    }

    public ValueTask DisposeAsync() => jobs.DisposeAsync();

    private static Func<Dicom.Data.DicomUid, EventReportService, Task<string?>> Answer(int? failure) => async (transaction, reports) =>
    {
        await ScriptedArchive.AnswerAsync(reports, transaction.Value, failure);
        return null;
    };

    private async Task<DeliveryRow> DeliverAsync()
    {
        await jobs.RestartAsync(archive);
        var row = Assert.Single(await jobs.ReportAsync("1.2.3", 1, archive.Name));
        await jobs.Schedule.EnqueueAsync(row, DateTimeOffset.UtcNow, TestContext.Current.CancellationToken);
        return row;
    }

    private Task UntilAsync(DeliveryRow row, CommitmentState state) =>
        JobsFixture.EventuallyAsync(async () => (await jobs.Deliveries.FindAsync(row.Id))!.Commitment == state);
}
