using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.Dimse;

namespace BrainTumorDicom.Dicom.Tests.Dimse;

/// <summary>C-FIND as SCU with a scripted SCP.</summary>
public sealed class FindTests
{
    private static readonly DicomUid Model = DicomUid.StudyRootQueryRetrieveInformationModelFind;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Matches_come_with_both_pending_statuses_and_the_final_status_with_its_comment()
    {
        FindResult? result = null;
        CommandSet? asked = null;
        await PlayAsync(
            async acceptor =>
            {
                var (request, keys) = (await acceptor.ReadAsync())!.Value;
                asked = request;
                Assert.Equal("STUDY", keys.GetString(DicomTag.QueryRetrieveLevel));
                await acceptor.RespondAsync(request, 0xFF00, Match(1));
                await acceptor.RespondAsync(request, 0xFF01, Match(2));
                await acceptor.RespondAsync(request, 0xA700, comment: "out of resources");
                Assert.Null(await acceptor.ReadAsync());
            },
            async client => result = await client.FindAsync(Model, Keys(), 10, Cancellation));

        Assert.Equal((CommandField.FindRequest, Model.Value), (asked!.Value.Field, asked.Value.SopClassUid));
        Assert.Equal((DimseStatus.OutOfResources, "out of resources", false, true), (result!.Status, result.ErrorComment, result.IsTruncated, result.HasUnsupportedKeys));
        Assert.Equal(["1.2.1", "1.2.2"], result.Matches.Select(match => match.GetString(DicomTag.StudyInstanceUID)));
    }

    [Fact]
    public async Task Beyond_the_limit_the_search_is_cancelled()
    {
        FindResult? result = null;
        await PlayAsync(
            async acceptor =>
            {
                var (request, _) = (await acceptor.ReadAsync())!.Value;
                for (var number = 1; number <= 4; number++)
                {
                    await acceptor.RespondAsync(request, 0xFF00, Match(number));
                }

                var (cancel, _) = (await acceptor.ReadAsync())!.Value;
                Assert.Equal((CommandField.CancelRequest, request.MessageId), (cancel.Field, cancel.MessageIdBeingRespondedTo));
                await acceptor.RespondAsync(request, 0xFE00);
                Assert.Null(await acceptor.ReadAsync());
            },
            async client => result = await client.FindAsync(Model, Keys(), 2, Cancellation));

        Assert.Equal((DimseStatus.Cancel, 2, true), (result!.Status, result.Matches.Count, result.IsTruncated));
    }

    [Fact]
    public async Task Two_searches_follow_each_other_on_one_association()
    {
        var statuses = new List<DimseStatus>();
        await PlayAsync(
            async acceptor =>
            {
                while (await acceptor.ReadAsync() is var (request, _))
                {
                    await acceptor.RespondAsync(request, 0xFF00, Match(1));
                    await acceptor.RespondAsync(request, 0);
                }
            },
            async client =>
            {
                statuses.Add((await client.FindAsync(Model, Keys(), 2, Cancellation)).Status);
                statuses.Add((await client.FindAsync(Model, Keys(), 2, Cancellation)).Status);
            });

        Assert.Equal([DimseStatus.Success, DimseStatus.Success], statuses);
    }

    [Fact]
    public async Task A_peer_that_closes_in_the_middle_is_an_error() => await PlayAsync(
        async acceptor =>
        {
            var (request, _) = (await acceptor.ReadAsync())!.Value;
            await acceptor.RespondAsync(request, 0xFF00, Match(1));
            acceptor.Dispose();
        },
        async client => await Assert.ThrowsAsync<IOException>(() => client.FindAsync(Model, Keys(), 2, Cancellation)),
        release: false);

    private static Task PlayAsync(Func<ScriptedAcceptor, Task> script, Func<DicomClient, Task> act, bool release = true) => ScriptedAcceptor.PlayAsync(
        script,
        async options =>
        {
            await using var client = await DicomClient.ConnectAsync(options, Cancellation);
            await act(client);
            if (release)
            {
                await client.ReleaseAsync(Cancellation);
            }
        },
        Model);

    private static DicomDataset Keys()
    {
        var keys = new DicomDataset();
        keys.Set(DicomTag.QueryRetrieveLevel, "STUDY");
        keys.Set(DicomTag.StudyInstanceUID, "");
        return keys;
    }

    private static DicomDataset Match(int number)
    {
        var match = new DicomDataset();
        match.Set(DicomTag.StudyInstanceUID, $"1.2.{number}");
        return match;
    }
}
