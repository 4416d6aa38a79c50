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

/// <summary>TLS by the Non-Downgrading BCP 195 profile (PS3.15 §B.10), between our own two sides, and with DCMTK and OpenSSL.</summary>
public sealed class TlsTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("btd-tls-").FullName;
    private readonly TestCertificates certificates;

    public TlsTests() => certificates = new TestCertificates(folder);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Our_two_sides_agree_on_TLS_1_3_and_carry_long_data_sets(bool clientCertificate)
    {
        await using var server = await TestServer.StartAsync(Server() with { Tls = Tls(clientCertificate) });
        var file = TestFiles.Create(1, size: 700);
        await using var client = await DicomClient.ConnectAsync(Client(server, clientCertificate ? TlsOfClient() : TlsOfClient() with { CertificateFile = null }), Cancellation);

        for (var i = 0; i < 5; i++)
        {
            var response = await client.StoreAsync(
                DicomUid.MRImageStorage.Value, TestFiles.UidOf(file), file.TransferSyntax.Uid.Value, TestFiles.DataSetOf(file), Cancellation);
            Assert.True(response.Status.IsSuccess);
        }

        await client.ReleaseAsync(Cancellation);
        Assert.All(server.Handler.Stored, stored => Assert.Equal(TestFiles.DataSetOf(file), stored.DataSet));
        await TestServer.UntilAsync(() => !server.Handler.Ends.IsEmpty);
        Assert.Equal(AssociationEndKind.Released, Assert.Single(server.Handler.Ends).Kind);
        Assert.Contains(server.Log, line => line.Contains($"Tls13 with TLS_AES", StringComparison.Ordinal) && line.Contains(clientCertificate ? "CN=client" : "certificate none", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Both_ports_are_served_at_once()
    {
        await using var server = await TestServer.StartAsync(Server() with { Port = 0, Tls = Tls() });

        using var plain = await ScriptedPeer.AssociateAsync(server.Port);
        await using var encrypted = await DicomClient.ConnectAsync(Client(server, TlsOfClient()), Cancellation);

        Assert.Equal(2, server.Handler.Infos.Count);
        Assert.NotEqual(server.Port, server.Server.TlsEndPoint!.Port);
    }

    [Fact]
    public async Task A_client_without_a_certificate_or_with_another_authoritys_gets_no_association()
    {
        var others = new TestCertificates(folder, "other");
        await using var server = await TestServer.StartAsync(Server() with { Tls = Tls() });
        foreach (var tls in new[]
        {
            TlsOfClient() with { CertificateFile = null, KeyFile = null },
            TlsOfClient() with { CertificateFile = others.ClientFile, KeyFile = others.ClientKeyFile },
        })
        {
            await Assert.ThrowsAnyAsync<Exception>(() => DicomClient.ConnectAsync(Client(server, tls), Cancellation));
        }

        Assert.Empty(server.Handler.Infos);
        await TestServer.UntilAsync(() => server.Log.Count(line => line.Contains("closed: no TLS: ", StringComparison.Ordinal)) == 2);
    }

    [Fact]
    public async Task A_server_of_another_authority_or_name_is_not_trusted()
    {
        var others = new TestCertificates(folder, "other");
        await using var server = await TestServer.StartAsync(Server() with { Tls = Tls() });

        var authority = await Assert.ThrowsAsync<IOException>(() => DicomClient.ConnectAsync(Client(server, TlsOfClient() with { TrustedCaFile = others.AuthorityFile }), Cancellation));
        var name = await Assert.ThrowsAsync<IOException>(() => DicomClient.ConnectAsync(Client(server, TlsOfClient() with { ServerName = "pacs.example" }), Cancellation));
        var system = await Assert.ThrowsAsync<IOException>(() => DicomClient.ConnectAsync(Client(server, TlsOfClient() with { TrustedCaFile = null }), Cancellation));

        Assert.All([authority, name, system], error => Assert.Contains("no TLS: ", error.Message, StringComparison.Ordinal));
        Assert.Contains("RemoteCertificateNameMismatch", name.Message, StringComparison.Ordinal);
        Assert.Empty(server.Handler.Infos);
    }

    [Fact]
    public async Task A_peer_without_TLS_on_the_TLS_port_and_one_with_TLS_on_the_other_end_cleanly()
    {
        await using var server = await TestServer.StartAsync(Server() with { Port = 0, Tls = Tls() });
        using var plain = await ScriptedPeer.ConnectAsync(server.Server.TlsEndPoint!.Port);
        await plain.SendAsync(ScriptedPeer.Request());

        // Perhaps a TLS alert, which is no PDU; then the end.
        await plain.ReadToEndAsync();
        var error = await Assert.ThrowsAsync<IOException>(() => DicomClient.ConnectAsync(Client(server, TlsOfClient()) with { Port = server.Port }, Cancellation));

        Assert.Contains("no TLS: ", error.Message, StringComparison.Ordinal);
        await TestServer.UntilAsync(() => server.Log.Any(line => line.Contains("closed: no TLS: ", StringComparison.Ordinal)));
        Assert.Empty(server.Handler.Infos);
    }

    [Fact]
    public async Task A_peer_that_never_shakes_hands_is_closed_in_time()
    {
        await using var server = await TestServer.StartAsync(Server() with { Tls = Tls(), ArtimTimeout = TimeSpan.FromMilliseconds(300) });
        using var silent = await ScriptedPeer.ConnectAsync(server.Port);

        Assert.Null(await silent.ReadPduOrResetAsync());

        await TestServer.UntilAsync(() => server.Log.Any(line => line.Contains("no handshake in time", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_new_certificate_is_taken_into_use_without_a_restart_and_a_bad_one_is_not()
    {
        await using var server = await TestServer.StartAsync(Server() with { Tls = Tls() });
        File.WriteAllText(certificates.ServerFile, "half a file");
        await EchoAsync(server);
        Assert.Single(server.Log, line => line.StartsWith("Error The TLS files changed", StringComparison.Ordinal));

        certificates.Issue("server");
        File.SetLastWriteTimeUtc(certificates.ServerFile, DateTime.UtcNow.AddMinutes(1));
        await EchoAsync(server);

        Assert.Equal(2, server.Log.Count(line => line.Contains("TLS certificate read: CN=server", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_PKCS_12_file_does_as_well()
    {
        var pfx = Path.ChangeExtension(certificates.ServerFile, ".pfx");
        await using var server = await TestServer.StartAsync(Server() with { Tls = Tls() with { CertificateFile = pfx, KeyFile = null, Password = "secret" } });

        await EchoAsync(server);
    }

    [Theory]
    [InlineData("missing.pem", null, null, "missing.pem")]
    [InlineData("test-server.pem", "test-client-key.pem", null, "cannot be used")] // another's key
    [InlineData("test-server.pfx", null, "wrong", "cannot be used")]
    [InlineData("test-server-key.pem", null, null, "cannot be used")] // no certificate in it
    public void A_file_that_cannot_be_used_is_named_in_one_line(string certificate, string? key, string? password, string expected)
    {
        var tls = Tls() with { CertificateFile = Path.Combine(folder, certificate), KeyFile = key is null ? null : Path.Combine(folder, key), Password = password };

        var error = Assert.Throws<InvalidDataException>(() => new TlsServer(tls, _ => { }, _ => { }));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
        Assert.DoesNotContain("wrong\"", error.Message, StringComparison.Ordinal);
    }

    [PeerFact("echoscu,storescu")]
    public async Task DCMTKs_senders_are_taken_with_their_certificate_and_not_without()
    {
        TestFiles.Write(folder, 3, size: 300);
        await using var server = await TestServer.StartAsync(Server() with { Tls = Tls() });
        string[] authenticated = ["+tls", certificates.ClientKeyFile, certificates.ClientFile, "+cf", certificates.AuthorityFile];

        var echo = await RunAsync("echoscu", [.. authenticated, .. To(server)]);
        var store = await RunAsync("storescu", [.. authenticated, .. To(server), "+sd", "+sp", "*.dcm", folder]);
        var anonymous = await RunAsync("echoscu", ["+tla", "+cf", certificates.AuthorityFile, .. To(server)]);
        var plain = await RunAsync("echoscu", ["-to", "5", .. To(server)]);

        Assert.True(echo.ExitCode == 0, echo.Output + echo.Error);
        Assert.True(store.ExitCode == 0, store.Output + store.Error);
        Assert.Equal(3, server.Handler.Stored.Count);
        Assert.NotEqual(0, anonymous.ExitCode);
        Assert.NotEqual(0, plain.ExitCode);
        Assert.Equal(2, server.Handler.Infos.Count);
    }

    [PeerFact("echoscu")]
    public async Task DCMTKs_anonymous_TLS_is_taken_where_no_certificate_is_required()
    {
        await using var server = await TestServer.StartAsync(Server() with { Tls = Tls(clientCertificate: false) });

        var (exit, output, error) = await RunAsync("echoscu", ["+tla", "+cf", certificates.AuthorityFile, .. To(server)]);

        Assert.True(exit == 0, output + error);
    }

    [PeerFact("storescp")]
    public async Task Our_client_stores_to_storescp_with_TLS()
    {
        var port = FreePort();
        var received = Directory.CreateDirectory(Path.Combine(folder, "received")).FullName;
        using var process = PeerTools.Start(
            "storescp",
            ["+B", "+tls", certificates.ServerKeyFile, certificates.ServerFile, "+cf", certificates.AuthorityFile, "-od", received, port.ToString(CultureInfo.InvariantCulture)]);
        try
        {
            var file = TestFiles.Create(1, size: 300);
            await using var client = await ConnectAsync(port);
            var response = await client.StoreAsync(
                DicomUid.MRImageStorage.Value, TestFiles.UidOf(file), file.TransferSyntax.Uid.Value, TestFiles.DataSetOf(file), Cancellation);
            await client.ReleaseAsync(Cancellation);

            Assert.True(response.Status.IsSuccess);
            Assert.Equal(TestFiles.DataSetOf(file), TestFiles.DataSetOf(DicomFile.Read(Assert.Single(Directory.GetFiles(received)))));
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync(Cancellation);
        }
    }

    [PeerFact("openssl")]
    public async Task OpenSSL_gets_TLS_1_2_and_1_3_and_nothing_older_or_weaker()
    {
        await using var server = await TestServer.StartAsync(Server() with { Tls = Tls(clientCertificate: false) });

        Assert.Contains("TLSv1.3", await HandshakeAsync(server, "-tls1_3"), StringComparison.Ordinal);
        Assert.Contains("ECDHE-RSA-AES", await HandshakeAsync(server, "-tls1_2"), StringComparison.Ordinal);
        Assert.Null(await HandshakeAsync(server, "-tls1_1", "-cipher", "ALL:@SECLEVEL=0"));
        Assert.Null(await HandshakeAsync(server, "-tls1_2", "-cipher", "AES128-SHA:AES256-GCM-SHA384:ECDHE-RSA-AES128-SHA256:@SECLEVEL=0"));
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static Task<(int ExitCode, string Output, string Error)> RunAsync(string command, string[] arguments) =>
        PeerTools.RunAsync(command, arguments, Cancellation);

    private static string[] To(TestServer server) => ["-aec", "BRAINTUMORDICOM", "127.0.0.1", server.Server.TlsEndPoint!.Port.ToString(CultureInfo.InvariantCulture)];

    /// <summary>What openssl says of the session, or <see langword="null"/> where there is none.</summary>
    private static async Task<string?> HandshakeAsync(TestServer server, params string[] options)
    {
        using var process = PeerTools.Start(
            "openssl",
            ["s_client", "-connect", string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{server.Server.TlsEndPoint!.Port}"), .. options]);
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync(Cancellation);
        var output = await process.StandardOutput.ReadToEndAsync(Cancellation);
        await error;
        await process.WaitForExitAsync(Cancellation);
        return output.Contains("Cipher is (NONE)", StringComparison.Ordinal) || !output.Contains("Cipher is ", StringComparison.Ordinal) ? null : output;
    }

    private static DicomServerOptions Server() => new() { Port = null };

    private TlsServerOptions Tls(bool clientCertificate = true) => new()
    {
        Port = 0,
        CertificateFile = certificates.ServerFile,
        KeyFile = certificates.ServerKeyFile,
        RequireClientCertificate = clientCertificate,
        TrustedCaFile = certificates.AuthorityFile,
    };

    private TlsClientOptions TlsOfClient() => new()
    {
        TrustedCaFile = certificates.AuthorityFile,
        CertificateFile = certificates.ClientFile,
        KeyFile = certificates.ClientKeyFile,
    };

    private static DicomClientOptions Client(TestServer server, TlsClientOptions tls) => Client(server.Server.TlsEndPoint!.Port, tls);

    private static DicomClientOptions Client(int port, TlsClientOptions tls) => new()
    {
        Host = "localhost",
        Port = port,
        CalledAe = new AeTitle("BRAINTUMORDICOM"),
        Tls = tls,
        Contexts =
        [
            new PresentationContextProposal(DicomUid.Verification.Value, [DicomUid.ImplicitVRLittleEndian.Value]),
            new PresentationContextProposal(DicomUid.MRImageStorage.Value, [DicomUid.ExplicitVRLittleEndian.Value]),
        ],
    };

    private async Task EchoAsync(TestServer server)
    {
        await using var client = await DicomClient.ConnectAsync(Client(server, TlsOfClient()), Cancellation);
        Assert.True((await client.EchoAsync(Cancellation)).IsSuccess);
        await client.ReleaseAsync(Cancellation);
    }

    /// <summary>Connects as soon as the peer listens.</summary>
    private async Task<DicomClient> ConnectAsync(int port)
    {
        var started = Stopwatch.GetTimestamp();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (true)
        {
            try
            {
                return await DicomClient.ConnectAsync(Client(port, TlsOfClient()), Cancellation);
            }
            catch (IOException) when (Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(20))
            {
                await timer.WaitForNextTickAsync(Cancellation);
            }
        }
    }
}
