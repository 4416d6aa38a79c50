using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using BrainTumorDicom.Dicom.Data;
using BrainTumorDicom.Dicom.Dimse;
using BrainTumorDicom.Dicom.Files;
using BrainTumorDicom.Dicom.UpperLayer;
using BrainTumorDicom.Support;

namespace BrainTumorDicom.Dicom.Tests.Dimse;

/// <summary>Our client against the receivers of DCMTK and Orthanc.</summary>
public sealed class PeerReceiverTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("btd-net-").FullName;
    private readonly int port = FreePort();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [PeerFact("storescp")]
    public async Task Storescp_keeps_what_we_send_byte_by_byte()
    {
        foreach (var length in new[] { "4096", "131072" })
        {
            using var process = PeerTools.Start("storescp", ["+B", "-pdu", length, "-od", folder, PortText]);
            try
            {
                await StoreAsync();
            }
            finally
            {
                process.Kill();
                await process.WaitForExitAsync(Cancellation);
            }

            var stored = Assert.Single(Directory.GetFiles(folder));
            Assert.Equal(TestFiles.DataSetOf(TestFiles.Create(1, size: 300)), TestFiles.DataSetOf(DicomFile.Read(stored)));
            File.Delete(stored);
        }
    }

    [PeerFact("dcmrecv")]
    public async Task Dcmrecv_answers_our_echo()
    {
        using var process = PeerTools.Start("dcmrecv", ["-od", folder, PortText]);
        try
        {
            await using var client = await ConnectAsync();

            Assert.True((await client.EchoAsync(Cancellation)).IsSuccess);
            await client.ReleaseAsync(Cancellation);
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync(Cancellation);
        }
    }

    [PeerFact("Orthanc")]
    public async Task Orthanc_stores_what_we_send()
    {
        var configuration = Path.Combine(folder, "orthanc.json");
        await File.WriteAllTextAsync(
            configuration,
            $$"""
            {"Name":"T","StorageDirectory":"{{folder}}/db","IndexDirectory":"{{folder}}/db","DicomServerEnabled":true,"DicomPort":{{PortText}},
             "HttpServerEnabled":false,"DicomAlwaysAllowStore":true,"DicomAlwaysAllowEcho":true,"DicomCheckCalledAet":false,"Plugins":[]}
            """,
            Cancellation);
        using var process = PeerTools.Start("Orthanc", [configuration]);
        _ = process.StandardError.ReadToEndAsync(Cancellation);
        try
        {
            await StoreAsync();
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync(Cancellation);
        }

        Assert.Contains(
            Directory.GetFiles(Path.Combine(folder, "db"), "*", SearchOption.AllDirectories),
            path => File.ReadAllBytes(path).AsSpan().EndsWith(TestFiles.DataSetOf(TestFiles.Create(1, size: 300))));
    }

    [PeerFact("storescp")]
    public async Task A_receiver_that_aborts_in_the_middle_is_an_error_worth_another_try()
    {
        using var process = PeerTools.Start("storescp", ["--abort-during", "-od", folder, PortText]);
        try
        {
            await using var client = await ConnectAsync();
            var file = TestFiles.Create(1, size: 300);

            var error = await Assert.ThrowsAnyAsync<Exception>(() => client.StoreAsync(
                DicomUid.MRImageStorage.Value, TestFiles.UidOf(file), file.TransferSyntax.Uid.Value, TestFiles.DataSetOf(file), Cancellation));

            Assert.True(error is IOException or DicomProtocolException { IsTransient: true }, error.ToString());
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync(Cancellation);
        }
    }

    [Fact]
    public async Task A_peer_that_is_not_there_is_an_error_that_says_so()
    {
        var error = await Assert.ThrowsAsync<IOException>(() => DicomClient.ConnectAsync(Options(), Cancellation));

        Assert.Contains("cannot connect", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rejection_carries_its_values()
    {
        await using var server = await TestServer.StartAsync();

        var error = await Assert.ThrowsAsync<AssociationRejectedException>(() =>
            DicomClient.ConnectAsync(Options() with { Port = server.Port, CalledAe = new AeTitle("OTHER") }, Cancellation));

        Assert.Equal((1, 1, 7, false), (error.Result, error.RejectSource, error.Reason, error.IsTransient));
    }

    [Fact]
    public async Task Our_client_and_our_server_agree_over_four_associations_at_once()
    {
        await using var server = await TestServer.StartAsync();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(async part =>
        {
            await using var client = await DicomClient.ConnectAsync(Options() with { Port = server.Port, CalledAe = new AeTitle("BRAINTUMORDICOM") }, Cancellation);
            for (var i = 0; i < 20; i++)
            {
                var file = TestFiles.Create((part * 20) + i, size: 400);
                var response = await client.StoreAsync(
                    DicomUid.MRImageStorage.Value, TestFiles.UidOf(file), file.TransferSyntax.Uid.Value, TestFiles.DataSetOf(file), Cancellation);
                Assert.True(response.Status.IsSuccess);
            }

            await client.ReleaseAsync(Cancellation);
        }));

        Assert.Equal(80, server.Handler.Stored.Select(stored => stored.SopInstanceUid).Distinct().Count());
        await TestServer.UntilAsync(() => server.Handler.Ends.Count == 4);
        Assert.All(server.Handler.Ends, end => Assert.Equal(AssociationEndKind.Released, end.Kind));
    }

    private string PortText => port.ToString(CultureInfo.InvariantCulture);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private DicomClientOptions Options() => new()
    {
        Host = "127.0.0.1",
        Port = port,
        CalledAe = new AeTitle("ANY-SCP"),
        Contexts =
        [
            new PresentationContextProposal(DicomUid.Verification.Value, [DicomUid.ImplicitVRLittleEndian.Value]),
            new PresentationContextProposal(DicomUid.MRImageStorage.Value, [DicomUid.ExplicitVRLittleEndian.Value]),
        ],
    };

    private async Task StoreAsync()
    {
        var file = TestFiles.Create(1, size: 300);
        await using var client = await ConnectAsync();
        var response = await client.StoreAsync(
            DicomUid.MRImageStorage.Value, TestFiles.UidOf(file), file.TransferSyntax.Uid.Value, TestFiles.DataSetOf(file), Cancellation);
        await client.ReleaseAsync(Cancellation);
        Assert.True(response.Status.IsSuccess, $"{response.Status} {response.ErrorComment}");
    }

    /// <summary>Connects as soon as the peer listens.</summary>
    private async Task<DicomClient> ConnectAsync()
    {
        var started = Stopwatch.GetTimestamp();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (true)
        {
            try
            {
                return await DicomClient.ConnectAsync(Options(), Cancellation);
            }
            catch (IOException) when (Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(20))
            {
                await timer.WaitForNextTickAsync(Cancellation);
            }
        }
    }
}
