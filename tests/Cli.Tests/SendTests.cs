using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using BrainTumorDicom.Cli.Tests.Serving;
using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.Files;
using BrainTumorDicom.Support;

namespace BrainTumorDicom.Cli.Tests;

/// <summary><c>send</c> with peers that refuse and files that are odd.</summary>
public sealed class SendTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("btd-send-");

    [Fact]
    public async Task A_peer_that_rejects_is_asked_once_and_every_file_is_told()
    {
        for (var index = 0; index < 20; index++)
        {
            Instance($"1.2.3.{index + 1}").Write(Path.Combine(folder.FullName, $"{index}.dcm"));
        }

        using var peer = new RejectingPeer();
        var (exitCode, output, error) = await CliProcess.RunAsync(["send", $"X@127.0.0.1:{peer.Port}", folder.FullName, "--json"]);

        Assert.Equal(1, exitCode);
        Assert.Equal(1, peer.Connections);
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(20, lines.Length);
        Assert.All(lines, line => Assert.Equal("failed", JsonDocument.Parse(line).RootElement.GetProperty("status").GetString()));
        Assert.Contains("20 of 20 not stored", error, StringComparison.Ordinal);
        Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task A_named_file_that_is_not_DICOM_is_an_error()
    {
        var text = Path.Combine(folder.FullName, "notes.txt");
        await File.WriteAllTextAsync(text, "notes", TestContext.Current.CancellationToken);

        var (exitCode, output, error) = await CliProcess.RunAsync(["send", "X@127.0.0.1:1", text, "--json"]);

        Assert.Equal(1, exitCode);
        Assert.Empty(output);
        Assert.Contains("notes.txt: not DICOM", error, StringComparison.Ordinal);
    }

    [PeerFact("storescp")]
    public async Task A_deflated_data_set_of_odd_length_is_padded_on_the_wire()
    {
        var file = Path.Combine(folder.FullName, "deflated.dcm");
        WriteDeflatedOdd(file);
        using var peer = await Storescp.StartAsync(Path.Combine(folder.FullName, "received"), "+xd");

        var (exitCode, _, error) = await CliProcess.RunAsync(["send", peer.Address, file]);

        Assert.Equal("", error);
        Assert.Equal(0, exitCode);
    }

    public void Dispose() => folder.Delete(recursive: true);

    private static DicomFile Instance(string uid)
    {
        var dataset = new DicomDataset();
        dataset.Set(DicomTag.SOPClassUID, DicomUid.MRImageStorage.Value);
        dataset.Set(DicomTag.SOPInstanceUID, uid);
        return new DicomFile(dataset, DicomTransferSyntax.ExplicitVrLittleEndian);
    }

    /// <summary>A file whose data set has an odd length: less the padding of its stream, or one byte longer.</summary>
    private static void WriteDeflatedOdd(string path)
    {
        var bytes = new DicomFile(Instance("1.2.3.4").Dataset, DicomTransferSyntax.Find(DicomUid.DeflatedExplicitVRLittleEndian.Value)!).ToArray();
        var odd = bytes.Length % 2 == 1 ? bytes : bytes[^1] == 0 ? bytes[..^1] : [.. bytes, 0];
        File.WriteAllBytes(path, odd);
    }

    /// <summary>Answers every association request with A-ASSOCIATE-RJ and counts them.</summary>
    private sealed class RejectingPeer : IDisposable
    {
        private readonly TcpListener listener = new(IPAddress.Loopback, 0);

        public RejectingPeer()
        {
            listener.Start();
            _ = AnswerAsync();
        }

        public int Connections { get; private set; }

        public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

        public void Dispose() => listener.Dispose();

        private async Task AnswerAsync()
        {
            try
            {
                while (true)
                {
                    using var socket = await listener.AcceptTcpClientAsync();
                    Connections++;
                    await socket.GetStream().ReadAtLeastAsync(new byte[6], 6);

                    // PS3.8 §9.3.4: rejected permanent, by the service user, called AE title not recognized.
                    await socket.GetStream().WriteAsync(new byte[] { 3, 0, 0, 0, 0, 4, 0, 1, 1, 7 });

                    // The requestor closes (PS3.8 AE-4); closing first could cost it the answer.
                    await socket.GetStream().CopyToAsync(Stream.Null);
                }
            }
            catch (Exception error) when (error is SocketException or ObjectDisposedException)
            {
            }
        }
    }
}
