using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using BrainTumorDicom.Dicom.UpperLayer;
using Microsoft.Extensions.Logging;

namespace BrainTumorDicom.Dicom.Dimse;

/// <summary>A C-ECHO and C-STORE SCP: listens, and runs every association by itself.</summary>
public sealed class DicomServer : IAsyncDisposable
{
    private static readonly TimeSpan AbortGrace = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<int, Running> running = new();
    private readonly CancellationTokenSource stopping = new();
    private readonly Socket listener;
    private readonly DicomServerOptions options;
    private readonly ServerShared shared;
    private readonly TimeProvider time;
    private Task accepting = Task.CompletedTask;
    private int lastId;
    private int stopped;

    /// <summary>A server that does not listen yet.</summary>
    /// <param name="options">Checked at once.</param>
    /// <param name="createHandler">Makes the handler of an association that is accepted.</param>
    /// <param name="loggers">For the log.</param>
    /// <param name="time">The clock; the system's where null.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public DicomServer(DicomServerOptions options, Func<AssociationInfo, IAssociationHandler> createHandler, ILoggerFactory loggers, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(loggers);
        options.Validate();
        this.options = options;
        this.time = time ?? TimeProvider.System;
        shared = new ServerShared(options, createHandler, loggers.CreateLogger<DicomServer>(), stopping.Token);
        listener = new Socket(options.BindAddress.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
    }

    /// <summary>Where the server listens, with the port it got.</summary>
    public IPEndPoint LocalEndPoint => (IPEndPoint)listener.LocalEndPoint!;

    /// <summary>Opens the port.</summary>
    /// <exception cref="IOException">The port is taken, or not allowed.</exception>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var endPoint = new IPEndPoint(options.BindAddress, options.Port);
        try
        {
            listener.Bind(endPoint);
            listener.Listen(Math.Max(128, options.MaximumAssociations));
        }
        catch (SocketException exception)
        {
            throw new IOException($"cannot listen on {endPoint}: {exception.Message}", exception);
        }

        shared.Logger.Listening(options.AeTitle, LocalEndPoint);
        accepting = AcceptAsync();
        return Task.CompletedTask;
    }

    /// <summary>Takes no new associations, lets the running ones go on for <see cref="DicomServerOptions.StopGrace"/>, then aborts them.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref stopped, 1) != 0)
        {
            return;
        }

        listener.Dispose();
        await accepting.ConfigureAwait(false);
        if (await EndAsync(options.StopGrace, cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        await stopping.CancelAsync().ConfigureAwait(false);
        foreach (var one in running.Values)
        {
            one.Association.Abort("the server stops");
        }

        if (!await EndAsync(AbortGrace, CancellationToken.None).ConfigureAwait(false))
        {
            foreach (var one in running.Values)
            {
                one.Transport.Close();
            }

            await Task.WhenAll(running.Values.Select(one => one.Task)).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync(new CancellationToken(canceled: true)).ConfigureAwait(false);
        stopping.Dispose();
    }

    /// <summary>Whether all associations ended in time.</summary>
    private async Task<bool> EndAsync(TimeSpan grace, CancellationToken cancellationToken)
    {
        try
        {
            await Task.WhenAll(running.Values.Select(one => one.Task)).WaitAsync(grace, time, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            return false;
        }
    }

    private async Task AcceptAsync()
    {
        while (Volatile.Read(ref stopped) == 0)
        {
            try
            {
                Begin(await listener.AcceptAsync().ConfigureAwait(false));
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
            {
                if (Volatile.Read(ref stopped) != 0)
                {
                    return;
                }

                // Out of file handles, or a peer that went at once: others may still come.
                shared.Logger.AcceptFailed(exception.Message);
                await Task.Delay(TimeSpan.FromMilliseconds(100), time).ConfigureAwait(false);
            }
        }
    }

    private void Begin(Socket socket)
    {
        // Connections that have not asked for an association yet are bounded too.
        if (running.Count >= (2 * options.MaximumAssociations) + 16 || socket.RemoteEndPoint is not IPEndPoint remote)
        {
            shared.Logger.TooManyConnections(running.Count);
            socket.Dispose();
            return;
        }

        var id = Interlocked.Increment(ref lastId);
        var limits = new AssociationLimits(options.MaximumPduLength, options.ArtimTimeout, options.IdleTimeout);
        var transport = new Transport(socket, limits.BufferLimit, options.IdleTimeout);
        var session = new ServerSession(shared, id, remote);
        var association = new Association(id, transport, session, limits, time, shared.Logger);
        session.Association = association;
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        running[id] = new Running(association, transport, RunAsync(id, association, session, begun.Task));
        begun.SetResult();
    }

    private async Task RunAsync(int id, Association association, ServerSession session, Task begun)
    {
        await begun.ConfigureAwait(false);
        await association.AcceptorAsync().ConfigureAwait(false);
        session.Dispose();
        running.TryRemove(id, out _);
    }

    private sealed record Running(Association Association, Transport Transport, Task Task);
}
