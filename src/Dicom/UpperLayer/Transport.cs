using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;

namespace BrainTumorDicom.Dicom.UpperLayer;

/// <summary>A TCP connection: what comes is pumped into a pipe that holds the sender back when full; what goes is sent at once.</summary>
internal sealed class Transport : IAsyncDisposable
{
    private const int SegmentLength = 1 << 18;
    private const int LeastRead = 1 << 14;

    private readonly Socket socket;
    private readonly Pipe pipe;
    private readonly TimeSpan sendTimeout;
    private CancellationTokenSource sendTimer = new();
    private Task pump = Task.CompletedTask;

    /// <param name="socket">Owned from now on.</param>
    /// <param name="bufferLimit">The longest PDU that must fit into the pipe, in bytes.</param>
    /// <param name="sendTimeout">The longest that a peer may refuse to read.</param>
    internal Transport(Socket socket, uint bufferLimit, TimeSpan sendTimeout)
    {
        this.socket = socket;
        this.sendTimeout = sendTimeout;

        // A response must not wait for the sender's delayed acknowledgement: 40 ms an instance.
        socket.NoDelay = true;

        // A whole PDU must fit, or the loop would wait for bytes that the pump holds back.
        var pause = (2L * bufferLimit) + SegmentLength;
        pipe = new Pipe(new PipeOptions(
            MemoryPool<byte>.Shared, PipeScheduler.Inline, PipeScheduler.Inline, pause, pause / 2, SegmentLength, useSynchronizationContext: false));
    }

    internal PipeReader Input => pipe.Reader;

    /// <exception cref="SocketException">No connection.</exception>
    internal ValueTask ConnectAsync(string host, int port, CancellationToken cancellationToken) => socket.ConnectAsync(host, port, cancellationToken);

    /// <summary>Starts to read from the connection.</summary>
    internal void Start() => pump = PumpAsync();

    /// <summary>Sends all of <paramref name="bytes"/>. A connection that is broken or stalls is closed; the pipe's end then tells.</summary>
    internal async ValueTask SendAsync(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            while (!bytes.IsEmpty)
            {
                var sending = socket.SendAsync(bytes, SocketFlags.None, sendTimer.Token);
                if (!sending.IsCompleted)
                {
                    sendTimer.CancelAfter(sendTimeout);
                }

                bytes = bytes[await sending.ConfigureAwait(false)..];
            }

            if (!sendTimer.TryReset())
            {
                sendTimer.Dispose();
                sendTimer = new CancellationTokenSource();
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            socket.Dispose();
        }
    }

    /// <summary>Closes the connection; what was sent still goes out.</summary>
    internal void Close()
    {
        try
        {
            socket.Shutdown(SocketShutdown.Both);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // It is closed already.
        }

        socket.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        Close();

        // A pump that waits for room in the pipe is let go by the reader's end.
        pipe.Reader.CancelPendingRead();
        await pipe.Reader.CompleteAsync().ConfigureAwait(false);
        await pump.ConfigureAwait(false);
        await pipe.Writer.CompleteAsync().ConfigureAwait(false);
        sendTimer.Dispose();
    }

    private async Task PumpAsync()
    {
        try
        {
            while (true)
            {
                var received = await socket.ReceiveAsync(pipe.Writer.GetMemory(LeastRead), SocketFlags.None).ConfigureAwait(false);
                if (received == 0)
                {
                    break;
                }

                pipe.Writer.Advance(received);
                if ((await pipe.Writer.FlushAsync().ConfigureAwait(false)).IsCompleted)
                {
                    break;
                }
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // A reset is an end like any other: event 17.
        }

        await pipe.Writer.CompleteAsync().ConfigureAwait(false);
    }
}
