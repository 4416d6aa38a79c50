using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.Dimse;
using BrainTumorDicom.Dicom.UpperLayer;

namespace BrainTumorDicom.Dicom.Tests.Dimse;

/// <summary>Peers that break the protocol, byte by byte.</summary>
public sealed class HostilePeerTests
{
    [Theory]
    [InlineData("474554202F20485454502F312E310D0A")] // GET / HTTP/1.1
    [InlineData("0100FFFFFFFF0001")] // A-ASSOCIATE-RQ of 4 GiB
    [InlineData("0400000000060000000201FF")] // P-DATA before any association
    [InlineData("010000000004DEADBEEF")] // A-ASSOCIATE-RQ of four bytes
    public async Task Garbage_is_aborted_with_one_line_and_others_go_on(string bytes)
    {
        await using var server = await TestServer.StartAsync();
        using var good = await ScriptedPeer.AssociateAsync(server.Port);
        using var bad = await ScriptedPeer.ConnectAsync(server.Port);

        await bad.SendAsync(Convert.FromHexString(bytes));
        var answer = await bad.ReadPduAsync();

        // A-ABORT; action AA-1 sends it as the service user.
        Assert.Equal("07000000000400000000", Convert.ToHexString(answer!));
        await TestServer.UntilAsync(() => server.Log.Any(line => line.Contains("Association 2: ended (Aborted)", StringComparison.Ordinal)));
        Assert.Single(server.Log, line => line.Contains("Association 2:", StringComparison.Ordinal));
        await EchoAsync(good);
    }

    [Fact]
    public async Task A_4_GiB_PDU_in_an_association_is_aborted_by_the_provider_with_reason_6()
    {
        await using var server = await TestServer.StartAsync();
        using var peer = await ScriptedPeer.AssociateAsync(server.Port);

        await peer.SendAsync([4, 0, 0xFF, 0xFF, 0xFF, 0xFF]);

        Assert.Equal("07000000000400000206", Convert.ToHexString((await peer.ReadPduAsync())!));
        await TestServer.UntilAsync(() => server.Handler.Ends.Count == 1);
        Assert.Equal(AssociationEndKind.Aborted, server.Handler.Ends.First().Kind);
    }

    [Theory]
    [InlineData("0000000A0103", 6)] // PDV longer than its PDU
    [InlineData("000000020503", 6)] // context 5 was never accepted
    [InlineData("000000020302", 5)] // data set before its command
    [InlineData("000000020103", 6)] // empty command set
    public async Task A_broken_PDV_is_aborted_with_the_right_reason(string pdv, int reason)
    {
        await using var server = await TestServer.StartAsync();
        using var peer = await ScriptedPeer.AssociateAsync(server.Port);
        var body = Convert.FromHexString(pdv);

        await peer.SendAsync([4, 0, 0, 0, 0, (byte)body.Length, .. body]);

        Assert.Equal($"0700000000040000020{reason}", Convert.ToHexString((await peer.ReadPduAsync())!));
    }

    [Fact]
    public async Task Half_a_PDU_and_a_closed_connection_is_a_lost_connection()
    {
        await using var server = await TestServer.StartAsync();
        using (var peer = await ScriptedPeer.AssociateAsync(server.Port))
        {
            await peer.SendAsync([4, 0, 0, 0, 1, 0, 1, 2, 3]);
        }

        await TestServer.UntilAsync(() => server.Handler.Ends.Count == 1);
        Assert.Equal(new AssociationEnd(AssociationEndKind.ConnectionLost, "connection closed within a PDU"), server.Handler.Ends.First());
    }

    [Fact]
    public async Task A_silent_peer_is_closed_by_ARTIM_and_an_idle_association_aborted()
    {
        await using var server = await TestServer.StartAsync(new DicomServerOptions { ArtimTimeout = TimeSpan.FromMilliseconds(300), IdleTimeout = TimeSpan.FromMilliseconds(300) });
        using var silent = await ScriptedPeer.ConnectAsync(server.Port);
        using var idle = await ScriptedPeer.AssociateAsync(server.Port);

        Assert.Null(await silent.ReadPduAsync());
        Assert.Equal(7, (await idle.ReadPduAsync())![0]);
        await TestServer.UntilAsync(() => server.Handler.Ends.Count == 1);
    }

