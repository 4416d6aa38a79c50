using System.Buffers;
using System.Collections.Concurrent;
using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.Dimse;
using BrainTumorDicom.Dicom.Files;
using BrainTumorDicom.Dicom.StorageCommitment;
using BrainTumorDicom.Dicom.Tests.Dimse;
using BrainTumorDicom.Dicom.UpperLayer;

namespace BrainTumorDicom.Dicom.Tests.StorageCommitment;

/// <summary>The Storage Commitment Push Model as SCU, with scripted peers.</summary>
public sealed class CommitmentTests
{
    private static readonly DicomUid Model = DicomUid.StorageCommitmentPushModel;
    private static readonly string Instance = DicomUid.StorageCommitmentPushModelInstance.Value;
    private readonly ConcurrentQueue<EventReport> reports = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_report_on_the_same_association_is_taken_and_answered()
    {
        var taken = new TaskCompletionSource();
        await ScriptedAcceptor.PlayAsync(
            async acceptor =>
            {
                var (request, information) = (await acceptor.ReadAsync())!.Value;
                Assert.Equal((CommandField.ActionRequest, (ushort?)1, Instance), (request.Field, request.ActionTypeId, request.SopInstanceUid));
                Assert.Equal("2.25.9", information.GetString(DicomTag.TransactionUID));
                var item = Assert.Single(information.GetSequence(DicomTag.ReferencedSOPSequence));
                Assert.Equal(("1.2.3", "1.2.3.4"), (item.GetString(DicomTag.ReferencedSOPClassUID), item.GetString(DicomTag.ReferencedSOPInstanceUID)));
                await acceptor.RespondAsync(request, 0);
                await acceptor.WriteAsync(EventRequest(1), Information("2.25.9"));
                var (response, _) = (await acceptor.ReadAsync())!.Value;
                Assert.Equal((0x8100, (ushort?)0, (ushort)7), (response.Field, response.Status, response.MessageIdBeingRespondedTo));
                Assert.Null(await acceptor.ReadAsync());
            },
            async options =>
            {
                await using var client = await DicomClient.ConnectAsync(options with { EventReports = Service(() => taken.SetResult()) }, Cancellation);
                var response = await CommitmentRequest.SendAsync(client, new DicomUid("2.25.9"), [new SopReference("1.2.3", "1.2.3.4")], Cancellation);
                Assert.True(response.Status.IsSuccess);
                await taken.Task.WaitAsync(Cancellation);
                await client.ReleaseAsync(Cancellation);
            },
            Model);

        var (report, _) = CommitmentReport.Read(Assert.Single(reports));
        Assert.Equal(("2.25.9", new SopReference("1.2.3", "1.2.3.4")), (report!.TransactionUid, Assert.Single(report.Committed)));
        Assert.Empty(report.Failed);
    }

    [Fact]
    public async Task A_report_on_an_association_of_the_peer_is_taken_in_the_role_of_SCU()
    {
        await using var server = await TestServer.StartAsync(new DicomServerOptions { EventReports = Service() });
        using var peer = await ScriptedPeer.ConnectAsync(server.Port);
        var accept = await AssociateAsync(peer, new RoleSelection(Model.Value, Scu: false, Scp: true));

        Assert.Equal(ContextResult.Acceptance, accept.Contexts[0].Result);
        Assert.Equal(new RoleSelection(Model.Value, Scu: false, Scp: true), Assert.Single(accept.User.Roles));
        Assert.Equal(0, await AskAsync(peer, EventRequest(2), Information("2.25.9", failed: true)));
        var (report, _) = CommitmentReport.Read(Assert.Single(reports));
        Assert.Equal(("1.2.3.4", "no such object instance"), (Assert.Single(report!.Failed).SopInstanceUid, report.Failed[0].Meaning));
    }

    [Fact]
    public async Task As_SCU_and_SCP_at_once_a_peer_is_the_SCP_only_and_its_request_is_not_recognized()
    {
        await using var server = await TestServer.StartAsync(new DicomServerOptions { EventReports = Service() });
        using var peer = await ScriptedPeer.ConnectAsync(server.Port);
        var accept = await AssociateAsync(peer, new RoleSelection(Model.Value, Scu: true, Scp: true));

        Assert.Equal(new RoleSelection(Model.Value, Scu: false, Scp: true), Assert.Single(accept.User.Roles));
        var action = new CommandSet { SopClassUid = Model.Value, Field = CommandField.ActionRequest, MessageId = 7, SopInstanceUid = Instance, ActionTypeId = 1 };
        Assert.Equal(0x0211, await AskAsync(peer, action, Information("2.25.9")));
        Assert.Empty(reports);
    }

