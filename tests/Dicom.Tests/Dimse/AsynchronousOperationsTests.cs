using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.Dimse;
using BrainTumorDicom.Dicom.UpperLayer;

namespace BrainTumorDicom.Dicom.Tests.Dimse;

/// <summary>Several operations outstanding on one association (PS3.7 §D.3.3.3).</summary>
public sealed class AsynchronousOperationsTests
{
    [Fact]
    public async Task Eight_stores_sent_before_any_answer_are_all_answered_by_their_message_IDs()
    {
        await using var server = await TestServer.StartAsync();
        using var peer = await ScriptedPeer.ConnectAsync(server.Port);
        await peer.SendAsync(ScriptedPeer.Request(request => request with { User = request.User with { AsynchronousOperations = new AsynchronousOperations(0, 1) } }));
        var accept = AssociateAccept.Read((await peer.ReadPduAsync()).AsSpan(6));
        Assert.Equal(new AsynchronousOperations(8, 1), accept.User.AsynchronousOperations);

        await peer.SendAsync([.. Enumerable.Range(1, 8).SelectMany(Store)]);
        var responses = new List<CommandSet>();
        for (var i = 0; i < 8; i++)
        {
            responses.Add(CommandSet.Read((await peer.ReadPduAsync()).AsSpan(12), ""));
        }

        Assert.Equal(
            Enumerable.Range(101, 8).Select(id => ((ushort)id, $"1.2.3.{id - 100}")),
            responses.OrderBy(response => response.MessageIdBeingRespondedTo).Select(response => (response.MessageIdBeingRespondedTo, response.SopInstanceUid!)));
        Assert.All(responses, response => Assert.Equal((ushort)0, response.Status));
        Assert.Equal(8, server.Handler.Stored.Count);
    }

    private static byte[] Store(int number)
    {
        var command = new CommandSet
        {
            Field = CommandField.StoreRequest,
            MessageId = (ushort)(100 + number),
            SopClassUid = DicomUid.MRImageStorage.Value,
            SopInstanceUid = $"1.2.3.{number}",
            DataSetType = 0,
        };
        return [.. ScriptedPeer.Data(3, 3, command.ToArray()), .. ScriptedPeer.Data(3, 0, new byte[100]), .. ScriptedPeer.Data(3, 2, new byte[100])];
    }
}
