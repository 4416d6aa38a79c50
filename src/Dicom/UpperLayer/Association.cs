using System.Buffers;
using System.Globalization;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace BrainTumorDicom.Dicom.UpperLayer;

/// <summary>
/// The upper layer protocol machine (PS3.8 §9.2) over one transport connection. Everything that happens is an event; one loop
/// takes the events, looks up the cell of <see cref="UpperLayerTable"/>, and runs the action, which sets the next state.
/// PDUs are read in place from the pipe; the user's requests and the timers come through a channel and wake the loop.
/// </summary>
internal sealed partial class Association : IAsyncDisposable
{
    private readonly Channel<Happening> requests = Channel.CreateUnbounded<Happening>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Transport transport;
    private readonly IUpperLayerUser user;
    private readonly AssociationLimits limits;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly PduBuffer output = new();
    private readonly ITimer artim;
    private readonly ITimer idle;
    private UpperLayerState state = UpperLayerState.Sta1;
    private long lastPdu;
    private volatile bool busy;
    private bool deaf;
    private bool ended;

    internal Association(int id, Transport transport, IUpperLayerUser user, AssociationLimits limits, TimeProvider time, ILogger logger)
    {
        Id = id;
        this.transport = transport;
        this.user = user;
        this.limits = limits;
        this.time = time;
        this.logger = logger;
        artim = time.CreateTimer(_ => Post(UpperLayerEvent.Evt18), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        idle = time.CreateTimer(_ => CheckIdle(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Number of the association in this process; every log line begins with it.</summary>
    internal int Id { get; }

    internal UpperLayerState State => state;

    /// <summary>Runs as the acceptor of an open connection until the association is over.</summary>
    internal Task AcceptorAsync() => RunAsync(new Happening(UpperLayerEvent.Evt5));

    /// <summary>Connects and runs as the requestor until the association is over.</summary>
    internal Task RequestorAsync(ConnectRequest request) => RunAsync(new Happening(UpperLayerEvent.Evt1, request));

    /// <summary>A-ASSOCIATE response. Only from within an indication.</summary>
    internal void Accept(AssociateAccept accept) => requests.Writer.TryWrite(new Happening(UpperLayerEvent.Evt7, accept));

    /// <summary>A-ASSOCIATE response. Only from within an indication.</summary>
    internal void Reject(AssociateReject reject) => requests.Writer.TryWrite(new Happening(UpperLayerEvent.Evt8, reject));

    /// <summary>P-DATA request from within an indication: sent before the next PDU is read.</summary>
    internal void Respond(DataRequest data) => requests.Writer.TryWrite(new Happening(UpperLayerEvent.Evt9, data));

    /// <summary>P-DATA request from outside the loop.</summary>
    internal void Send(DataRequest data) => Post(UpperLayerEvent.Evt9, data);

    /// <summary>A-RELEASE request.</summary>
    internal void Release() => Post(UpperLayerEvent.Evt11);

    /// <summary>A-ABORT request.</summary>
    internal void Abort(string why) => Post(UpperLayerEvent.Evt15, why);

    public async ValueTask DisposeAsync()
    {
        await artim.DisposeAsync().ConfigureAwait(false);
        await idle.DisposeAsync().ConfigureAwait(false);
        await transport.DisposeAsync().ConfigureAwait(false);
        output.Dispose();
    }

    private void Post(UpperLayerEvent happened, object? primitive = null)
    {
        requests.Writer.TryWrite(new Happening(happened, primitive));
        transport.Input.CancelPendingRead();
    }

    private void CheckIdle()
    {
        if (busy)
        {
            return;
        }

        if (time.GetElapsedTime(Volatile.Read(ref lastPdu)) >= limits.Idle)
        {
            Abort(string.Create(CultureInfo.InvariantCulture, $"nothing came for {limits.Idle.TotalSeconds:0.#} s"));
        }
        else if (user.FindFault() is { } fault)
        {
            Abort(fault);
        }
    }

    private async Task RunAsync(Happening first)
    {
        try
        {
            await DispatchAsync(first).ConfigureAwait(false);
            while (state != UpperLayerState.Sta1)
            {
                await TakeRequestsAsync().ConfigureAwait(false);
                if (state != UpperLayerState.Sta1)
                {
                    await ReadAsync().ConfigureAwait(false);
                }
            }
        }
        catch (Exception exception)
        {
            // The association loop: whatever breaks here must not reach the other associations.
            logger.LoopFailed(exception, Id);
            state = UpperLayerState.Sta1;
            await EndAsync(AssociationEndKind.Aborted, "internal error").ConfigureAwait(false);
        }
        finally
        {
            await DisposeAsync().ConfigureAwait(false);
        }
    }

    private async ValueTask TakeRequestsAsync()
    {
        while (state != UpperLayerState.Sta1 && requests.Reader.TryRead(out var request))
        {
            await DispatchAsync(request).ConfigureAwait(false);
        }
    }

    private async ValueTask ReadAsync()
    {
        var result = await transport.Input.ReadAsync().ConfigureAwait(false);
        var buffer = result.Buffer;
        busy = true;
        try
        {
            while (!deaf && state != UpperLayerState.Sta1 && PduFramer.TryReadPdu(ref buffer, limits.BufferLimit, out var pdu))
            {
                Volatile.Write(ref lastPdu, time.GetTimestamp());
                await DispatchAsync(Read(pdu)).ConfigureAwait(false);
                await TakeRequestsAsync().ConfigureAwait(false);
            }
        }
        catch (DicomProtocolException error)
        {
            // After this nothing that comes has a meaning; it is read only to see the connection close.
            deaf = true;
            await DispatchAsync(new Happening(UpperLayerEvent.Evt19, error)).ConfigureAwait(false);
        }

        busy = false;
        if (deaf)
        {
            buffer = buffer.Slice(buffer.End);
        }

        var leftOver = buffer.Length;
        transport.Input.AdvanceTo(buffer.Start, buffer.End);
        if (result.IsCompleted && state != UpperLayerState.Sta1)
        {
            await DispatchAsync(new Happening(UpperLayerEvent.Evt17, leftOver > 0 ? "connection closed within a PDU" : "connection closed")).ConfigureAwait(false);
        }
    }

    private static Happening Read(RawPdu pdu) => pdu.Type switch
    {
        PduType.Data => new Happening(UpperLayerEvent.Evt10, null, pdu.Body),
        PduType.AssociateRequest => new Happening(UpperLayerEvent.Evt6, AssociateRequest.Read(Flat(pdu.Body))),
        PduType.AssociateAccept => new Happening(UpperLayerEvent.Evt3, AssociateAccept.Read(Flat(pdu.Body))),
        PduType.AssociateReject => new Happening(UpperLayerEvent.Evt4, AssociateReject.Read(Flat(pdu.Body))),
        PduType.ReleaseRequest => new Happening(UpperLayerEvent.Evt12),
        PduType.ReleaseResponse => new Happening(UpperLayerEvent.Evt13),
        _ => new Happening(UpperLayerEvent.Evt16, UpperLayer.Abort.Read(Flat(pdu.Body))),
    };

    private static ReadOnlySpan<byte> Flat(ReadOnlySequence<byte> body) => body.IsSingleSegment ? body.FirstSpan : body.ToArray();

    private async ValueTask EndAsync(AssociationEndKind kind, string detail)
    {
        if (ended)
        {
            return;
        }

        ended = true;
        idle.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        logger.Ended(Id, kind, detail);
        await user.EndedAsync(new AssociationEnd(kind, detail)).ConfigureAwait(false);
    }
}
