using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using BrainTumorDicom.Dicom.UpperLayer;
using Microsoft.Extensions.Logging;

namespace BrainTumorDicom.Dicom.Dimse;

/// <summary>A C-ECHO and C-STORE SCP: listens, and runs every association by itself.</summary>
public sealed class DicomServer : IAsyncDisposable
{
    private static readonly TimeSpan AbortGrace = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<int, Running> running = new();
    private readonly CancellationTokenSource stopping = new();
    private readonly Socket? plain;
    private readonly Socket? encrypted;
    private readonly TlsServer? tls;
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
    /// <exception cref="InvalidDataException">A file of <see cref="DicomServerOptions.Tls"/> cannot be used; the message is one line.</exception>
    public DicomServer(DicomServerOptions options, Func<AssociationInfo, IAssociationHandler> createHandler, ILoggerFactory loggers, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(loggers);
        options.Validate();
        this.options = options;
        this.time = time ?? TimeProvider.System;
        shared = new ServerShared(options, createHandler, loggers.CreateLogger<DicomServer>(), this.time, stopping.Token);
        if (options.Tls is not null)
        {
            tls = new TlsServer(
                options.Tls,
                certificate => shared.Logger.CertificateRead(certificate.Subject, certificate.NotAfter),
                shared.Logger.CertificateUnusable);
            encrypted = CreateListener(options.BindAddress);
        }

        if (options.Port is not null)
        {
            plain = CreateListener(options.BindAddress);
        }
    }

    /// <summary>Where the server listens, with the port it got: without TLS, unless it offers nothing but TLS.</summary>
    public IPEndPoint LocalEndPoint => (IPEndPoint)(plain ?? encrypted)!.LocalEndPoint!;

    /// <summary>Where the server listens with TLS, with the port it got; <see langword="null"/> where it does not.</summary>
    public IPEndPoint? TlsEndPoint => (IPEndPoint?)encrypted?.LocalEndPoint;

    /// <summary>Opens the port, or both.</summary>
    /// <exception cref="IOException">A port is taken, or not allowed.</exception>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (plain is not null)
        {
            Listen(plain, options.Port!.Value);
            shared.Logger.Listening(options.AeTitle, (IPEndPoint)plain.LocalEndPoint!);
        }

        if (encrypted is not null)
        {
            Listen(encrypted, options.Tls!.Port);
            shared.Logger.ListeningWithTls(options.AeTitle, (IPEndPoint)encrypted.LocalEndPoint!);
        }

        accepting = Task.WhenAll(AcceptAsync(plain, null), AcceptAsync(encrypted, tls));
        return Task.CompletedTask;
    }

    /// <summary>Takes no new associations, lets the running ones go on for <see cref="DicomServerOptions.StopGrace"/>, then aborts them.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref stopped, 1) != 0)
        {
            return;
        }

        plain?.Dispose();
        encrypted?.Dispose();
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

    private static Socket CreateListener(IPAddress address)
    {
        var listener = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        if (address.Equals(IPAddress.IPv6Any))
        {
            // "::" is every address, those of IPv4 included.
            listener.DualMode = true;
        }

        return listener;
    }

    private void Listen(Socket listener, int port)
    {
        var endPoint = new IPEndPoint(options.BindAddress, port);
        try
        {
            listener.Bind(endPoint);
            listener.Listen(Math.Max(128, options.MaximumAssociations));
        }
        catch (SocketException exception)
        {
            throw new IOException($"cannot listen on {endPoint}: {exception.Message}", exception);
        }
    }

    private async Task AcceptAsync(Socket? listener, TlsServer? secure)
    {
        while (listener is not null && Volatile.Read(ref stopped) == 0)
        {
            try
            {
                Begin(await listener.AcceptAsync().ConfigureAwait(false), secure);
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

    private void Begin(Socket socket, TlsServer? secure)
    {
        var limits = new AssociationLimits(options.MaximumPduLength, options.ArtimTimeout, options.IdleTimeout);
        if (socket.RemoteEndPoint is not IPEndPoint remote || shared.Gate.Enter(remote, socket.Dispose) is not { } connection)
        {
            socket.Dispose();
            return;
        }

        var id = Interlocked.Increment(ref lastId);
        var transport = new Transport(socket, limits.BufferLimit, options.IdleTimeout, secure is null ? null : secure.AuthenticateAsync);
        var session = new ServerSession(shared, id, connection);
        var association = new Association(id, transport, session, limits, time, shared.Logger);
        session.Association = association;
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        running[id] = new Running(association, transport, RunAsync(id, connection, transport, association, session, begun.Task));
        begun.SetResult();
    }

    private async Task RunAsync(int id, Connection connection, Transport transport, Association association, ServerSession session, Task begun)
    {
        await begun.ConfigureAwait(false);
        if (await SecureAsync(id, transport, connection.Remote).ConfigureAwait(false))
        {
            await association.AcceptorAsync().ConfigureAwait(false);
        }
        else
        {
            await association.DisposeAsync().ConfigureAwait(false);
        }

        session.Dispose();
        connection.Dispose();
        running.TryRemove(id, out _);
    }

    /// <summary>A transport connection is open once its handshake is done (PS3.15 §B.10); a peer that does not get there is nobody's association.</summary>
    private async Task<bool> SecureAsync(int id, Transport transport, IPEndPoint remote)
    {
        try
        {
            using var timer = new CancellationTokenSource(options.ArtimTimeout, time);
            await transport.SecureAsync(timer.Token).ConfigureAwait(false);
            if (transport.Tls is { } agreed)
            {
                shared.Logger.Secured(id, agreed.SslProtocol, agreed.NegotiatedCipherSuite, agreed.RemoteCertificate?.Subject ?? "none");
            }

            return true;
        }
        catch (Exception exception) when (exception is AuthenticationException or IOException or SocketException or ObjectDisposedException or OperationCanceledException)
        {
            shared.Logger.HandshakeFailed(remote, exception is OperationCanceledException ? "no handshake in time" : exception.GetBaseException().Message);
            return false;
        }
    }

    private sealed record Running(Association Association, Transport Transport, Task Task);
}