    [Fact]
    public async Task One_association_too_many_is_rejected_as_transient()
    {
        await using var server = await TestServer.StartAsync(new DicomServerOptions { MaximumAssociations = 1 });
        using var first = await ScriptedPeer.AssociateAsync(server.Port);
        using var second = await ScriptedPeer.ConnectAsync(server.Port);

        await second.SendAsync(ScriptedPeer.Request());

        // A-ASSOCIATE-RJ: transient (2), presentation provider (3), local limit exceeded (2).
        Assert.Equal("03000000000400020302", Convert.ToHexString((await second.ReadPduAsync())!));
        await EchoAsync(first);
    }

    [Fact]
    public async Task Contexts_are_refused_with_3_and_4()
    {
        await using var server = await TestServer.StartAsync();
        using var peer = await ScriptedPeer.ConnectAsync(server.Port);

        await peer.SendAsync(ScriptedPeer.Request(request => request with
        {
            Contexts =
            [
                new ProposedContext(1, "1.2.3.4", [DicomUid.ImplicitVRLittleEndian.Value]),
                new ProposedContext(3, DicomUid.MRImageStorage.Value, [DicomUid.MPEG2MPML.Value]),
                new ProposedContext(5, DicomUid.MRImageStorage.Value, [DicomUid.MPEG2MPML.Value, DicomUid.ExplicitVRLittleEndian.Value, DicomUid.ImplicitVRLittleEndian.Value]),
            ],
        }));
        var accept = AssociateAccept.Read((await peer.ReadPduAsync()).AsSpan(6));

        Assert.Equal(
            [(1, ContextResult.AbstractSyntaxNotSupported), (3, ContextResult.TransferSyntaxesNotSupported), (5, ContextResult.Acceptance)],
            accept.Contexts.Select(context => ((int)context.Id, context.Result)));
        Assert.Equal(DicomUid.ExplicitVRLittleEndian.Value, accept.Contexts[2].TransferSyntax);
    }

    [Fact]
    public async Task An_unknown_operation_is_answered_0211_and_a_cancel_not_at_all()
    {
        await using var server = await TestServer.StartAsync();
        using var peer = await ScriptedPeer.AssociateAsync(server.Port);
        var cancel = new CommandSet { Field = CommandField.CancelRequest, MessageId = 1, DataSetType = CommandSet.NoDataSet };
        var find = new CommandSet { Field = 0x0020, MessageId = 7, SopClassUid = DicomUid.MRImageStorage.Value, DataSetType = 1 };

        await peer.SendAsync(ScriptedPeer.Data(3, 3, cancel.ToArray()));
        await peer.SendAsync([.. ScriptedPeer.Data(3, 3, find.ToArray()), .. ScriptedPeer.Data(3, 2, [1, 2])]);
        var response = await ReadResponseAsync(peer);

        Assert.Equal((0x8020, 7, (ushort?)0x0211), (response.Field, response.MessageIdBeingRespondedTo, response.Status));
        await EchoAsync(peer);
    }

    [Theory]
    [InlineData(1, "1.2.840.10008.1.1", "1.2.3", true, 0x0122)] // store on Verification
    [InlineData(3, "1.2.840.10008.5.1.4.1.1.2", "1.2.3", true, 0x0122)] // CT on a context of MR
    [InlineData(3, "1.2.840.10008.5.1.4.1.1.4", "../../etc", true, 0x0117)] // no UID
    [InlineData(3, "1.2.840.10008.5.1.4.1.1.4", "1.2.3", false, 0xC000)] // no data set
    [InlineData(3, "1.2.840.10008.5.1.4.1.1.4", "1.2.3", true, 0x0000)]
    public async Task A_store_that_cannot_be_is_answered_and_the_association_goes_on(byte context, string sopClass, string instance, bool withDataSet, int status)
    {
        await using var server = await TestServer.StartAsync();
        using var peer = await ScriptedPeer.AssociateAsync(server.Port);

        var response = await StoreAsync(peer, context, sopClass, instance, withDataSet ? [1, 2, 3, 4] : null);

        Assert.Equal((ushort)status, response.Status);
        Assert.Equal(status == 0 ? 1 : 0, server.Handler.Stored.Count);
        await EchoAsync(peer);
    }

