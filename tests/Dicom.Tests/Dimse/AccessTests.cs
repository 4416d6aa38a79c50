using System.Net;
using BrainTumorDicom.Dicom.Dimse;
using BrainTumorDicom.Support;

namespace BrainTumorDicom.Dicom.Tests.Dimse;

/// <summary>Who is let in, and how much of the server one peer can take.</summary>
public sealed class AccessTests
{
    [Fact]
    public async Task An_address_without_a_rule_gets_not_a_byte_and_one_line_that_names_it_and_the_setting()
    {
        await using var server = await TestServer.StartAsync(new DicomServerOptions { AllowedCallers = [Rule("*@10.0.0.0/8")] });
        using var peer = await ScriptedPeer.ConnectAsync(server.Port);

        Assert.Null(await peer.ReadPduOrResetAsync());

        await TestServer.UntilAsync(() => server.Log.Any(line => line.StartsWith("Warning", StringComparison.Ordinal)));
        var line = Assert.Single(server.Log, line => line.StartsWith("Warning", StringComparison.Ordinal));
        Assert.Contains("127.0.0.1", line, StringComparison.Ordinal);
        Assert.Contains("Dicom:AllowedCallers", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_calling_title_without_a_rule_is_rejected_with_1_1_3()
    {
        await using var server = await TestServer.StartAsync(new DicomServerOptions { AllowedCallers = [Rule("PACS1@127.0.0.1"), Rule("SCRIPT@10.0.0.0/8")] });
        using var peer = await ScriptedPeer.ConnectAsync(server.Port);

        await peer.SendAsync(ScriptedPeer.Request());

        Assert.Equal("03000000000400010103", Convert.ToHexString((await peer.ReadPduAsync())!));
        Assert.Empty(server.Handler.Infos);
    }

    [Fact]
    public async Task A_calling_title_with_a_rule_is_taken()
    {
        await using var server = await TestServer.StartAsync(new DicomServerOptions { AllowedCallers = [Rule("OTHER@10.0.0.0/8"), Rule("SCRIPT@127.0.0.0/8")] });

        using var peer = await ScriptedPeer.AssociateAsync(server.Port);

        Assert.Single(server.Handler.Infos);
    }

    [PeerFact("echoscu")]
    public async Task Echoscu_is_told_that_its_title_is_not_recognized()
    {
        await using var server = await TestServer.StartAsync(new DicomServerOptions { AllowedCallers = [Rule("PACS1@127.0.0.1")] });

        var wrong = await PeerTools.RunAsync("echoscu", ["-v", "-aet", "PACS2", "-aec", "BRAINTUMORDICOM", "127.0.0.1", server.PortText], TestContext.Current.CancellationToken);
        var right = await PeerTools.RunAsync("echoscu", ["-v", "-aet", "PACS1", "-aec", "BRAINTUMORDICOM", "127.0.0.1", server.PortText], TestContext.Current.CancellationToken);

        Assert.NotEqual(0, wrong.ExitCode);
        Assert.Contains("Calling AE Title Not Recognized", wrong.Output + wrong.Error, StringComparison.Ordinal);
        Assert.Equal(0, right.ExitCode);
    }

    [Fact]
    public async Task Both_families_of_addresses_reach_a_server_on_every_address()
    {
        await using var server = await TestServer.StartAsync(new DicomServerOptions { BindAddress = IPAddress.IPv6Any, AllowedCallers = [Rule("SCRIPT@127.0.0.1")] });

        using var peer = await ScriptedPeer.AssociateAsync(server.Port);

        Assert.Single(server.Handler.Infos);
    }

    [Fact]
    public async Task Three_hundred_silent_connections_keep_nobody_out()
    {
        await using var server = await TestServer.StartAsync();
        var silent = new List<ScriptedPeer>();
        for (var i = 0; i < 300; i++)
        {
            silent.Add(await ScriptedPeer.ConnectAsync(server.Port));
        }

        using var peer = await ScriptedPeer.AssociateAsync(server.Port);

        Assert.Single(server.Handler.Infos);
        silent.ForEach(one => one.Dispose());
    }

    [Fact]
    public async Task Too_many_associations_in_a_minute_are_rejected_as_temporary_congestion()
    {
        await using var server = await TestServer.StartAsync(new DicomServerOptions { MaximumAssociationsPerMinute = 1 });
        using var first = await ScriptedPeer.AssociateAsync(server.Port);
        using var second = await ScriptedPeer.ConnectAsync(server.Port);

        await second.SendAsync(ScriptedPeer.Request());

        Assert.Equal("03000000000400020301", Convert.ToHexString((await second.ReadPduAsync())!));
    }

    [Fact]
    public async Task Small_PDUs_that_never_make_a_message_are_aborted()
    {
        await using var server = await TestServer.StartAsync(new DicomServerOptions { IdleTimeout = TimeSpan.FromSeconds(1), MinimumBytesPerSecond = 1_000_000 });
        using var peer = await ScriptedPeer.AssociateAsync(server.Port);
        using var aborted = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var trickling = TrickleAsync(peer, aborted.Token);

        var answer = await peer.ReadPduAsync();
        await aborted.CancelAsync();
        await trickling;

        Assert.Equal(7, answer![0]);
        await TestServer.UntilAsync(() => server.Handler.Ends.Count == 1);
        Assert.StartsWith("a message trickles", server.Handler.Ends.First().Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_TLS_peer_on_a_port_without_TLS_is_called_by_its_name()
    {
        await using var server = await TestServer.StartAsync();
        using var peer = await ScriptedPeer.ConnectAsync(server.Port);

        await peer.SendAsync([0x16, 0x03, 0x01, 0x00, 0xC8, 0x01]);

        Assert.Equal(7, (await peer.ReadPduAsync())![0]);
        await TestServer.UntilAsync(() => server.Log.Any(line => line.Contains("a TLS peer on a port without TLS", StringComparison.Ordinal)));
    }

    private static CallerRule Rule(string text) => CallerRule.TryParse(text, out var rule) ? rule : throw new ArgumentException(text);

    /// <summary>A fragment of a command set every 20 ms, which is not silence.</summary>
    private static async Task TrickleAsync(ScriptedPeer peer, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                await peer.SendAsync(ScriptedPeer.Data(3, 1, [0]));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            // The server closed, or the test has seen enough.
        }
    }
}
