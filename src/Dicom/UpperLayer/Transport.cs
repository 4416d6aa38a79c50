using System.Buffers;
using System.IO.Pipelines;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;

namespace BrainTumorDicom.Dicom.UpperLayer;

/// <summary>A TCP connection, with TLS or without: what comes is pumped into a pipe that holds the sender back when full; what goes is sent at once.</summary>
internal sealed class Transport : IAsyncDisposable
{
    private const int SegmentLength = 1 << 18;
    private const int LeastRead = 1 << 14;

    private readonly Socket socket;
    private readonly Pipe pipe;
    private readonly TimeSpan sendTimeout;
    private readonly Func<Socket, CancellationToken, Task<SslStream>>? secure;
    private SslStream? tls;
    private CancellationTokenSource sendTimer = new();
    private Task pump = Task.CompletedTask;

    /// <param name="socket">Owned from now on.</param>
    /// <param name="bufferLimit">The longest PDU that must fit into the pipe, in bytes.</param>
    /// <param name="sendTimeout">The longest that a peer may refuse to read.</param>
    /// <param name="secure">The TLS handshake (PS3.15 §B.10); <see langword="null"/> for a connection without.</param>
    internal Transport(Socket socket, uint bufferLimit, TimeSpan sendTimeout, Func<Socket, CancellationToken, Task<SslStream>>? secure = null)
    {
        this.socket = socket;
        this.sendTimeout = sendTimeout;
        this.secure = secure;

        // A response must not wait for the sender's delayed acknowledgement: 40 ms an instance.
        socket.NoDelay = true;

        // A whole PDU must fit, or the loop would wait for bytes that the pump holds back.
        var pause = (2L * bufferLimit) + SegmentLength;
        pipe = new Pipe(new PipeOptions(
            MemoryPool<byte>.Shared, PipeScheduler.Inline, PipeScheduler.Inline, pause, pause / 2, SegmentLength, useSynchronizationContext: false));
    }

    internal PipeReader Input => pipe.Reader;

    /// <summary>What the handshake agreed on; <see langword="null"/> without TLS.</summary>
    internal SslStream? Tls => tls;

    /// <summary>Connects, and shakes hands where the connection is to be encrypted.</summary>
    /// <exception cref="SocketException">No connection.</exception>
    /// <exception cref="AuthenticationException">The peer is not trusted, or agrees to no TLS of the profile.</exception>
    /// <exception cref="IOException">The handshake broke off.</exception>
    internal async ValueTask ConnectAsync(string host, int port, CancellationToken cancellationToken)
    {
        await socket.ConnectAsync(host, port, cancellationToken).ConfigureAwait(false);
        await SecureAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Shakes hands over a connection that is open, where it is to be encrypted.</summary>
    /// <exception cref="AuthenticationException">The peer is not trusted, or agrees to no TLS of the profile.</exception>
    /// <exception cref="IOException">The handshake broke off.</exception>
    internal async ValueTask SecureAsync(CancellationToken cancellationToken)
    {
        if (secure is not null)
        {
            tls = await secure(socket, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Starts to read from the connection.</summary>
    internal void Start() => pump = PumpAsync();

    /// <summary>Sends all of <paramref name="bytes"/>. A connection that is broken or stalls is closed; the pipe's end then tells.</summary>
    internal async ValueTask SendAsync(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            while (!bytes.IsEmpty)
            {
                var sending = SendSomeAsync(bytes, sendTimer.Token);
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
        catch (Exception exception) when (IsBroken(exception) || exception is OperationCanceledException)
        {
            socket.Dispose();
        }
    }

    /// <summary>Closes the connection; what was sent still goes out.</summary>
    internal void Close()
    {
        try
        {
            // TLS's close_notify, which fits into any send buffer; where it does not, the close tells all the same.
            _ = tls?.ShutdownAsync().ContinueWith(task => task.Exception, TaskScheduler.Default);
            socket.Shutdown(SocketShutdown.Both);
        }
        catch (Exception exception) when (IsBroken(exception) || exception is InvalidOperationException)
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
        if (tls is not null)
        {
            await tls.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task PumpAsync()
    {
        try
        {
            while (true)
            {
                var received = await ReceiveSomeAsync(pipe.Writer.GetMemory(LeastRead)).ConfigureAwait(false);
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
        catch (Exception exception) when (IsBroken(exception))
        {
            // A reset is an end like any other: event 17.
        }

        await pipe.Writer.CompleteAsync().ConfigureAwait(false);
    }

    // Without TLS nothing stands between the pipe and the socket.
    private ValueTask<int> ReceiveSomeAsync(Memory<byte> room) =>
        tls is null ? socket.ReceiveAsync(room, SocketFlags.None) : tls.ReadAsync(room);

    private ValueTask<int> SendSomeAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) =>
        tls is null ? socket.SendAsync(bytes, SocketFlags.None, cancellationToken) : SendAllAsync(tls, bytes, cancellationToken);

    private static async ValueTask<int> SendAllAsync(SslStream tls, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        await tls.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
        return bytes.Length;
    }

    private static bool IsBroken(Exception exception) => exception is SocketException or IOException or ObjectDisposedException or AuthenticationException;
}
