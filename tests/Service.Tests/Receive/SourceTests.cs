using BrainTumorDicom.Dicom;
using BrainTumorDicom.Service.Ledger;
using BrainTumorDicom.Service.Receive;

namespace BrainTumorDicom.Service.Tests.Receive;

/// <summary>Senders that are asked whether a study is here whole.</summary>
public sealed class SourceTests
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task A_study_that_is_here_whole_goes_on_at_once()
    {
        await using var service = await StartAsync();
        service.Source.Answer = (_, _) => Task.FromResult(1);
        await SendAsync(service, 1);
        service.Time.Advance(Quiet);

        Assert.Equal(("1.2.3", 1), await service.Queue.NextAsync());
        Assert.True((await RevisionAsync(service, 1)).Complete);
    }

    [Fact]
    public async Task A_study_whose_source_has_more_waits_until_the_rest_is_here()
    {
        // The clock runs far ahead while the source is waited for.
        await using var service = await StartAsync(TimeSpan.FromDays(365));
        service.Source.Answer = (address, _) => Task.FromResult(address.AeTitle.Value == "ARCHIVE" ? 2 : 0);
        await SendAsync(service, 1);
        await AskAgainAsync(service);
        await AskAgainAsync(service);
        Assert.Equal(0, service.Queue.Count);

        await SendAsync(service, 2);
        service.Time.Advance(Quiet);

        Assert.Equal(("1.2.3", 1), await service.Queue.NextAsync());
        Assert.True((await RevisionAsync(service, 1)).Complete);
    }

    [Fact]
    public async Task After_the_longest_wait_it_goes_on_and_says_how_much_is_there()
    {
        await using var service = await StartAsync();
        service.Source.Answer = (_, _) => Task.FromResult(3);
        await SendAsync(service, 1);
        while (service.Queue.Count == 0)
        {
            service.Time.Advance(Quiet);
            await Task.Yield();
        }

        Assert.Equal(("1.2.3", 1), await service.Queue.NextAsync());
        var revision = await RevisionAsync(service, 1);
        Assert.Equal((false, "Processed 1 of 3 instances of the source."), (revision.Complete, revision.IncompleteReason));
    }

    [Fact]
    public async Task A_source_that_fails_holds_up_nothing()
    {
        await using var service = await StartAsync();
        service.Source.Answer = (_, _) => throw new DicomException("rejected");
        await SendAsync(service, 1);
        service.Time.Advance(Quiet);

        Assert.Equal(("1.2.3", 1), await service.Queue.NextAsync());
        Assert.True((await RevisionAsync(service, 1)).Complete);
    }

    [Fact]
    public async Task A_source_that_does_not_answer_holds_up_its_study_for_the_timeout_and_no_other_study()
    {
        await using var service = await StartAsync();
        service.Source.Answer = async (_, cancellation) =>
        {
            await Task.Delay(Timeout.Infinite, cancellation);
            return 0;
        };
        await SendAsync(service, 1);
        service.Time.Advance(Quiet);
        await service.Source.AskedAsync();
        service.Source.Answer = (_, _) => Task.FromResult(1);
        await SendAsync(service, 1, "1.2.4");
        service.Time.Advance(Quiet - TimeSpan.FromMilliseconds(1));
        Assert.Equal(0, service.Queue.Count);
        service.Time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal(["1.2.3", "1.2.4"], new[] { (await service.Queue.NextAsync()).Study, (await service.Queue.NextAsync()).Study }.Order());
    }

    [Fact]
    public async Task A_sender_without_a_source_is_not_waited_for()
    {
        var options = new ReceiveOptions();
        options.Sources.Add(new SourceOptions { CallingAe = "OTHER", Address = "ARCHIVE@127.0.0.1:104" });
        await using var service = await ReceiveFixture.StartAsync(options: options);
        service.Source.Answer = (_, _) => Task.FromResult(9);
        await SendAsync(service, 1);
        service.Time.Advance(Quiet);

        Assert.Equal(("1.2.3", 1), await service.Queue.NextAsync());
        Assert.True((await RevisionAsync(service, 1)).Complete);
    }

    private static Task<ReceiveFixture> StartAsync(TimeSpan? sourceWait = null)
    {
        var options = new ReceiveOptions();
        options.SourceWait = sourceWait ?? options.SourceWait;
        options.Sources.Add(new SourceOptions { CallingAe = "SENDER", Address = "ARCHIVE@127.0.0.1:104" });
        return ReceiveFixture.StartAsync(options: options);
    }

    /// <summary>Lets the quiet time go by until the source is asked: the study is put back a moment after the answer.</summary>
    private static async Task AskAgainAsync(ReceiveFixture service)
    {
        var asked = service.Source.AskedAsync();
        while (!asked.IsCompleted)
        {
            service.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await asked;
    }

    private static async Task SendAsync(ReceiveFixture service, int number, string study = "1.2.3")
    {
        var association = service.Associate();
        Assert.Equal(0, await association.SendAsync(TestInstance.Create(study, number)));
        await association.EndAsync();
    }

    private static async Task<RevisionRow> RevisionAsync(ReceiveFixture service, int number) =>
        (await new RevisionLedger(service.Database).FindAsync("1.2.3", number))!;
}
