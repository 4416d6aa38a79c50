using System.Buffers.Binary;
using System.Text;
using BrainTumorDicom.Dicom.UpperLayer;
using BrainTumorDicom.Support;

namespace BrainTumorDicom.Dicom.Tests.Dimse;

/// <summary>User identity is not supported: the association is accepted without an answer to it, and the requestor decides (PS3.7 §D.3.3.7).</summary>
public sealed class UserIdentityTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("btd-net-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_identity_is_left_unanswered_and_its_secret_is_nowhere_in_the_log(bool responseRequested)
    {
        await using var server = await TestServer.StartAsync();
        using var peer = await ScriptedPeer.ConnectAsync(server.Port);

        await peer.SendAsync(WithIdentity(ScriptedPeer.Request(), "thename", "thesecret", responseRequested));
        var answer = (await peer.ReadPduAsync())!;

        Assert.Equal(2, answer[0]);
        Assert.DoesNotContain((byte)ItemType.UserIdentityAccept, SubItems(answer));
        Assert.Contains(server.Log, line => line.Contains("user identity of type 2", StringComparison.Ordinal));
        Assert.DoesNotContain(server.Log, line => line.Contains("thesecret", StringComparison.Ordinal) || line.Contains("thename", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_identity_that_is_cut_short_is_aborted()
    {
        await using var server = await TestServer.StartAsync();
        using var peer = await ScriptedPeer.ConnectAsync(server.Port);
        var request = WithIdentity(ScriptedPeer.Request(), "thename", "thesecret", responseRequested: false);

        // The length of the passcode, 9, becomes 255.
        request[^10] = 0xFF;
        await peer.SendAsync(request);

        Assert.Equal(7, (await peer.ReadPduAsync())![0]);
    }

    [PeerFact("storescu")]
    public async Task Storescu_with_a_user_name_stores_and_one_that_insists_on_an_answer_gives_up_by_itself()
    {
        TestFiles.Write(folder, 1);
        await using var server = await TestServer.StartAsync();

        var content = await RunAsync(server, "-usr", "thename", "-pwd", "thesecret");
        var insisting = await RunAsync(server, "-usr", "thename", "-pwd", "thesecret", "-rsp");

        Assert.True(content.ExitCode == 0, content.Output + content.Error);
        Assert.Single(server.Handler.Stored);
        Assert.NotEqual(0, insisting.ExitCode);
        await TestServer.UntilAsync(() => server.Handler.Ends.Count == 2);
        Assert.DoesNotContain(server.Log, line => line.Contains("thesecret", StringComparison.Ordinal));
    }

    private Task<(int ExitCode, string Output, string Error)> RunAsync(TestServer server, params string[] options) =>
        PeerTools.RunAsync(
            "storescu", [.. options, "-aec", "BRAINTUMORDICOM", "127.0.0.1", server.PortText, "+sd", folder], TestContext.Current.CancellationToken);

    /// <summary>Puts a user identity of type 2 (name and passcode, PS3.7 table D.3-14) behind the User Information, which ends the PDU.</summary>
    private static byte[] WithIdentity(byte[] request, string name, string passcode, bool responseRequested)
    {
        byte[] identity =
        [
            2, responseRequested ? (byte)1 : (byte)0,
            0, (byte)name.Length, .. Encoding.ASCII.GetBytes(name),
            0, (byte)passcode.Length, .. Encoding.ASCII.GetBytes(passcode),
        ];
        byte[] changed = [.. request, (byte)ItemType.UserIdentityRequest, 0, 0, (byte)identity.Length, .. identity];
        Lengthen(changed.AsSpan(4, 2), changed.Length - request.Length);
        Lengthen(changed.AsSpan(UserInformationAt(request) + 2, 2), changed.Length - request.Length);
        return changed;
    }

    private static void Lengthen(Span<byte> length, int by) =>
        BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)(BinaryPrimitives.ReadUInt16BigEndian(length) + by));

    private static int UserInformationAt(byte[] pdu)
    {
        var at = 6 + 68;
        while (pdu[at] != (byte)ItemType.UserInformation)
        {
            at += 4 + ((pdu[at + 2] << 8) | pdu[at + 3]);
        }

        return at;
    }

    private static List<byte> SubItems(byte[] pdu)
    {
        var types = new List<byte>();
        for (var at = UserInformationAt(pdu) + 4; at < pdu.Length; at += 4 + ((pdu[at + 2] << 8) | pdu[at + 3]))
        {
            types.Add(pdu[at]);
        }

        return types;
    }
}