    [Fact]
    public async Task A_peer_in_the_default_role_finds_no_storage_commitment_here()
    {
        await using var server = await TestServer.StartAsync(new DicomServerOptions { EventReports = Service() });
        using var peer = await ScriptedPeer.ConnectAsync(server.Port);

        var accept = await AssociateAsync(peer, role: null);

        Assert.Equal(ContextResult.AbstractSyntaxNotSupported, accept.Contexts[0].Result);
    }

    [Fact]
    public async Task Without_a_taker_no_role_brings_a_context()
    {
        await using var server = await TestServer.StartAsync();
        using var peer = await ScriptedPeer.ConnectAsync(server.Port);

        var accept = await AssociateAsync(peer, new RoleSelection(Model.Value, Scu: false, Scp: true));

        Assert.Equal(ContextResult.AbstractSyntaxNotSupported, accept.Contexts[0].Result);
        Assert.DoesNotContain(accept.User.Roles, role => role.Scp);
    }

    [Theory]
    [InlineData(null, 1, 0x0112)]
    [InlineData("1.2.3", 1, 0x0112)]
    [InlineData("1.2.840.10008.1.20.1.1", 3, 0x0113)]
    [InlineData("1.2.840.10008.1.20.1.1", 1, 0x0115)]
    public void A_report_that_breaks_the_rules_is_refused_with_the_status_for_it(string? instance, int type, int expected)
    {
        var (report, refusal) = CommitmentReport.Read(new EventReport(new AeTitle("PACS"), Model.Value, instance, (ushort)type, new DicomDataset()));

        Assert.Null(report);
        Assert.Equal(expected, refusal.Status.Code);
    }

    private static CommandSet EventRequest(ushort type) => new()
    {
        SopClassUid = Model.Value, Field = CommandField.EventReportRequest, MessageId = 7, SopInstanceUid = Instance, EventTypeId = type,
    };

    private static DicomDataset Information(string transaction, bool failed = false)
    {
        var item = new DicomDataset();
        item.Set(DicomTag.ReferencedSOPClassUID, "1.2.3");
        item.Set(DicomTag.ReferencedSOPInstanceUID, "1.2.3.4");
        if (failed)
        {
            item.Set(DicomTag.FailureReason, 0x0112);
        }

        var information = new DicomDataset();
        information.Set(DicomTag.TransactionUID, transaction);
        information.SetSequence(failed ? DicomTag.FailedSOPSequence : DicomTag.ReferencedSOPSequence, item);
        return information;
    }

    private static async Task<AssociateAccept> AssociateAsync(ScriptedPeer peer, RoleSelection? role)
    {
        await peer.SendAsync(ScriptedPeer.Request(request => request with
        {
            Contexts = [new ProposedContext(1, Model.Value, [DicomUid.ImplicitVRLittleEndian.Value])],
            User = request.User with { Roles = role is null ? [] : [role] },
        }));
        return AssociateAccept.Read((await peer.ReadPduAsync()).AsSpan(6));
    }

    private static async Task<int> AskAsync(ScriptedPeer peer, CommandSet command, DicomDataset information)
    {
        var bytes = new ArrayBufferWriter<byte>();
        DicomDatasetWriter.Write(information, DicomTransferSyntax.ImplicitVrLittleEndian, bytes);
        await peer.SendAsync(ScriptedPeer.Data(1, DataPdu.CommandBit | DataPdu.LastBit, command.ToArray()));
        await peer.SendAsync(ScriptedPeer.Data(1, DataPdu.LastBit, bytes.WrittenSpan));
        var answer = CommandSet.Read((await peer.ReadPduAsync()).AsSpan(12), Model.Value);
        return answer.Status!.Value;
    }

    private EventReportService Service(Action? then = null) => new([Model.Value], (report, _) =>
    {
        reports.Enqueue(report);
        then?.Invoke();
        return ValueTask.FromResult(new DimseResponse(DimseStatus.Success));
    });
}
