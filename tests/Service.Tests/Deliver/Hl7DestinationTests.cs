using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using BrainTumorDicom.Reports;
using BrainTumorDicom.Reports.Hl7;
using BrainTumorDicom.Service.Deliver;
using BrainTumorDicom.Support;

namespace BrainTumorDicom.Service.Tests.Deliver;

public sealed class Hl7DestinationTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("btd-mllp-");
    private readonly byte[] message = Hl7MessageWriter.Write(Samples.All["japanese"], new Hl7Options());

    public Hl7DestinationTests() => File.WriteAllBytes(Path.Combine(folder.FullName, ReportKinds.Hl7File), message);

    [Fact]
    public async Task The_message_goes_in_its_frame_with_the_receiver_filled_in_and_an_acknowledgement_in_pieces_is_read()
    {
        await using var peer = new MllpPeer(async (stream, id) =>
        {
            var answer = Acknowledge("AA", id);
            foreach (var part in answer.Chunk(7))
            {
                await stream.WriteAsync(part);
            }
        });

        Assert.IsType<DeliveryOutcome.Delivered>(await DeliverAsync(peer.Port));
        Assert.Equal(Hl7Header.WithReceiver(message, "RIS", "HOSPITAL"), Assert.Single(peer.Messages));
    }

    [Fact]
    public async Task The_control_id_stays_the_same_over_retries()
    {
        await using var peer = new MllpPeer((stream, id) => stream.WriteAsync(Acknowledge("AE", id)).AsTask());

        Assert.IsType<DeliveryOutcome.Retry>(await DeliverAsync(peer.Port));
        Assert.IsType<DeliveryOutcome.Retry>(await DeliverAsync(peer.Port));

        Assert.Equal(2, peer.Messages.Count);
        Assert.Equal(peer.Messages[0], peer.Messages[1]);
    }

    [Fact]
    public async Task An_acknowledgement_of_another_message_no_answer_a_cut_and_a_closed_port_are_tried_again()
    {
        var other = await RetryAsync((stream, _) => stream.WriteAsync(Acknowledge("AA", "OTHER")).AsTask());
        var silent = await RetryAsync((_, _) => Task.Delay(Timeout.Infinite, TestContext.Current.CancellationToken), TimeSpan.FromMilliseconds(300));
        var cut = await RetryAsync((stream, _) => stream.WriteAsync(new byte[] { 0x0B, (byte)'M' }).AsTask());
        var garbage = await RetryAsync((stream, _) => stream.WriteAsync(MllpFrame.Write("HTTP/1.1 400"u8)).AsTask());
        var endless = await RetryAsync((stream, _) => stream.WriteAsync(new byte[MllpFrame.Limit + 4096]).AsTask());
        var closed = Assert.IsType<DeliveryOutcome.Retry>(await DeliverAsync(ClosedPort()));

        Assert.StartsWith("the acknowledgement is of message 'OTHER'", other, StringComparison.Ordinal);
        Assert.StartsWith("no acknowledgement within", silent, StringComparison.Ordinal);
        Assert.StartsWith("connection", cut, StringComparison.Ordinal);
        Assert.Equal("the answer is no HL7 acknowledgement", garbage);
        Assert.StartsWith("no acknowledgement in ", endless, StringComparison.Ordinal);
        Assert.StartsWith("not reached: ", closed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stop_of_the_service_is_not_taken_for_a_failure_of_the_destination()
    {
        using var stop = new CancellationTokenSource();
        await using var peer = new MllpPeer((_, _) => stop.CancelAsync());

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Destination(peer.Port, TimeSpan.FromSeconds(30)).DeliverAsync(ReportKinds.Hl7, folder.FullName, stop.Token));
    }

    [Fact]
    public async Task Over_TLS_a_peer_that_is_trusted_gets_it_and_another_does_not()
    {
        var certificates = new TestCertificates(folder.FullName);
        using var own = X509Certificate2.CreateFromPemFile(certificates.ServerFile, certificates.ServerKeyFile);
        await using var peer = new MllpPeer((stream, id) => stream.WriteAsync(Acknowledge("AA", id)).AsTask(), own);
        var tls = new DestinationTlsOptions { Enabled = true, TrustedCaFile = certificates.AuthorityFile };

        var delivered = await DeliverAsync(peer.Port, tls: tls);
        tls.ServerName = "ris.example";
        var untrusted = await DeliverAsync(peer.Port, tls: tls);

        Assert.IsType<DeliveryOutcome.Delivered>(delivered);
        Assert.StartsWith("no TLS: ", Assert.IsType<DeliveryOutcome.Retry>(untrusted).Error, StringComparison.Ordinal);
        Assert.Single(peer.Messages);
    }

    [PeerFact("python3")]
    public async Task Python_hl7_takes_the_message_over_MLLP_and_acknowledges_it()
    {
        var cancellation = TestContext.Current.CancellationToken;
        if (!PeerTools.Required)
        {
            var (probe, _, _) = await PeerTools.RunAsync(PythonPeer.Interpreter, ["-c", "import hl7.mllp"], cancellation);
            Assert.SkipUnless(probe == 0, "peer not installed: python3-hl7");
        }

        var script = Path.Combine(SharedData.ProjectRoot, "tests", "Service.Tests", "Deliver", "mllp-server.py");
        using var process = PeerTools.Start(PythonPeer.Interpreter, [script]);
        try
        {
            var port = int.Parse((await process.StandardOutput.ReadLineAsync(cancellation))!, CultureInfo.InvariantCulture);

            Assert.IsType<DeliveryOutcome.Delivered>(await DeliverAsync(port));
            Assert.IsType<DeliveryOutcome.Failed>(await DeliverAsync(port));
            Assert.IsType<DeliveryOutcome.Retry>(await DeliverAsync(port));
            var received = (await process.StandardOutput.ReadLineAsync(cancellation))!;

            Assert.Equal("ORU_R01\tPID-1\t山田^太郎\tRESEARCH USE ONLY.", received);
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }

    public void Dispose() => folder.Delete(recursive: true);

    private static byte[] Acknowledge(string code, string id) =>
        MllpFrame.Write(Encoding.UTF8.GetBytes($"MSH|^~\\&|RIS||BTD||20261121||ACK^R01|A1|P|2.5.1\rMSA|{code}|{id}\r"));

    private static int ClosedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static Hl7Destination Destination(int port, TimeSpan timeout, DestinationTlsOptions? tls = null) => new(
        new Hl7DestinationOptions { Host = "127.0.0.1", Port = port, Application = "RIS", Facility = "HOSPITAL", Tls = tls ?? new() }, timeout);

    private async Task<string> RetryAsync(Func<Stream, string, Task> answer, TimeSpan? timeout = null)
    {
        await using var peer = new MllpPeer(answer);
        return Assert.IsType<DeliveryOutcome.Retry>(await DeliverAsync(peer.Port, timeout)).Error;
    }

    private Task<DeliveryOutcome> DeliverAsync(int port, TimeSpan? timeout = null, DestinationTlsOptions? tls = null) =>
        Destination(port, timeout ?? TimeSpan.FromSeconds(20), tls).DeliverAsync(ReportKinds.Hl7, folder.FullName, TestContext.Current.CancellationToken);

    /// <summary>Takes one message a connection and answers by a function, then closes.</summary>
    private sealed class MllpPeer : IAsyncDisposable
    {
        private readonly TcpListener listener = new(IPAddress.Loopback, 0);
        private readonly CancellationTokenSource end = new();
        private readonly Func<Stream, string, Task> answer;
        private readonly X509Certificate2? own;
        private readonly Task loop;

        public MllpPeer(Func<Stream, string, Task> answer, X509Certificate2? own = null)
        {
            this.answer = answer;
            this.own = own;
            listener.Start();
            loop = AcceptAsync();
        }

        public List<byte[]> Messages { get; } = [];

        public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

        public async ValueTask DisposeAsync()
        {
            await end.CancelAsync();
            listener.Stop();
            await loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            listener.Dispose();
            end.Dispose();
        }

        private async Task AcceptAsync()
        {
            while (true)
            {
                using var peer = await listener.AcceptTcpClientAsync(end.Token);
                try
                {
                    await HandleAsync(peer.GetStream());
                }
                catch (Exception error) when (error is IOException or System.Security.Authentication.AuthenticationException)
                {
                    // The other side has gone.
                }
            }
        }

        private async Task HandleAsync(Stream stream)
        {
            if (own is not null)
            {
                var encrypted = new SslStream(stream);
                await encrypted.AuthenticateAsServerAsync(own);
                stream = encrypted;
            }

            var buffer = new byte[1 << 20];
            var length = 0;
            int count;
            while ((count = await stream.ReadAsync(buffer.AsMemory(length), end.Token)) > 0)
            {
                length += count;
                if (MllpFrame.TryRead(buffer.AsMemory(0, length), out var received))
                {
                    Messages.Add(received.ToArray());
                    await answer(stream, Hl7Header.ControlId(received.Span)).WaitAsync(end.Token);
                    return;
                }
            }
        }
    }
}
