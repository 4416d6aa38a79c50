using BrainTumorDicom.Dicom.Dimse;
using BrainTumorDicom.Dicom.Files;
using BrainTumorDicom.Dicom.UpperLayer;
using BrainTumorDicom.Support;

namespace BrainTumorDicom.Dicom.Tests.Dimse;

/// <summary>DCMTK's senders against our server.</summary>
public sealed class DcmtkSenderTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("btd-net-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [PeerFact("echoscu")]
    public async Task Echoscu_is_answered_and_its_release_reported_once()
    {
        await using var server = await TestServer.StartAsync();

        var (exit, output, error) = await RunAsync("echoscu", "-aec", "BRAINTUMORDICOM", "127.0.0.1", server.PortText);

        Assert.True(exit == 0, output + error);
        await TestServer.UntilAsync(() => !server.Handler.Ends.IsEmpty);
        Assert.Equal(AssociationEndKind.Released, Assert.Single(server.Handler.Ends).Kind);
    }

    [PeerFact("echoscu")]
    public async Task Another_called_title_is_rejected_with_its_reason()
    {
        await using var server = await TestServer.StartAsync();

        var (exit, output, error) = await RunAsync("echoscu", "-v", "-aec", "SOMEBODY", "127.0.0.1", server.PortText);

        Assert.NotEqual(0, exit);
        Assert.Contains("Called AE Title Not Recognized", output + error, StringComparison.Ordinal);
        Assert.Empty(server.Handler.Infos);
    }

    [PeerFact("storescu")]
    public async Task Storescu_with_small_and_large_PDUs_is_received_byte_by_byte()
    {
        TestFiles.Write(folder, 3, size: 200);
        foreach (var length in new[] { "4096", "16384", "131072" })
        {
            await using var server = await TestServer.StartAsync();

            var (exit, output, error) = await RunAsync(
                "storescu", "-pdu", length, "--max-send-pdu", length, "-aec", "BRAINTUMORDICOM", "127.0.0.1", server.PortText, "+sd", folder);

            Assert.True(exit == 0, output + error);
            AssertSame(server, 3, 200);
        }
    }

    [PeerFact("storescu")]
    public async Task A_server_with_a_small_PDU_length_is_kept_to_by_storescu()
    {
        TestFiles.Write(folder, 2, size: 200);
        await using var server = await TestServer.StartAsync(new DicomServerOptions { MaximumPduLength = 4096 });

        var (exit, output, error) = await RunAsync("storescu", "-aec", "BRAINTUMORDICOM", "127.0.0.1", server.PortText, "+sd", folder);

        Assert.True(exit == 0, output + error);
        AssertSame(server, 2, 200);
    }

    [PeerFact("dcmsend")]
    public async Task Dcmsend_is_received_byte_by_byte()
    {
        TestFiles.Write(folder, 5);
        await using var server = await TestServer.StartAsync();

        var (exit, output, error) = await RunAsync("dcmsend", "-aec", "BRAINTUMORDICOM", "127.0.0.1", server.PortText, "+sd", folder);

        Assert.True(exit == 0, output + error);
        AssertSame(server, 5, 64);
    }

    [PeerFact("storescu")]
    public async Task Implicit_little_endian_and_big_endian_are_taken_as_they_come()
    {
        foreach (var (option, syntax) in new[] { ("-xi", DicomTransferSyntax.ImplicitVrLittleEndian), ("-xb", DicomTransferSyntax.ExplicitVrBigEndian) })
        {
            TestFiles.Write(folder, 1, syntax);
            await using var server = await TestServer.StartAsync();

            var (exit, output, error) = await RunAsync("storescu", option, "-aec", "BRAINTUMORDICOM", "127.0.0.1", server.PortText, "+sd", folder);

            Assert.True(exit == 0, output + error);
            var stored = Assert.Single(server.Handler.Stored);
            Assert.Equal(syntax.Uid.Value, stored.TransferSyntaxUid);
            Assert.Equal(TestFiles.DataSetOf(TestFiles.Create(0, syntax)), stored.DataSet);
        }
    }

    [PeerFact("storescu")]
    public async Task An_abort_is_reported_as_an_abort()
    {
        TestFiles.Write(folder, 1);
        await using var server = await TestServer.StartAsync();

        await RunAsync("storescu", "--abort", "-aec", "BRAINTUMORDICOM", "127.0.0.1", server.PortText, "+sd", folder);

        await TestServer.UntilAsync(() => !server.Handler.Ends.IsEmpty);
        Assert.Equal(AssociationEndKind.Aborted, Assert.Single(server.Handler.Ends).Kind);
    }

    [PeerFact("storescu")]
    public async Task Several_associations_at_once_are_all_received()
    {
        TestFiles.Write(folder, 10, size: 100);
        await using var server = await TestServer.StartAsync();

        var runs = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ =>
            RunAsync("storescu", "-aec", "BRAINTUMORDICOM", "127.0.0.1", server.PortText, "+sd", folder)));

        Assert.All(runs, run => Assert.True(run.ExitCode == 0, run.Output + run.Error));
        Assert.Equal(40, server.Handler.Stored.Count);
        await TestServer.UntilAsync(() => server.Handler.Ends.Count == 4);
    }

    private static Task<(int ExitCode, string Output, string Error)> RunAsync(string command, params string[] arguments) =>
        PeerTools.RunAsync(command, arguments, TestContext.Current.CancellationToken);

    private static void AssertSame(TestServer server, int count, int size)
    {
        Assert.Equal(count, server.Handler.Stored.Count);
        for (var i = 0; i < count; i++)
        {
            var file = TestFiles.Create(i, size: size);
            var (_, syntax, bytes) = Assert.Single(server.Handler.Stored, stored => stored.SopInstanceUid == TestFiles.UidOf(file));
            Assert.Equal(file.TransferSyntax.Uid.Value, syntax);
            Assert.Equal(TestFiles.DataSetOf(file), bytes);
        }
    }
}
