using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.Dimse;

namespace BrainTumorDicom.Dicom.Tests.Dimse;

/// <summary>Memory stays within the configured limits, whatever lengths peers claim and however many they are.</summary>
public sealed class MemoryLimitTests
{
    private const int Peers = 12;
    private const int Limit = 8 << 20;
    private const int Fragment = 64 << 10;

    [Fact]
    public async Task Data_sets_that_never_end_take_no_more_than_the_limit_and_give_it_back()
    {
        await using var server = await TestServer.StartAsync(new DicomServerOptions { MaximumMemoryBytes = Limit });
        var peers = new List<ScriptedPeer>();
        try
        {
            for (var i = 0; i < Peers; i++)
            {
                peers.Add(await ScriptedPeer.AssociateAsync(server.Port));
            }

            // Together 48 MiB, six times the limit; each holds what it got, as none is finished.
            await Task.WhenAll(peers.Select(peer => BeginAsync(peer, 4 << 20)));
            var statuses = new List<ushort?>();
            foreach (var peer in peers)
            {
                await peer.SendAsync(ScriptedPeer.Data(3, 2, [0, 0]));
                statuses.Add(CommandSet.Read((await peer.ReadPduAsync()).AsSpan(12), "").Status);
            }

            // At most two of 4 MiB have room in 8 MiB; the others are told so, and their associations go on.
            Assert.InRange(statuses.Count(status => status == 0), 0, 2);
            Assert.Equal(Peers, statuses.Count(status => status is 0 or 0xA700));

            // All is given back: now one of nearly all the memory has room.
            await BeginAsync(peers[0], Limit - (Peers * (256 << 10)));
            await peers[0].SendAsync(ScriptedPeer.Data(3, 2, [0, 0]));
            Assert.Equal((ushort)0, CommandSet.Read((await peers[0].ReadPduAsync()).AsSpan(12), "").Status);
        }
        finally
        {
            peers.ForEach(peer => peer.Dispose());
        }
    }

    [Fact]
    public async Task PDUs_that_claim_4_GiB_are_refused_without_room_being_made()
    {
        await using var server = await TestServer.StartAsync();
        var before = GC.GetTotalAllocatedBytes();
        for (var i = 0; i < 50; i++)
        {
            using var peer = await ScriptedPeer.AssociateAsync(server.Port);
            await peer.SendAsync([4, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFA, 3, 0]);

            Assert.Equal(7, (await peer.ReadPduAsync())![0]);
        }

        // A connection takes some hundred KiB of buffers, mostly pooled.
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 100L << 20);
    }

    private static async Task BeginAsync(ScriptedPeer peer, int length)
    {
        var command = new CommandSet { Field = CommandField.StoreRequest, MessageId = 9, SopClassUid = DicomUid.MRImageStorage.Value, SopInstanceUid = "1.2.3" };
        await peer.SendAsync(ScriptedPeer.Data(3, 3, command.ToArray()));
        var fragment = ScriptedPeer.Data(3, 0, new byte[Fragment]);
        for (var sent = 0; sent < length; sent += Fragment)
        {
            await peer.SendAsync(fragment);
        }
    }
}