    [Fact]
    public async Task A_data_set_over_the_limit_is_answered_A700_and_the_next_is_taken()
    {
        await using var server = await TestServer.StartAsync(new DicomServerOptions { MaximumDataSetBytes = 100 });
        using var peer = await ScriptedPeer.AssociateAsync(server.Port);

        var large = await StoreAsync(peer, 3, DicomUid.MRImageStorage.Value, "1.2.3", new byte[101]);
        var small = await StoreAsync(peer, 3, DicomUid.MRImageStorage.Value, "1.2.4", new byte[100]);

        Assert.Equal((ushort)0xA700, large.Status);
        Assert.Equal((ushort)0, small.Status);
    }

    [Fact]
    public async Task A_handler_that_throws_answers_0110_and_the_association_goes_on()
    {
        var handler = new CollectingHandler { Answer = (_, _) => throw new InvalidOperationException("disk on fire") };
        await using var server = await TestServer.StartAsync(handler: handler);
        using var peer = await ScriptedPeer.AssociateAsync(server.Port);

        var response = await StoreAsync(peer, 3, DicomUid.MRImageStorage.Value, "1.2.3", [1, 2]);

        Assert.Equal((ushort)0x0110, response.Status);
        await EchoAsync(peer);
        Assert.Contains(server.Log, line => line.StartsWith("Error", StringComparison.Ordinal) && line.Contains("disk on fire", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Stopping_aborts_what_does_not_end_in_time_and_takes_no_more()
    {
        var server = await TestServer.StartAsync(new DicomServerOptions { StopGrace = TimeSpan.FromMilliseconds(100) });
        using var peer = await ScriptedPeer.AssociateAsync(server.Port);
        var port = server.Port;

        var stopping = server.Server.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal(7, (await peer.ReadPduAsync())![0]);
        await stopping;
        Assert.Single(server.Handler.Ends);
        await Assert.ThrowsAnyAsync<System.Net.Sockets.SocketException>(() => ScriptedPeer.ConnectAsync(port));
        await server.DisposeAsync();
    }

    private static async Task<CommandSet> StoreAsync(ScriptedPeer peer, byte context, string sopClass, string instance, byte[]? dataSet)
    {
        var command = new CommandSet { Field = CommandField.StoreRequest, MessageId = 9, SopClassUid = sopClass, SopInstanceUid = instance, DataSetType = dataSet is null ? CommandSet.NoDataSet : (ushort)0 };
        await peer.SendAsync(ScriptedPeer.Data(context, 3, command.ToArray()));
        if (dataSet is not null)
        {
            var half = dataSet.Length / 2;
            await peer.SendAsync([.. ScriptedPeer.Data(context, 0, dataSet.AsSpan(0, half)), .. ScriptedPeer.Data(context, 2, dataSet.AsSpan(half))]);
        }

        return await ReadResponseAsync(peer);
    }

    private static async Task EchoAsync(ScriptedPeer peer)
    {
        var echo = new CommandSet { Field = CommandField.EchoRequest, MessageId = 5, SopClassUid = DicomUid.Verification.Value, DataSetType = CommandSet.NoDataSet };
        await peer.SendAsync(ScriptedPeer.Data(1, 3, echo.ToArray()));
        Assert.Equal((ushort)0, (await ReadResponseAsync(peer)).Status);
    }

    private static async Task<CommandSet> ReadResponseAsync(ScriptedPeer peer)
    {
        var pdu = await peer.ReadPduAsync();
        Assert.Equal(4, pdu![0]);
        return CommandSet.Read(pdu.AsSpan(12), "");
    }
}
