using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using BrainTumorDicom.Slices.Phantoms;
using BrainTumorDicom.Support;

namespace BrainTumorDicom.Cli.Tests.Serving;

/// <summary>Whatever comes to the port, others are served.</summary>
public sealed class HostileTests : IDisposable
{
    private readonly ServeFixture fixture = new();

    [PeerFact("storescu")]
    public async Task Garbage_on_the_port_disturbs_nobody()
    {
        var phantom = Phantom.Write(fixture.In("phantom"), PhantomClass.NoTumor, seed: 91);
        await using var service = await fixture.StartAsync();
        var random = new byte[4096];
        new Random(1).NextBytes(random);
        var long4GiB = new byte[] { 0x01, 0, 0xFF, 0xFF, 0xFF, 0xFF };
        var half = new byte[40];
        half[0] = 0x01;
        BinaryPrimitives.WriteUInt32BigEndian(half.AsSpan(2), 200);
        var open = new List<TcpClient>();
        foreach (var bytes in new[] { random, long4GiB, half, Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\nHost: x\r\n\r\n") })
        {
            // Left open: a peer that never goes on must not hold anybody up either.
            var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", service.DicomPort, TestContext.Current.CancellationToken);
            await client.GetStream().WriteAsync(bytes, TestContext.Current.CancellationToken);
            open.Add(client);
        }

        await ServeFixture.SendAsync(service, phantom.Files);
        var finding = await fixture.ReportAsync(service, phantom.Study);

        Assert.Equal(20, ServeFixture.SliceCount(finding));
        Assert.Equal("ok", (await ServeFixture.HealthAsync(service)).GetProperty("status").GetString());
        open.ForEach(client => client.Dispose());
        Assert.Equal(0, await service.TerminateAsync());
    }

    public void Dispose() => fixture.Dispose();
}
